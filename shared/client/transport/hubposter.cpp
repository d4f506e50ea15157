// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubposter.h"

#include "client/transport/abortreply.h"
#include "client/transport/huberrors.h"
#include "client/transport/whensentagain.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 answerAhead = 16 * 1024;

} // namespace

HubPoster::HubPoster(HubAccess &access, Scheduler &scheduler, QUrl url)
    : m_access(access)
    , m_url(std::move(url))
    , m_deadline(scheduler)
{
}

HubPoster::~HubPoster()
{
    stop();
}

void HubPoster::stop()
{
    m_hasEnded = true;
    m_deadline.stop();
    if (const QPointer<QNetworkReply> reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        abortReply(*reply);
        reply->deleteLater();
    }
}

void HubPoster::send(const QByteArray &bytes)
{
    m_waiting.append(bytes);
    post();
}

void HubPoster::post()
{
    if (m_reply || m_isPreparing || m_waiting.isEmpty() || m_hasEnded)
        return;
    m_isPreparing = true;
    m_access.prepare(m_url, this, [this](const Result<QNetworkRequest> &request) {
        m_isPreparing = false;
        if (m_hasEnded)
            return;
        if (request) {
            start(*request);
        } else {
            m_hasEnded = true;
            Q_EMIT failed(request.error());
        }
    });
}

void HubPoster::start(const QNetworkRequest &prepared)
{
    QNetworkRequest request = prepared;
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/octet-stream"));
    m_underWay = std::exchange(m_waiting, {});
    m_timedOut = false;
    m_reply = m_access.network().post(request, m_underWay);
    // Only the status matters; a body without end is not read.
    m_reply->setReadBufferSize(answerAhead);
    connect(m_reply, &QNetworkReply::finished, this, &HubPoster::finish);
    // The server may have heard the first: a call is not made twice.
    whenSentAgain(*m_reply, this, [this] {
        stop();
        Q_EMIT failed(connectionError(HubReasons::connectionLost, u"The connection broke under a call."_s));
    });
    m_deadline.start(m_access.options().requestTimeout, [this] {
        m_timedOut = true;
        abortReply(*m_reply);
    });
}

void HubPoster::finish()
{
    m_deadline.stop();
    const QPointer<QNetworkReply> reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    const QByteArray body = std::exchange(m_underWay, {});
    if (reply->error() == QNetworkReply::NoError) {
        m_access.tokenWasTaken();
        post();
        Q_EMIT sent();
        return;
    }
    const Error why = errorOfReply(*reply, m_timedOut);
    if (m_access.mayRepeat(why, reply->request())) {
        m_waiting.prepend(body); // a refused POST was not read
        post();
    } else {
        m_hasEnded = true;
        Q_EMIT failed(why);
    }
}

} // namespace Tertulia::Client
