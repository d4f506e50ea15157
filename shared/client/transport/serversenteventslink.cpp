// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/serversenteventslink.h"

#include "client/transport/abortreply.h"
#include "client/transport/huberrors.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// What Qt may read ahead of us.
constexpr qint64 streamAhead = 256 * 1024;
constexpr qsizetype framing = 64 * 1024;

} // namespace

ServerSentEventsLink::ServerSentEventsLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url)
    : HubLink(std::move(access), scheduler, url)
    , m_poster(*m_access, scheduler, url)
    , m_parser(m_access->options().receiveLimit + framing)
{
    connect(&m_poster, &HubPoster::sent, this, [this] {
        if (!hasEnded())
            Q_EMIT sent();
    });
    connect(&m_poster, &HubPoster::failed, this, [this](const Error &why) {
        drop();
        end(End::Lost, why);
    });
}

void ServerSentEventsLink::open()
{
    m_access->prepare(m_url, this, [this](const Result<QNetworkRequest> &request) {
        if (hasEnded())
            return;
        if (request)
            start(*request);
        else
            end(End::Lost, request.error());
    });
}

void ServerSentEventsLink::start(const QNetworkRequest &prepared)
{
    QNetworkRequest request = prepared;
    request.setRawHeader("Accept", "text/event-stream");
    m_reply = m_access->network().get(request);
    m_reply->setReadBufferSize(streamAhead);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &ServerSentEventsLink::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &ServerSentEventsLink::read);
    connect(m_reply, &QNetworkReply::finished, this, &ServerSentEventsLink::finish);
}

void ServerSentEventsLink::takeHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_isOpen || hasEnded() || status != 200)
        return;
    const QString type = m_reply->header(QNetworkRequest::ContentTypeHeader).toString();
    if (!type.startsWith(u"text/event-stream"_s, Qt::CaseInsensitive)) {
        drop();
        end(End::Refused, connectionError(HubReasons::refused, u"The server sends no events."_s));
        return;
    }
    m_isOpen = true;
    Q_EMIT opened();
}

void ServerSentEventsLink::read()
{
    if (!m_isOpen || hasEnded())
        return;
    const auto data = m_parser.take(m_reply->read(streamAhead));
    if (!data) {
        drop();
        end(End::Broken, data.error());
    } else if (!data->isEmpty()) {
        Q_EMIT received(*data);
    }
}

void ServerSentEventsLink::finish()
{
    while (!hasEnded() && m_reply && m_isOpen && m_reply->bytesAvailable() > 0)
        read();
    if (hasEnded() || !m_reply)
        return;
    const bool isError = m_reply->error() != QNetworkReply::NoError;
    const Error why = isError ? errorOfReply(*m_reply, false)
                              : connectionError(HubReasons::closedByServer, u"The stream of events ended."_s);
    const bool isAnswered = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    drop();
    if (m_isOpen)
        end(isError ? End::Lost : End::Closed, why);
    else
        end(isAnswered ? End::Refused : End::Lost, why);
}

void ServerSentEventsLink::close()
{
    drop();
    end(End::Closed, Error::cancelled());
}

void ServerSentEventsLink::abort()
{
    setEnded();
    m_poster.stop();
    drop();
}

void ServerSentEventsLink::drop()
{
    if (const QPointer<QNetworkReply> reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        abortReply(*reply);
        reply->deleteLater();
    }
}

} // namespace Tertulia::Client
