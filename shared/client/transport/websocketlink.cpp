// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/websocketlink.h"

#include "client/transport/huberrors.h"
#include "client/transport/networkreasons.h"

#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QRegularExpression>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// A WebSocket message may hold a whole record and the beginning of others.
constexpr qsizetype slack = 64 * 1024;

Error socketError(QAbstractSocket::SocketError error, const QString &text)
{
    // QWebSocket tells an HTTP refusal in words only; without a match it is an ordinary network error.
    static const QRegularExpression status(u"status code:? (\\d{3})"_s, QRegularExpression::CaseInsensitiveOption);
    if (const auto found = status.match(text); found.hasMatch())
        return errorOfStatus(found.captured(1).toInt(), text);
    // From Qt 6.7 on it looks for Basic and Digest in a 401 and names what it found in place of the status.
    static const QRegularExpression challenge(u"WWW-Authenticate challenge|requires authentication"_s);
    if (text.contains(challenge))
        return errorOfStatus(401, text);
    QLatin1StringView reason = NetworkReason::connectionLost;
    if (error == QAbstractSocket::HostNotFoundError)
        reason = NetworkReason::hostNotFound;
    else if (error == QAbstractSocket::ConnectionRefusedError)
        reason = NetworkReason::connectionRefused;
    else if (error == QAbstractSocket::SslHandshakeFailedError)
        reason = NetworkReason::tlsError;
    else if (error == QAbstractSocket::SocketTimeoutError)
        reason = NetworkReason::timeout;
    return {ErrorCode::Unavailable, reason, text, {}, 0};
}

} // namespace

WebSocketLink::WebSocketLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url, bool isBinary)
    : HubLink(std::move(access), scheduler, std::move(url))
    , m_socket(QString(), QWebSocketProtocol::VersionLatest, this)
    , m_closing(scheduler)
    , m_isBinary(isBinary)
{
    const auto limit = m_access->options().receiveLimit + slack;
    m_socket.setMaxAllowedIncomingMessageSize(quint64(limit));
    m_socket.setMaxAllowedIncomingFrameSize(quint64(limit));
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_isOpen = true;
        for (const QByteArray &bytes : std::exchange(m_early, {}))
            send(bytes);
        Q_EMIT opened();
    });
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (!hasEnded())
            Q_EMIT received(text.toUtf8());
    });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
        if (!hasEnded())
            Q_EMIT received(bytes);
    });
    connect(&m_socket, &QWebSocket::bytesWritten, this, [this] {
        if (!hasEnded())
            Q_EMIT sent();
    });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(&m_socket, &QWebSocket::errorOccurred, this, &WebSocketLink::takeError);
#else
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, &WebSocketLink::takeError);
#endif
    // The one sign that tells a close frame from a lost network: the close code is 1000 for both. Qt closes the socket
    // as well when a write fails, but tells the error first.
    connect(&m_socket, &QWebSocket::aboutToClose, this, [this] { m_wasClosing |= !m_hasFailed; });
    connect(&m_socket, &QWebSocket::disconnected, this, &WebSocketLink::takeEnd);
}

WebSocketLink::~WebSocketLink()
{
    // Its destructor ends the connection and says so.
    m_socket.disconnect(this);
}

void WebSocketLink::open()
{
    m_access->prepare(m_url, this, [this](const Result<QNetworkRequest> &request) {
        if (hasEnded())
            return;
        if (request)
            connectSocket(*request);
        else // whoever gets no token any more need not try for as long as a network may be away
            end(isWorthReconnecting(request.error()) ? End::Lost : End::Refused, request.error());
    });
}

void WebSocketLink::connectSocket(QNetworkRequest request)
{
    QByteArrayList cookies;
    for (const QNetworkCookie &cookie : m_access->network().cookieJar()->cookiesForUrl(m_url))
        cookies.append(cookie.toRawForm(QNetworkCookie::NameAndValueOnly));
    if (!cookies.isEmpty())
        request.setRawHeader("Cookie", cookies.join("; "));
    QUrl url = request.url();
    url.setScheme(url.scheme() == u"https"_s ? u"wss"_s : u"ws"_s);
    request.setUrl(url);
    m_socket.open(request);
}

void WebSocketLink::send(const QByteArray &bytes)
{
    if (hasEnded() || m_wasClosing)
        return;
    if (!m_isOpen)
        m_early.append(bytes);
    else if (m_isBinary)
        m_socket.sendBinaryMessage(bytes);
    else
        m_socket.sendTextMessage(QString::fromUtf8(bytes));
}

void WebSocketLink::close()
{
    if (hasEnded())
        return;
    if (!m_isOpen) {
        abort();
        Q_EMIT ended(End::Closed, Error::cancelled());
        return;
    }
    m_closing.start(m_access->options().closeTimeout, [this] { m_socket.abort(); });
    m_socket.close(QWebSocketProtocol::CloseCodeNormal);
}

void WebSocketLink::abort()
{
    setEnded();
    m_closing.stop();
    m_socket.disconnect(this);
    // Later: this call may come from inside one of the socket's signals. No close frame: the server would take it for
    // the end, and a connection that is to be resumed must not end.
    QMetaObject::invokeMethod(
        this, [this] { m_socket.abort(); }, Qt::QueuedConnection);
}

qsizetype WebSocketLink::waitingBytes() const
{
    qsizetype early = 0;
    for (const QByteArray &bytes : m_early)
        early += bytes.size();
    return early + qsizetype(m_socket.bytesToWrite());
}

void WebSocketLink::takeError(QAbstractSocket::SocketError error)
{
    m_hasFailed = true;
    m_error = socketError(error, m_socket.errorString());
    if (m_isOpen)
        return; // disconnected() follows
    const bool isRefused = m_error.reason.isEmpty();
    m_socket.disconnect(this);
    end(isRefused ? End::Refused : End::Lost, m_error);
}

void WebSocketLink::takeEnd()
{
    m_closing.stop();
    const auto code = m_socket.closeCode();
    if (!m_isOpen) {
        end(End::Lost, connectionError(HubReasons::connectionLost, u"The WebSocket did not open."_s));
    } else if (code == QWebSocketProtocol::CloseCodeProtocolError || code == QWebSocketProtocol::CloseCodeWrongDatatype
               || code == QWebSocketProtocol::CloseCodeTooMuchData) {
        Error error = protocolError(u"The server broke the WebSocket protocol: %1"_s.arg(m_socket.closeReason()));
        if (code == QWebSocketProtocol::CloseCodeTooMuchData)
            error.code = ErrorCode::TooLarge;
        end(End::Broken, error);
    } else if (m_wasClosing) {
        end(End::Closed,
            connectionError(HubReasons::closedByServer, u"The WebSocket was closed (%1)."_s.arg(int(code))));
    } else {
        end(End::Lost, connectionError(HubReasons::connectionLost, u"The WebSocket was lost."_s));
    }
}

} // namespace Tertulia::Client
