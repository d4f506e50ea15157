// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/support/hubclient.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 10'000;
constexpr QChar recordEnd(0x1e);
} // namespace

HubClient::HubClient(const QUrl &server, const QString &path)
    : m_url(server)
{
    m_url.setScheme(server.scheme() == u"https"_s ? u"wss"_s : u"ws"_s);
    m_url.setPath(path);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &HubClient::take);
    connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_isReady = false; });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(&m_socket, &QWebSocket::errorOccurred, this, [this] { m_hasFailed = true; });
#else
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this] { m_hasFailed = true; });
#endif
}

bool HubClient::open(const QString &token)
{
    QUrl url = m_url;
    QUrlQuery query;
    query.addQueryItem(u"access_token"_s, token);
    url.setQuery(query);
    m_hasFailed = false;
    m_socket.open(url);
    const auto isDecided = [this] {
        const auto state = m_socket.state();
        return state == QAbstractSocket::ConnectedState || state == QAbstractSocket::UnconnectedState
            || m_hasFailed; // a refused upgrade leaves the state as it is
    };
    std::ignore = QTest::qWaitFor(isDecided, patienceMs);
    if (m_socket.state() != QAbstractSocket::ConnectedState)
        return false;
    m_socket.sendTextMessage(uR"({"protocol":"json","version":1})"_s + recordEnd);
    const auto isGone = [this] { return m_socket.state() != QAbstractSocket::ConnectedState; };
    std::ignore = QTest::qWaitFor([&] { return m_isReady || isGone(); }, patienceMs);
    return m_isReady;
}

void HubClient::close()
{
    m_socket.close();
    std::ignore = QTest::qWaitFor([&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, patienceMs);
}

HubAnswer HubClient::invoke(const QString &method, const QJsonArray &arguments)
{
    const QString id = QString::number(++m_lastId);
    const QJsonObject call{{u"type"_s, 1}, {u"invocationId"_s, id}, {u"target"_s, method}, {u"arguments"_s, arguments}};
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(call).toJson(QJsonDocument::Compact)) + recordEnd);
    std::ignore = QTest::qWaitFor([&] { return m_answers.contains(id) || !m_isReady; }, patienceMs);
    return m_answers.take(id);
}

QList<QJsonObject> HubClient::events(const QString &target) const
{
    QList<QJsonObject> found;
    for (const HubEvent &event : m_events) {
        if (event.target == target)
            found.append(event.data);
    }
    return found;
}

bool HubClient::waitForEvent(const QString &target, const std::function<bool(const QJsonObject &)> &good)
{
    return QTest::qWaitFor(
        [&] {
            const QList<QJsonObject> found = events(target);
            return std::any_of(found.begin(), found.end(),
                               [&](const QJsonObject &event) { return !good || good(event); });
        },
        patienceMs);
}

void HubClient::take(const QString &frame)
{
    m_rest += frame;
    for (qsizetype end = 0; (end = m_rest.indexOf(recordEnd)) >= 0;) {
        const QString record = m_rest.left(end);
        m_rest.remove(0, end + 1);
        takeRecord(QJsonDocument::fromJson(record.toUtf8()).object());
    }
}

void HubClient::takeRecord(const QJsonObject &record)
{
    switch (record[u"type"_s].toInt()) {
    case 0: // the handshake's answer has no type
        m_isReady = !record.contains(u"error"_s);
        break;
    case 1: {
        const QJsonArray arguments = record[u"arguments"_s].toArray();
        m_events.append({record[u"target"_s].toString(), arguments.at(0).toObject(), arguments});
        Q_EMIT eventArrived(m_events.last());
        break;
    }
    case 3:
        m_answers.insert(record[u"invocationId"_s].toString(),
                         {true, record[u"result"_s], record[u"error"_s].toString()});
        break;
    case 7:
        m_farewell = record;
        m_socket.close();
        break;
    default: // pings
        break;
    }
}

} // namespace Tertulia::Test
