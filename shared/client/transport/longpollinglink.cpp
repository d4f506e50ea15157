// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/longpollinglink.h"

#include "client/transport/abortreply.h"
#include "client/transport/huberrors.h"
#include "client/transport/whensentagain.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// What Qt may read ahead of us.
constexpr qint64 pollAhead = 256 * 1024;
/// A server that answers nothing at once, again and again, is not asked more often than this.
constexpr std::chrono::milliseconds emptyPause{1000};

} // namespace

LongPollingLink::LongPollingLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url)
    : HubLink(std::move(access), scheduler, url)
    , m_poster(*m_access, scheduler, url)
    , m_deadline(scheduler)
    , m_pause(scheduler)
{
    connect(&m_poster, &HubPoster::sent, this, [this] {
        if (!hasEnded())
            Q_EMIT sent();
    });
    connect(&m_poster, &HubPoster::failed, this, [this](const Error &why) {
        if (m_isClosing)
            return;
        drop();
        end(End::Lost, why);
    });
}

void LongPollingLink::poll()
{
    const QUrl url = withQueryItem(m_url, u"_"_s, QString::number(++m_polls));
    m_access->prepare(url, this, [this](const Result<QNetworkRequest> &request) {
        if (hasEnded() || m_isClosing)
            return;
        if (request)
            start(*request);
        else
            end(End::Lost, request.error());
    });
}

void LongPollingLink::start(const QNetworkRequest &request)
{
    m_startedAt = m_scheduler.now();
    m_read = 0;
    m_reply = m_access->network().get(request);
    m_reply->setReadBufferSize(pollAhead);
    connect(m_reply, &QNetworkReply::readyRead, this, &LongPollingLink::read);
    connect(m_reply, &QNetworkReply::finished, this, &LongPollingLink::finish);
    // What the server answered to the first is gone: nobody would miss it.
    whenSentAgain(*m_reply, this, [this] {
        drop();
        end(End::Lost, connectionError(HubReasons::connectionLost, u"The connection broke under a poll."_s));
    });
    m_deadline.start(m_access->options().pollTimeout, [this] {
        m_timedOut = true;
        abortReply(*m_reply);
    });
}

void LongPollingLink::read()
{
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200 || hasEnded())
        return;
    // The body is the byte stream itself: a long one need not be complete to be read.
    const QByteArray bytes = m_reply->read(pollAhead);
    m_read += bytes.size();
    if (!bytes.isEmpty())
        Q_EMIT received(bytes);
}

void LongPollingLink::finish()
{
    m_deadline.stop();
    while (!hasEnded() && !m_isClosing && m_reply && m_reply->bytesAvailable() > 0
           && m_reply->error() == QNetworkReply::NoError)
        read();
    if (hasEnded() || m_isClosing || !m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_reply->error() != QNetworkReply::NoError) {
        const Error why = errorOfReply(*m_reply, m_timedOut);
        const QNetworkRequest request = m_reply->request();
        drop();
        if (m_isOpen && m_access->mayRepeat(why, request))
            poll();
        else
            end(!m_isOpen && status >= 400 ? End::Refused : End::Lost, why);
    } else if (status == 200) {
        drop();
        m_access->tokenWasTaken();
        next(m_read == 0);
    } else {
        drop();
        end(End::Closed, connectionError(HubReasons::closedByServer, u"The server ended the connection."_s));
    }
}

void LongPollingLink::next(bool wasEmpty)
{
    const bool isFirst = !std::exchange(m_isOpen, true);
    if (wasEmpty && !isFirst && m_scheduler.now() - m_startedAt < emptyPause)
        m_pause.start(emptyPause, [this] { poll(); });
    else
        poll();
    if (isFirst)
        Q_EMIT opened();
}

void LongPollingLink::close()
{
    if (std::exchange(m_isClosing, true) || hasEnded())
        return;
    m_pause.stop();
    drop();
    m_deadline.start(m_access->options().closeTimeout, [this] {
        drop();
        end(End::Closed, Error::cancelled());
    });
    m_access->prepare(m_url, this, [this](const Result<QNetworkRequest> &request) {
        if (hasEnded())
            return;
        if (!request) {
            end(End::Closed, Error::cancelled());
            return;
        }
        m_reply = m_access->network().deleteResource(*request);
        connect(m_reply, &QNetworkReply::finished, this, [this] {
            drop();
            end(End::Closed, Error::cancelled());
        });
    });
}

void LongPollingLink::abort()
{
    setEnded();
    m_poster.stop();
    m_pause.stop();
    drop();
}

void LongPollingLink::drop()
{
    m_deadline.stop();
    if (const QPointer<QNetworkReply> reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        abortReply(*reply);
        reply->deleteLater();
    }
}

} // namespace Tertulia::Client
