// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubconnector.h"

#include "base/logging.h"
#include "client/transport/abortreply.h"
#include "client/transport/huberrors.h"
#include "protocol/handshake.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype negotiateLimit = 64 * 1024; ///< bytes of an answer

std::optional<HubTransport> transportOf(QStringView name)
{
    for (const auto transport : {HubTransport::WebSockets, HubTransport::ServerSentEvents, HubTransport::LongPolling}) {
        const auto known = enumName(transport);
        if (name == QLatin1StringView(known.data(), qsizetype(known.size())))
            return transport;
    }
    return std::nullopt;
}

} // namespace

HubConnector::HubConnector(const HubOptions &options, QNetworkAccessManager &network, Scheduler &scheduler, Done done)
    : m_options(options)
    , m_scheduler(scheduler)
    , m_done(std::move(done))
    , m_url(options.url)
    , m_linkError(connectionError(HubReasons::noTransport, u"The server offers no transport that we may use."_s))
    , m_deadline(scheduler)
{
    m_hub.reader = HubMessageReader(options.receiveLimit);
    m_hub.access = std::make_shared<HubAccess>(options, network);
}

HubConnector::~HubConnector()
{
    dropLink();
    if (m_reply) {
        m_reply->disconnect(this);
        abortReply(*m_reply);
        m_reply->deleteLater();
    }
}

void HubConnector::start()
{
    // Posted, so that nothing is answered before the caller has its future.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_options.skipNegotiation)
                openLink({HubTransport::WebSockets, m_options.format}, m_url);
            else
                negotiate();
        },
        Qt::QueuedConnection);
}

void HubConnector::negotiate()
{
    QUrl url = m_url;
    const QString path = url.path();
    url.setPath(path + (path.endsWith(u'/') ? u"negotiate"_s : u"/negotiate"_s));
    url = withQueryItem(url, u"negotiateVersion"_s, u"1"_s);
    if (m_options.statefulReconnect)
        url = withQueryItem(url, u"useStatefulReconnect"_s, u"true"_s);
    m_hub.access->prepare(url, this, [this](const Result<QNetworkRequest> &request) {
        if (request)
            post(*request);
        else
            fail(request.error());
    });
}

void HubConnector::post(const QNetworkRequest &prepared)
{
    QNetworkRequest request = prepared;
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/plain;charset=UTF-8"));
    m_answer.clear();
    m_timedOut = false;
    m_reply = m_hub.access->network().post(request, QByteArray());
    m_reply->setReadBufferSize(negotiateLimit);
    connect(m_reply, &QNetworkReply::readyRead, this, &HubConnector::readAnswer);
    connect(m_reply, &QNetworkReply::finished, this, &HubConnector::takeAnswer);
    m_deadline.start(m_options.requestTimeout, [this] {
        m_timedOut = true;
        abortReply(*m_reply);
    });
}

void HubConnector::readAnswer()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200 || status > 299)
        return;
    m_answer.append(m_reply->read(negotiateLimit));
    if (m_answer.size() > negotiateLimit) {
        fail(protocolError(u"The answer to the negotiation is longer than %1 bytes."_s.arg(negotiateLimit)));
    }
}

void HubConnector::takeAnswer()
{
    if (!m_reply || !m_done)
        return;
    m_deadline.stop();
    const QPointer<QNetworkReply> reply = m_reply;
    if (reply->error() != QNetworkReply::NoError) {
        const Error error = errorOfReply(*reply, m_timedOut);
        reply->deleteLater();
        m_reply = nullptr;
        if (m_hub.access->mayRepeat(error))
            negotiate();
        else
            fail(error);
        return;
    }
    readAnswer();
    if (!m_done)
        return;
    reply->deleteLater();
    m_reply = nullptr;
    const auto response = NegotiateResponse::decode(m_answer);
    if (!response)
        fail(protocolError(u"The answer to the negotiation is none: %1"_s.arg(response.error().message)));
    else
        take(*response);
}

void HubConnector::take(const NegotiateResponse &response)
{
    if (response.error)
        fail(connectionError(HubReasons::refused, *response.error));
    else if (response.url)
        redirect(response);
    else
        tryTransport(response);
}

void HubConnector::redirect(const NegotiateResponse &response)
{
    const QUrl url(*response.url, QUrl::StrictMode);
    const bool isKnown = url.scheme() == u"https"_s || url.scheme() == u"http"_s;
    if (!url.isValid() || !isKnown || url.host().isEmpty()) {
        fail(protocolError(u"The server redirects to what is no address."_s));
    } else if (m_url.scheme() == u"https"_s && url.scheme() != u"https"_s) {
        fail(protocolError(u"The server redirects to an address without encryption."_s));
    } else if (++m_redirects > m_options.redirectLimit) {
        fail(protocolError(u"The server redirects more than %1 times."_s.arg(m_options.redirectLimit)));
    } else {
        m_url = url;
        m_hub.access->useTokenOfRedirect(response.accessToken);
        negotiate();
    }
}

/// In the server's order. Text-only transports come last when the format is binary: they cost us the format.
std::vector<HubConnector::Candidate> HubConnector::candidates(const NegotiateResponse &response) const
{
    std::vector<Candidate> preferred, others;
    for (const AvailableTransport &offer : response.availableTransports) {
        const auto transport = transportOf(offer.transport);
        if (!transport || std::ranges::count(m_options.transports, *transport) == 0
            || std::ranges::count(m_failedTransports, *transport) > 0)
            continue;
        const bool isBinary = m_options.format == WireFormat::MessagePack;
        if (offer.transferFormats.contains(isBinary ? u"Binary"_s : u"Text"_s, Qt::CaseInsensitive))
            preferred.push_back({*transport, m_options.format});
        else if (offer.transferFormats.contains(u"Text"_s, Qt::CaseInsensitive))
            others.push_back({*transport, WireFormat::Json});
    }
    preferred.insert(preferred.end(), others.begin(), others.end());
    return preferred;
}

void HubConnector::tryTransport(const NegotiateResponse &response)
{
    const auto left = candidates(response);
    if (left.empty()) {
        fail(m_linkError);
        return;
    }
    const Candidate next = left.front();
    m_hub.connectionId = response.connectionId.value_or(QString());
    m_hub.isStateful = m_options.statefulReconnect && response.useStatefulReconnect.value_or(false)
        && next.transport == HubTransport::WebSockets;
    openLink(next, withQueryItem(m_url, u"id"_s, response.id()));
}

void HubConnector::openLink(Candidate candidate, QUrl url)
{
    m_hub.transport = candidate.transport;
    m_hub.protocol = candidate.format == WireFormat::Json ? &jsonHubProtocol() : &messagePackHubProtocol();
    m_hub.url = url;
    m_hub.link =
        HubLink::make(candidate.transport, m_hub.access, m_scheduler, std::move(url), m_hub.protocol->isBinary());
    m_isOpen = false;
    connect(m_hub.link.get(), &HubLink::opened, this, &HubConnector::linkOpened);
    connect(m_hub.link.get(), &HubLink::received, this, &HubConnector::linkReceived);
    connect(m_hub.link.get(), &HubLink::ended, this, [this](HubLink::End, const Error &why) { linkEnded(why); });
    m_deadline.start(m_options.handshakeTimeout, [this] {
        linkEnded({ErrorCode::Timeout, HubReasons::connectTimeout, u"The server did not answer in time."_s, {}, 0});
    });
    m_hub.link->open();
}

void HubConnector::linkOpened()
{
    m_isOpen = true;
    HandshakeRequest request;
    request.protocol = m_hub.protocol->name();
    request.version = m_hub.isStateful ? 2 : 1;
    m_hub.link->send(request.encode());
}

void HubConnector::linkReceived(const QByteArray &bytes)
{
    m_hub.reader.append(bytes);
    const auto record = m_hub.reader.nextHandshake();
    if (!record) {
        fail(protocolError(u"The server's handshake is too long."_s));
        return;
    }
    if (!*record)
        return;
    const auto response = HandshakeResponse::decode(**record);
    if (!response) {
        fail(protocolError(u"The server's handshake is none: %1"_s.arg(response.error().message)));
    } else if (response->error) {
        fail(connectionError(HubReasons::refused, u"Server returned handshake error: %1"_s.arg(*response->error)));
    } else {
        m_hub.reader.setProtocol(*m_hub.protocol);
        m_hub.link->disconnect(this);
        finish(std::move(m_hub));
    }
}

void HubConnector::linkEnded(const Error &why)
{
    if (m_isOpen) {
        // It could be opened: another transport would meet the same hub.
        fail(why);
        return;
    }
    const bool mayAskAgain = m_hub.access->mayRepeat(why);
    const HubTransport transport = m_hub.transport;
    dropLink();
    m_linkError = why;
    if (mayAskAgain) {
        start();
    } else if (m_options.skipNegotiation || !isWorthReconnecting(why)) {
        fail(why);
    } else {
        qCInfo(logClient, "transport %d did not open: %s", int(transport), qUtf8Printable(why.message));
        m_failedTransports.push_back(transport);
        negotiate();
    }
}

void HubConnector::dropLink()
{
    m_deadline.stop();
    if (m_hub.link) {
        m_hub.link->disconnect(this);
        m_hub.link->abort();
        m_hub.link.release()->deleteLater();
    }
}

void HubConnector::fail(const Error &error)
{
    dropLink();
    finish(failure(error));
}

void HubConnector::finish(Result<EstablishedHub> result)
{
    m_deadline.stop();
    if (const Done done = std::exchange(m_done, nullptr))
        done(std::move(result));
}

} // namespace Tertulia::Client
