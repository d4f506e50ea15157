// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/reply.h"

#include "base/logging.h"
#include "http/errortable.h"
#include "http/qthttpcompat.h"

namespace Tertulia::Server {

Reply::Reply(NetworkThread &thread, QByteArray requestId, Responder responder)
    : m_thread(&thread)
    , m_responder(std::move(responder))
    , m_requestId(std::move(requestId))
{
}

Reply::Reply(Reply &&other) noexcept
    : m_thread(other.m_thread)
    , m_responder(std::move(other.m_responder))
    , m_requestId(std::move(other.m_requestId))
    , m_isOwed(std::exchange(other.m_isOwed, false))
{
}

Reply::~Reply()
{
    if (m_isOwed)
        fail(Error::internal(QStringLiteral("a handler dropped its reply")));
}

void Reply::send(const QHttpServerResponse &response)
{
    if (!std::exchange(m_isOwed, false))
        return;
    if (const auto responder = m_responder.lock())
        QtHttpCompat::send(*responder, response);
}

void Reply::send(Response response)
{
    QHttpServerResponse answer = json(std::move(response.body), ResponseStatus(response.status));
    for (const HeaderField &field : response.headers)
        QtHttpCompat::setHeader(answer, field.name, field.value);
    send(answer);
}

void Reply::fail(const Error &error)
{
    if (error.code == ErrorCode::Internal)
        qCWarning(logHttp, "request %s failed: %ls", m_requestId.constData(), qUtf16Printable(error.message));
    send(errorResponse(error, m_requestId));
}

} // namespace Tertulia::Server
