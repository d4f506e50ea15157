// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/reply.h"

#include "base/logging.h"
#include "http/errortable.h"
#include "http/qthttpcompat.h"

namespace Tertulia::Server {

Reply::Reply(NetworkThread &thread, QByteArray requestId)
    : m_thread(&thread)
    , m_requestId(std::move(requestId))
{
    m_promise.reportStarted();
}

Reply::Reply(Reply &&other) noexcept
    : m_promise(other.m_promise)
    , m_thread(other.m_thread)
    , m_requestId(std::move(other.m_requestId))
    , m_isOwed(std::exchange(other.m_isOwed, false))
{
}

Reply::~Reply()
{
    if (m_isOwed)
        fail(Error::internal(QStringLiteral("a handler dropped its reply")));
}

void Reply::send(QHttpServerResponse response)
{
    if (!std::exchange(m_isOwed, false))
        return;
    m_promise.reportAndMoveResult(std::move(response));
    m_promise.reportFinished();
}

void Reply::fail(const Error &error)
{
    if (error.code == ErrorCode::Internal)
        qCWarning(logHttp, "request %s failed: %ls", m_requestId.constData(), qUtf16Printable(error.message));
    Response plain = errorResponse(error, m_requestId);
    QHttpServerResponse response = json(std::move(plain.body), ResponseStatus(plain.status));
    for (const HeaderField &field : plain.headers)
        QtHttpCompat::setHeader(response, field.name, field.value);
    send(std::move(response));
}

} // namespace Tertulia::Server
