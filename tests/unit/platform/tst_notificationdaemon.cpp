// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/notificationdaemon.h"
#include "support/testmain.h"

#include "support/privatedesktop.h"
#include "unit/platform/fakenotificationdaemon.h"

#include <QDBusConnectionInterface>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Desktop;
using Daemon = Test::FakeNotificationDaemon;
using Test::everything;
using namespace Qt::StringLiterals;

/// Each look at dunst starts a program, which takes its time on a busy machine.
constexpr int patienceMs = 30'000;

class TestNotificationDaemon : public QObject
{
    Q_OBJECT

private:
    Test::PrivateDesktop m_desktop;
    int m_count = 0;
    QDBusConnection connection() { return m_desktop.connection(QString::number(++m_count)); }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_desktop.startBus(), qPrintable(m_desktop.why())); }

    void fullDaemon_getsEverything()
    {
        Daemon daemon(connection(), everything);
        NotificationDaemon client(connection());
        QTRY_VERIFY(client.isAvailable());
        client.show({u"a/1"_s, u"Ben & Co"_s, u"<b>1 < 2</b>"_s});
        QTRY_COMPARE(daemon.shown.size(), 1);
        const auto &shown = daemon.shown[0];
        QCOMPARE(shown.title, u"Ben & Co"_s);
        QCOMPARE(shown.body, u"&lt;b&gt;1 &lt; 2&lt;/b&gt;"_s);
        QCOMPARE(shown.replaces, 0u);
        QVERIFY(shown.actions.contains(u"default"_s) && shown.actions.contains(u"mark-read"_s)
                && shown.actions.contains(u"inline-reply"_s));
        QVERIFY(shown.hints[u"x-kde-reply-placeholder-text"_s].toString().contains(u"Ben"_s));
        QCOMPARE(shown.hints[u"category"_s].toString(), u"im.received"_s);
    }

    void poorDaemon_getsWhatItCanShow()
    {
        Daemon daemon(connection(), {u"body"_s});
        NotificationDaemon client(connection());
        QTRY_VERIFY(client.isAvailable());
        client.show({u"a/1"_s, u"Ben"_s, u"1 < 2"_s});
        QTRY_COMPARE(daemon.shown.size(), 1);
        QCOMPARE(daemon.shown[0].body, u"1 < 2"_s);
        QVERIFY(daemon.shown[0].actions.isEmpty());
        QVERIFY(!daemon.shown[0].hints.contains(u"x-kde-reply-placeholder-text"_s));
    }

    void sameKey_isReplaced_othersStandBeside()
    {
        Daemon daemon(connection(), everything);
        NotificationDaemon client(connection());
        QTRY_VERIFY(client.isAvailable());
        client.show({u"a/1"_s, u"Ben"_s, u"one"_s});
        client.show({u"a/1"_s, u"Ben"_s, u"two"_s}); // while the first is on its way
        client.show({u"a/2"_s, u"Chloe"_s, u"hi"_s});
        QTRY_COMPARE(daemon.shown.size(), 3);
        client.show({u"a/1"_s, u"Ben"_s, u"three"_s});
        QTRY_COMPARE(daemon.shown.size(), 4);
        QCOMPARE(daemon.shown.last().body, u"three"_s);
        QCOMPARE(daemon.shown.last().replaces, daemon.shown[0].id);
        QSet<uint> ids;
        for (const auto &shown : daemon.shown)
            ids.insert(shown.id);
        QCOMPARE(ids.size(), 2);
    }

    void close_takesItDown_alsoWhileOnItsWay()
    {
        Daemon daemon(connection(), everything);
        NotificationDaemon client(connection());
        QTRY_VERIFY(client.isAvailable());
        client.show({u"a/1"_s, u"Ben"_s, u"one"_s});
        client.close(u"a/1"_s);
        QTRY_COMPARE(daemon.shown.size(), 1);
        QTRY_COMPARE(daemon.closed, QList<uint>{daemon.shown[0].id});
        client.close(u"a/1"_s);
        client.close(u"never shown"_s);
        client.show({u"a/1"_s, u"Ben"_s, u"two"_s});
        QTRY_COMPARE(daemon.shown.size(), 2);
        QCOMPARE(daemon.shown[1].replaces, 0u);
        QCOMPARE(daemon.closed.size(), 1);
    }

    void actions_comeBack_thoseOfOthersDoNot()
    {
        Daemon daemon(connection(), everything);
        NotificationDaemon client(connection());
        QSignalSpy activated(&client, &NotificationDaemon::activated);
        QSignalSpy marked(&client, &NotificationDaemon::markReadRequested);
        QSignalSpy replied(&client, &NotificationDaemon::replied);
        QTRY_VERIFY(client.isAvailable());
        client.show({u"a/1"_s, u"Ben"_s, u"one"_s});
        QTRY_COMPARE(daemon.shown.size(), 1);
        const uint id = daemon.shown[0].id;
        // the id is known to the client once a second one has been shown as a replacement
        client.show({u"a/1"_s, u"Ben"_s, u"two"_s});
        QTRY_COMPARE(daemon.shown.size(), 2);
        Q_EMIT daemon.ActionInvoked(id + 1000, u"default"_s);
        Q_EMIT daemon.NotificationReplied(id + 1000, u"not ours"_s);
        Q_EMIT daemon.ActivationToken(id, u"token"_s);
        Q_EMIT daemon.ActionInvoked(id, u"default"_s);
        Q_EMIT daemon.ActionInvoked(id, u"mark-read"_s);
        Q_EMIT daemon.NotificationReplied(id, u"   "_s);
        Q_EMIT daemon.NotificationReplied(id, u"hello back"_s);
        QTRY_COMPARE(replied.size(), 1);
        QCOMPARE(replied[0][1].toString(), u"hello back"_s);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated[0][0].toString(), u"a/1"_s);
        QCOMPARE(activated[0][1].toByteArray(), QByteArray("token"));
        QCOMPARE(marked.size(), 1);
    }

    void daemonThatIsReplaced_isAskedAnew()
    {
        QDBusConnection bus = connection();
        NotificationDaemon client(bus);
        {
            Daemon first(connection(), everything);
            QTRY_VERIFY(client.has(u"actions"_s));
            client.show({u"a/1"_s, u"Ben"_s, u"one"_s});
            QTRY_COMPARE(first.shown.size(), 1);
        }
        QTRY_VERIFY(!client.isAvailable());
        client.show({u"a/1"_s, u"Ben"_s, u"into nothing"_s});
        // answered after what the client has asked on the same connection
        const QDBusPendingCall ping = bus.asyncCall(QDBusMessage::createMethodCall(
            u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"GetId"_s));
        QTRY_VERIFY(ping.isFinished());
        Daemon second(connection(), {u"body"_s});
        QTRY_VERIFY(client.isAvailable());
        QVERIFY(!client.has(u"actions"_s));
        client.show({u"a/1"_s, u"Ben"_s, u"two"_s});
        QTRY_COMPARE(second.shown.size(), 1);
        QCOMPARE(second.shown[0].replaces, 0u);
    }

    void shownWhileTheDaemonStarts_isShownThen()
    {
        Daemon daemon(connection(), everything);
        NotificationDaemon client(connection());
        client.show({u"a/1"_s, u"Ben"_s, u"one"_s});
        client.show({u"a/1"_s, u"Ben"_s, u"two"_s});
        client.show({u"a/2"_s, u"Chloe"_s, u"read meanwhile"_s});
        client.close(u"a/2"_s);
        QTRY_COMPARE(daemon.shown.size(), 1);
        QCOMPARE(daemon.shown[0].body, u"two"_s);
    }

    void end_takesDownWhatIsShown()
    {
        Daemon daemon(connection(), everything);
        {
            NotificationDaemon client(connection());
            QTRY_VERIFY(client.isAvailable());
            client.show({u"a/1"_s, u"Ben"_s, u"one"_s});
            client.show({u"a/1"_s, u"Ben"_s, u"two"_s});
            QTRY_COMPARE(daemon.shown.size(), 2);
        }
        QTRY_COMPARE(daemon.closed.size(), 1);
    }

    void hostileText_isTamed()
    {
        Daemon daemon(connection(), everything);
        NotificationDaemon client(connection());
        client.show({u"a/1"_s, u"Ben\nand \u202Enobody"_s, u"a\u0007\nb"_s});
        QTRY_COMPARE(daemon.shown.size(), 1);
        QCOMPARE(daemon.shown[0].title, u"Ben and nobody"_s);
        QCOMPARE(daemon.shown[0].body, u"a\nb"_s);
    }

    void realDaemon_showsAndAnswers()
    {
        Test::PrivateDesktop desktop;
        QVERIFY2(desktop.startBus() && desktop.startScreen() && desktop.startNotifications(),
                 qPrintable(desktop.why()));
        NotificationDaemon client(desktop.connection(u"client"_s));
        QTRY_VERIFY(client.isAvailable());
        QVERIFY(client.has(u"actions"_s) && client.has(u"body"_s));
        QVERIFY(!client.has(u"inline-reply"_s));
        QSignalSpy activated(&client, &NotificationDaemon::activated);
        client.show({u"a/1"_s, u"Ben"_s, u"1 < 2"_s});
        const auto displayed = [&] {
            return desktop.run(u"dunstctl"_s, {u"count"_s, u"displayed"_s}).trimmed().toInt();
        };
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        client.show({u"a/1"_s, u"Ben"_s, u"3 > 2"_s});
        client.show({u"a/2"_s, u"Chloe"_s, u"hi"_s});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 2, patienceMs);
        client.close(u"a/2"_s);
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        desktop.run(u"dunstctl"_s, {u"action"_s});
        QTRY_COMPARE_WITH_TIMEOUT(activated.size(), 1, patienceMs);
        QCOMPARE(activated[0][0].toString(), u"a/1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 0, patienceMs);
        const QJsonArray history = QJsonDocument::fromJson(desktop.run(u"dunstctl"_s, {u"history"_s}))
                                       .object()[u"data"_s]
                                       .toArray()[0]
                                       .toArray();
        QVERIFY(!history.isEmpty());
        const auto field = [&](const QString &name) {
            return history[0].toObject()[name].toObject()[u"data"_s].toString();
        };
        QCOMPARE(field(u"summary"_s), u"Ben"_s);
        // dunst's history holds what was sent, before it reads the markup
        QCOMPARE(field(u"body"_s), u"3 &gt; 2"_s);
    }
};

TERTULIA_TEST(tst_notificationdaemon, TestNotificationDaemon)
#include "tst_notificationdaemon.moc"
