// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>
#include <QWebSocket>

namespace Tertulia::Test {

/// What an invocation came to.
struct HubAnswer
{
    bool arrived = false;
    QJsonValue result;
    QString error; ///< "HubException: CODE: sentence"

    [[nodiscard]] bool isOk() const { return arrived && error.isEmpty(); }
    /// The contract's code word in the error.
    [[nodiscard]] QString code() const { return error.section(QStringLiteral(": "), 1, 1); }
};

struct HubEvent
{
    QString target;
    QJsonObject data; ///< the first argument, when it is an object
    QJsonArray arguments;
};

/// A SignalR client that does what a test says: WebSocket without negotiation, JSON protocol, no reconnecting.
class HubClient : public QObject
{
    Q_OBJECT

public:
    /// @param path "/hubs/chat"
    HubClient(const QUrl &server, const QString &path);

    /// Connects and shakes hands; false when either is refused.
    [[nodiscard]] bool open(const QString &token);
    void close();
    [[nodiscard]] bool isOpen() const { return m_isReady; }
    /// The server's Close message, once it came.
    [[nodiscard]] QJsonObject farewell() const { return m_farewell; }

    HubAnswer invoke(const QString &method, const QJsonArray &arguments = {});

    [[nodiscard]] const QList<HubEvent> &events() const { return m_events; }
    [[nodiscard]] QList<QJsonObject> events(const QString &target) const;
    void forgetEvents() { m_events.clear(); }
    /// Waits until an event of that name makes `good` true.
    [[nodiscard]] bool waitForEvent(const QString &target, const std::function<bool(const QJsonObject &)> &good = {});

Q_SIGNALS:
    void eventArrived(const Tertulia::Test::HubEvent &event);

private:
    void take(const QString &frame);
    void takeRecord(const QJsonObject &record);

    QUrl m_url;
    QWebSocket m_socket;
    QString m_rest;
    bool m_isReady = false;
    bool m_hasFailed = false;
    int m_lastId = 0;
    QHash<QString, HubAnswer> m_answers;
    QList<HubEvent> m_events;
    QJsonObject m_farewell;
};

} // namespace Tertulia::Test
