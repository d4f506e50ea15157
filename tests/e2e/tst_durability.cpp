// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing acknowledged is ever lost: the server is killed in the middle of floods of sends, started again, and must
// have each acknowledged message once and in order.

#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <thread>

using namespace Tertulia::Test;

namespace {

constexpr int kills = 20;
constexpr int senders = 6;

struct Acknowledged
{
    QString messageId;
    qint64 sequence = 0;
};
using Ledger = std::map<QString, Acknowledged>; // by clientMessageId

const QStringList noLimits{QStringLiteral("--set"), QStringLiteral("limits.send_per_10_seconds=1000000"),
                           QStringLiteral("--set"), QStringLiteral("limits.send_per_minute=1000000")};

QString conversationWith(RestClient &client, const QString &userId)
{
    return client.post(QStringLiteral("/api/Chat/conversations"), {{QStringLiteral("recipientId"), userId}})
        .data()
        .toObject()
        .value(QLatin1String("id"))
        .toString();
}

/// The whole history, oldest first.
QList<QJsonObject> history(RestClient &client, const QString &conversationId)
{
    QList<QJsonObject> all;
    QString before;
    for (;;) {
        QString path = QStringLiteral("/api/Chat/messages?conversationId=%1&limit=100").arg(conversationId);
        if (!before.isEmpty())
            path += QStringLiteral("&before=") + before;
        const QJsonArray page = client.get(path).data().toObject().value(QLatin1String("messages")).toArray();
        if (page.isEmpty())
            return all;
        QList<QJsonObject> block;
        for (const QJsonValue &message : page)
            block.append(message.toObject());
        before = block.first().value(QLatin1String("id")).toString();
        all = block + all;
    }
}

} // namespace

class TestDurability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedInAFlood_losesAndDoublesNothing()
    {
        ServerProcess server;
        QVERIFY2(server.start(noLimits), qPrintable(server.why()));
        QString aliceToken;
        QString bobId;
        QString conversation;
        {
            RestClient bob(server.url());
            bobId = bob.signIn(QStringLiteral("bob"));
            RestClient alice(server.url());
            QVERIFY(!alice.signIn(QStringLiteral("alice")).isEmpty());
            conversation = conversationWith(alice, bobId);
            QVERIFY(!conversation.isEmpty());
        }

        Ledger ledger;
        std::mutex mutex;
        for (int round = 0; round < kills; ++round) {
            RestClient login(server.url());
            QVERIFY(!login.signIn(QStringLiteral("alice")).isEmpty());
            const size_t goal = ledger.size() + size_t(QRandomGenerator::global()->bounded(20, 250));
            std::atomic<bool> stop = false;
            std::vector<std::thread> flood;
            for (int sender = 0; sender < senders; ++sender) {
                flood.emplace_back([&, sender] {
                    RestClient client(server.url());
                    client.setToken(login.token());
                    for (int n = 0; !stop; ++n) {
                        const QString key = QStringLiteral("r%1-s%2-%3").arg(round).arg(sender).arg(n);
                        const RestReply reply = client.post(QStringLiteral("/api/Chat/messages"),
                                                            {{QStringLiteral("conversationId"), conversation},
                                                             {QStringLiteral("content"), key},
                                                             {QStringLiteral("clientMessageId"), key}});
                        if (!reply.isOk())
                            return;
                        const QJsonObject message = reply.data().toObject();
                        const std::lock_guard lock(mutex);
                        ledger[key] = {message.value(QLatin1String("id")).toString(),
                                       message.value(QLatin1String("sequence")).toInteger()};
                    }
                });
            }
            const auto isFull = [&] {
                const std::lock_guard lock(mutex);
                return ledger.size() >= goal;
            };
            QTRY_VERIFY_WITH_TIMEOUT(isFull(), 60'000);
            server.kill();
            stop = true;
            for (std::thread &thread : flood)
                thread.join();
            QVERIFY2(server.start(noLimits), qPrintable(server.why()));
        }

        RestClient reader(server.url());
        QVERIFY(!reader.signIn(QStringLiteral("alice")).isEmpty());
        const QList<QJsonObject> all = history(reader, conversation);
        Ledger stored;
        qint64 sequence = 0;
        for (const QJsonObject &message : all) {
            QCOMPARE(message.value(QLatin1String("sequence")).toInteger(), ++sequence);
            const QString key = message.value(QLatin1String("clientMessageId")).toString();
            QVERIFY2(!stored.contains(key), qPrintable(key + QStringLiteral(" is there twice")));
            stored[key] = {message.value(QLatin1String("id")).toString(), sequence};
        }
        for (const auto &[key, acknowledged] : ledger) {
            QVERIFY2(stored.contains(key), qPrintable(key + QStringLiteral(" was acknowledged and is lost")));
            QCOMPARE(stored[key].messageId, acknowledged.messageId);
            QCOMPARE(stored[key].sequence, acknowledged.sequence);
        }
        qInfo("%d kills, %zu acknowledged, %zu stored", kills, ledger.size(), stored.size());
    }
};

TERTULIA_TEST(tst_durability, TestDurability)
#include "tst_durability.moc"
