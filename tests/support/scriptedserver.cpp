// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include <QJsonDocument>
#include <QWebSocketServer>

#include <algorithm>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headLimit = 64 * 1024; // bytes; a client of ours that sends more has lost its way

std::optional<ScriptedRequest> parseHead(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.value(0).trimmed().split(' ');
    if (first.size() != 3)
        return {};
    ScriptedRequest request;
    request.method = first[0];
    const QUrl target = QUrl::fromEncoded(first[1]);
    request.path = target.path();
    request.query = QUrlQuery(target.query(QUrl::FullyEncoded));
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        if (colon > 0)
            request.headers.insert(lines[i].left(colon).toLower(), lines[i].mid(colon + 1).trimmed());
    }
    return request;
}

bool isSamePath(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

void send(QTcpSocket *socket, const ScriptedAnswer &answer)
{
    switch (answer.kind) {
    case ScriptedAnswer::Kind::Held:
        return;
    case ScriptedAnswer::Kind::HangUp:
        socket->disconnectFromHost();
        return;
    case ScriptedAnswer::Kind::Raw:
        socket->write(answer.body);
        break;
    case ScriptedAnswer::Kind::Whole: {
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Scripted\r\n";
        for (const auto &[name, value] : answer.headers)
            head += name + ": " + value + "\r\n";
        head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n";
        socket->write(head + answer.body);
        break;
    }
    }
    if (answer.closes)
        socket->disconnectFromHost();
}

} // namespace

QJsonObject ScriptedRequest::json() const
{
    return QJsonDocument::fromJson(body).object();
}
QString ScriptedRequest::token() const
{
    const QByteArray field = headers.value("authorization");
    return field.startsWith("Bearer ") ? QString::fromLatin1(field.mid(7)) : QString();
}
QString ScriptedRequest::queryItem(const QString &name) const
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

ScriptedAnswer ScriptedAnswer::json(int status, QByteArray body)
{
    ScriptedAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers = {{"Content-Type", "application/json"}};
    return answer;
}
ScriptedAnswer ScriptedAnswer::data(const QByteArray &json, int status)
{
    return ScriptedAnswer::json(status, R"({"success":true,"data":)" + json + '}');
}
ScriptedAnswer ScriptedAnswer::error(int status, const QByteArray &code, const QByteArray &message)
{
    return json(status, R"({"success":false,"message":")" + message + R"(","code":")" + code + R"(","traceId":"t"})");
}
ScriptedAnswer ScriptedAnswer::raw(QByteArray bytes, bool closes)
{
    ScriptedAnswer answer;
    answer.kind = Kind::Raw;
    answer.body = std::move(bytes);
    answer.closes = closes;
    return answer;
}
ScriptedAnswer ScriptedAnswer::with(const QByteArray &header, const QByteArray &value) const
{
    ScriptedAnswer answer = *this;
    answer.headers.emplace_back(header, value);
    return answer;
}

ScriptedExchange::ScriptedExchange(ScriptedRequest request, QTcpSocket *socket)
    : m_request(std::move(request))
    , m_socket(socket)
{
}

bool ScriptedExchange::isOpen() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void ScriptedExchange::answer(const ScriptedAnswer &answer)
{
    if (isOpen())
        send(m_socket, answer);
    m_socket.clear();
}

void ScriptedExchange::write(const QByteArray &bytes)
{
    if (isOpen())
        m_socket->write(bytes);
}

void ScriptedExchange::beginStream(const QByteArray &contentType)
{
    write("HTTP/1.1 200 Scripted\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n\r\n");
}

void ScriptedExchange::hangUp()
{
    answer(ScriptedAnswer::hangUp());
}

ScriptedServer::ScriptedServer()
    : m_webSocketServer(std::make_unique<QWebSocketServer>(u"Scripted"_s, QWebSocketServer::NonSecureMode))
{
    connect(&m_listener, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    connect(m_webSocketServer.get(), &QWebSocketServer::newConnection, this, &ScriptedServer::upgraded);
    start();
}

ScriptedServer::~ScriptedServer()
{
    stop();
}

QUrl ScriptedServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port));
}

void ScriptedServer::start()
{
    if (!m_listener.listen(QHostAddress::LocalHost, m_port))
        qFatal("no loopback port: %s", qPrintable(m_listener.errorString()));
    m_port = m_listener.serverPort();
}

void ScriptedServer::stop()
{
    m_listener.close();
    m_held.clear();
    for (const auto &socket : m_sockets)
        socket->abort();
    const auto connections = m_listener.findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : connections)
        socket->abort();
}

void ScriptedServer::expect(const QByteArray &method, const QString &path, Handler handler)
{
    m_expected.push_back({method, path, std::move(handler)});
}
void ScriptedServer::expect(const QByteArray &method, const QString &path, const ScriptedAnswer &answer)
{
    expect(method, path, [answer](const ScriptedRequest &) { return answer; });
}
void ScriptedServer::always(const QByteArray &method, const QString &path, Handler handler)
{
    const auto same = [&](const Expectation &e) { return e.method == method && isSamePath(e.path, path); };
    std::erase_if(m_always, same);
    m_always.push_back({method, path, std::move(handler)});
}
void ScriptedServer::always(const QByteArray &method, const QString &path, const ScriptedAnswer &answer)
{
    always(method, path, [answer](const ScriptedRequest &) { return answer; });
}

bool ScriptedServer::isDone() const
{
    return m_expected.empty() && m_unexpected.isEmpty();
}

QString ScriptedServer::why() const
{
    QStringList lines = m_unexpected;
    for (const Expectation &missing : m_expected)
        lines.append(u"still expected: %1 %2"_s.arg(QLatin1StringView(missing.method), missing.path));
    return lines.join(u'\n');
}

int ScriptedServer::count(const QString &path) const
{
    return int(std::count_if(m_requests.begin(), m_requests.end(),
                             [&](const ScriptedRequest &request) { return isSamePath(request.path, path); }));
}

std::vector<ScriptedExchange *> ScriptedServer::held(const QString &path) const
{
    std::vector<ScriptedExchange *> open;
    for (const auto &exchange : m_held) {
        if (exchange->isOpen() && isSamePath(exchange->request().path, path))
            open.push_back(exchange.get());
    }
    return open;
}

int ScriptedServer::connectionCount() const
{
    const auto connections = m_listener.findChildren<QTcpSocket *>();
    const auto isOpen = [](const QTcpSocket *socket) { return socket->state() == QAbstractSocket::ConnectedState; };
    const auto isSocketOpen = [](const auto &socket) { return socket->isOpen(); };
    return int(std::count_if(connections.begin(), connections.end(), isOpen)
               + std::count_if(m_sockets.begin(), m_sockets.end(), isSocketOpen));
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = m_listener.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        if (socket->bytesAvailable() > 0)
            read(socket);
    }
}

void ScriptedServer::read(QTcpSocket *socket)
{
    while (socket->bytesAvailable() > 0) {
        // Only peeked at: an upgrade is read by the WebSocket server itself.
        const QByteArray seen = socket->peek(headLimit);
        const qsizetype end = seen.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        std::optional<ScriptedRequest> request = parseHead(seen.left(end));
        if (!request) {
            m_unexpected.append(u"not HTTP: "_s + QString::fromLatin1(seen.left(80)));
            return socket->abort();
        }
        if (request->headers.value("upgrade").toLower() == "websocket"
            && m_webSocketPaths.contains(request->path, Qt::CaseInsensitive)) {
            m_requests.push_back(std::move(*request));
            return upgrade(socket);
        }
        const qint64 length = request->headers.value("content-length").toLongLong();
        if (socket->bytesAvailable() < end + 4 + length)
            return;
        socket->skip(end + 4);
        request->body = socket->read(length);
        handle(std::move(*request), socket);
    }
}

void ScriptedServer::upgrade(QTcpSocket *socket)
{
    socket->disconnect(this);
    socket->disconnect(socket);
    m_upgrading.push_back(socket);
    m_webSocketServer->handleConnection(socket);
}

void ScriptedServer::upgraded()
{
    while (QWebSocket *opened = m_webSocketServer->nextPendingConnection()) {
        const auto isIts = [port = opened->peerPort()](const auto &wire) { return wire && wire->peerPort() == port; };
        const auto wire = std::find_if(m_upgrading.begin(), m_upgrading.end(), isIts);
        QTcpSocket *found = wire == m_upgrading.end() ? nullptr : wire->data();
        std::erase_if(m_upgrading, [found](const auto &other) { return !other || other == found; });
        m_sockets.push_back(std::make_unique<ScriptedSocket>(opened, found));
        Q_EMIT socketOpened(m_sockets.back().get());
    }
}

void ScriptedServer::handle(ScriptedRequest request, QTcpSocket *socket)
{
    const auto matches = [&](const Expectation &e) {
        return e.method == request.method && isSamePath(e.path, request.path);
    };
    m_requests.push_back(request);
    ScriptedAnswer answer = ScriptedAnswer::error(500, "INTERNAL_ERROR", "not in the script");
    if (const auto found = std::find_if(m_expected.begin(), m_expected.end(), matches); found != m_expected.end()) {
        const Handler handler = std::move(found->handler);
        m_expected.erase(found);
        answer = handler(request);
    } else if (const auto other = std::find_if(m_always.begin(), m_always.end(), matches); other != m_always.end()) {
        answer = other->handler(request);
    } else {
        m_unexpected.append(u"not expected: %1 %2"_s.arg(QLatin1StringView(request.method), request.path));
    }
    if (answer.kind == ScriptedAnswer::Kind::Held)
        m_held.push_back(std::make_unique<ScriptedExchange>(std::move(request), socket));
    else
        send(socket, answer);
}

} // namespace Tertulia::Test
