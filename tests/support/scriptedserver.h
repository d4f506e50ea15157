// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedsocket.h"

#include <QHash>
#include <QJsonObject>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <vector>

class QWebSocketServer;

namespace Tertulia::Test {

struct ScriptedRequest
{
    QByteArray method;
    QString path; ///< decoded, without the query
    QUrlQuery query;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body = {};

    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] QString token() const; ///< of `Authorization: Bearer …`, else empty
    [[nodiscard]] QString queryItem(const QString &name) const;
};

/// What the server says to one request.
struct ScriptedAnswer
{
    enum class Kind {
        Whole, ///< status, headers, body; the connection stays for the next request
        Raw, ///< exactly `body`, head and all
        Held, ///< nothing until the test takes it up: ScriptedServer::held()
        HangUp, ///< closed without a word
    };
    Kind kind = Kind::Whole;
    int status = 200;
    QByteArray body = {};
    std::vector<std::pair<QByteArray, QByteArray>> headers = {};
    bool closes = false; ///< the connection ends after it

    [[nodiscard]] static ScriptedAnswer json(int status, QByteArray body);
    /// {"success":true,"data":…}
    [[nodiscard]] static ScriptedAnswer data(const QByteArray &json, int status = 200);
    /// The error envelope.
    [[nodiscard]] static ScriptedAnswer error(int status, const QByteArray &code, const QByteArray &message = "no");
    [[nodiscard]] static ScriptedAnswer raw(QByteArray bytes, bool closes = true);
    [[nodiscard]] static ScriptedAnswer held() { return {Kind::Held}; }
    [[nodiscard]] static ScriptedAnswer hangUp() { return {Kind::HangUp}; }
    [[nodiscard]] ScriptedAnswer with(const QByteArray &header, const QByteArray &value) const;
};

/// A request that waits for the test to answer it: at once, or bit by bit (Server-Sent Events, a body that never ends).
class ScriptedExchange
{
public:
    ScriptedExchange(ScriptedRequest request, QTcpSocket *socket);

    [[nodiscard]] const ScriptedRequest &request() const { return m_request; }
    [[nodiscard]] bool isOpen() const; ///< the client is still there
    void answer(const ScriptedAnswer &answer);
    void write(const QByteArray &bytes); ///< as they are, head included
    void beginStream(const QByteArray &contentType); ///< a head without length; write() the rest
    void hangUp();

private:
    ScriptedRequest m_request;
    QPointer<QTcpSocket> m_socket;
};

/// A server on a free loopback port that follows a script: *expect* what the client sends, *inject* what a server says.
/// HTTP/1.1 and WebSocket, both good and broken. Lives on the test's thread, so a test waits with QTRY_*.
///
///     ScriptedServer server;
///     server.expect("GET", u"/api/Authentication/me"_s, ScriptedAnswer::data(profileJson));
///     … QVERIFY2(server.isDone(), qPrintable(server.why()));
class ScriptedServer final : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<ScriptedAnswer(const ScriptedRequest &)>;

    ScriptedServer();
    ~ScriptedServer() override;

    [[nodiscard]] QUrl url() const;
    /// Goes away: nobody listens, every connection breaks. start() comes back on the same port.
    void stop();
    void start();

    /// One request of this kind, in any order among others of other kinds. The handler may look at it.
    void expect(const QByteArray &method, const QString &path, Handler handler);
    void expect(const QByteArray &method, const QString &path,
                const ScriptedAnswer &answer = ScriptedAnswer::data("{}"));
    /// Every request of this kind that no expect() waits for.
    void always(const QByteArray &method, const QString &path, Handler handler);
    void always(const QByteArray &method, const QString &path, const ScriptedAnswer &answer);
    /// Upgrades on this path become sockets; elsewhere they are refused as any other request.
    void acceptWebSockets(const QString &path) { m_webSocketPaths.append(path); }
    /// From now on they are requests again.
    void refuseWebSockets(const QString &path) { m_webSocketPaths.removeAll(path); }

    /// Everything expected has come, and nothing else.
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] QString why() const;

    /// All requests so far, in the order of their coming.
    [[nodiscard]] const std::vector<ScriptedRequest> &requests() const { return m_requests; }
    [[nodiscard]] int count(const QString &path) const;
    /// The requests on this path that wait for an answer, the oldest first; those that were answered are gone.
    [[nodiscard]] std::vector<ScriptedExchange *> held(const QString &path) const;
    [[nodiscard]] const std::vector<std::unique_ptr<ScriptedSocket>> &sockets() const { return m_sockets; }
    /// The newest WebSocket; null = none yet.
    [[nodiscard]] ScriptedSocket *socket() const { return m_sockets.empty() ? nullptr : m_sockets.back().get(); }
    /// Open connections, WebSockets included.
    [[nodiscard]] int connectionCount() const;

Q_SIGNALS:
    void socketOpened(Tertulia::Test::ScriptedSocket *socket);

private:
    struct Expectation
    {
        QByteArray method;
        QString path;
        Handler handler;
    };
    void accept();
    void read(QTcpSocket *socket);
    void upgrade(QTcpSocket *socket);
    void upgraded();
    void handle(ScriptedRequest request, QTcpSocket *socket);

    QTcpServer m_listener;
    std::unique_ptr<QWebSocketServer> m_webSocketServer; // never listens: speaks on sockets that it is given
    quint16 m_port = 0;
    std::vector<QPointer<QTcpSocket>> m_upgrading;
    QStringList m_webSocketPaths;
    std::vector<Expectation> m_expected, m_always;
    std::vector<ScriptedRequest> m_requests;
    std::vector<std::unique_ptr<ScriptedExchange>> m_held;
    std::vector<std::unique_ptr<ScriptedSocket>> m_sockets;
    QStringList m_unexpected;
};

} // namespace Tertulia::Test
