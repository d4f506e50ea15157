// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two people, each at a desktop of their own, with the real client and the real server. Read it like a play: the scenes
// follow each other, so after a failure the later ones are skipped.
#include "e2e/desktop/desktopclient.h"
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/droppingrelay.h"

#include <QTest>

#include <algorithm>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"tertulia-demo"_s; // of the server's demo people

} // namespace

class TestDesktop : public QObject
{
    Q_OBJECT

private:
    ServerProcess m_server;
    std::unique_ptr<DroppingRelay> m_adasNetwork;
    DesktopClient m_ada, m_ben;
    bool m_isPlayOver = false;

    [[nodiscard]] bool startServer()
    {
        return m_server.start({u"--demo"_s, u"--set"_s, u"limits.send_per_10_seconds=10000"_s, u"--set"_s,
                               u"limits.send_per_minute=10000"_s});
    }
    /// Writes so many messages to Ada at once. @returns the last one's id, empty when it did not work
    [[nodiscard]] QString chloeWrites(int count)
    {
        RestClient ada(m_server.url()), chloe(m_server.url());
        const QString adasId = ada.signIn(u"ada"_s, password);
        if (adasId.isEmpty() || chloe.signIn(u"chloe"_s, password).isEmpty())
            return {};
        QString last;
        for (int i = 1; i <= count; ++i) {
            const RestReply sent = chloe.post(u"/api/Chat/messages"_s,
                                              {{u"recipientId"_s, adasId}, {u"content"_s, u"news number %1"_s.arg(i)}});
            if (!sent.isOk())
                return {};
            last = sent.data()[u"id"_s].toString();
        }
        return last;
    }
    /// How often Ben has a message with this text, asked from the server.
    [[nodiscard]] int countAtBen(const QString &text)
    {
        RestClient ben(m_server.url());
        if (ben.signIn(u"ben"_s, password).isEmpty())
            return -1;
        int count = 0;
        const QJsonArray conversations = ben.get(u"/api/Chat/conversations"_s).data().toArray();
        for (const QJsonValue &conversation : conversations) {
            const QString id = conversation[u"id"_s].toString();
            const RestReply page = ben.get(u"/api/Chat/messages?conversationId=%1"_s.arg(id));
            if (!page.isOk())
                return -1;
            const QJsonArray messages = page.data()[u"messages"_s].toArray();
            count += int(std::count_if(messages.begin(), messages.end(), [&](const QJsonValue &message) {
                return message[u"content"_s].toString() == text;
            }));
        }
        return count;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(startServer(), qPrintable(m_server.why()));
        m_server.listenOn(m_server.url().authority()); // after a restart too
        m_adasNetwork = std::make_unique<DroppingRelay>(m_server.url());
        QVERIFY2(m_ada.prepare(), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.prepare(), qPrintable(m_ben.report()));
    }
    void init()
    {
        if (m_isPlayOver)
            QSKIP("an earlier scene failed");
    }
    void cleanup() { m_isPlayOver = m_isPlayOver || QTest::currentTestFailed(); }

    void a_bothSignIn()
    {
        QVERIFY(m_ada.start(m_adasNetwork->url()) && m_ben.start(m_server.url()));
        QVERIFY2(m_ada.signsIn(u"ada"_s, password), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.signsIn(u"ben"_s, password), qPrintable(m_ben.report()));
    }

    void b_theyChatBothWays_andSeeItRead()
    {
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.writes(u"good morning ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"good morning ben, Delivered"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.opens(u"Ada"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ben.sees(u"good morning ben"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.sees(u"good morning ben, Read"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.writes(u"good morning ada"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.sees(u"good morning ada"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.sees(u"good morning ada, Read"_s), qPrintable(m_ben.report()));
    }

    void b_oneReactsByKeys_theOtherSeesIt()
    {
        const auto opensTheMenu = [this] {
            m_ben.press(u"Up"_s);
            m_ben.press(u"shift+F10"_s);
            return m_ben.sees(u"React…"_s);
        };
        m_ben.press(u"shift+F6"_s);
        QVERIFY2(opensTheMenu(), qPrintable(m_ben.report()));
        m_ben.press(u"Down"_s);
        m_ben.press(u"Return"_s);
        QVERIFY2(m_ben.isOn(u"Search emoji"_s), qPrintable(m_ben.report()));
        m_ben.type(u"red heart"_s);
        m_ben.press(u"Return"_s);
        QVERIFY2(m_ben.sees(u"Reactions: You: \u2764"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.sees(u"Reactions: Ben Okafor: \u2764"_s), qPrintable(m_ada.report()));
        // The keys are where they were.
        m_ben.press(u"Down"_s);
        QVERIFY2(opensTheMenu(), qPrintable(m_ben.report()));
        m_ben.press(u"Down"_s);
        m_ben.press(u"Down"_s);
        m_ben.press(u"Return"_s);
        QVERIFY2(m_ada.seesNoMore(u"Reactions: "_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.seesNoMore(u"Reactions: "_s), qPrintable(m_ben.report()));
    }

    void c_oneTypes_theOtherSeesIt()
    {
        m_ben.type(u"hmm"_s);
        QVERIFY2(m_ada.sees(u"typing"_s), qPrintable(m_ada.report()));
        m_ben.press(u"ctrl+a"_s);
        m_ben.press(u"BackSpace"_s);
        QVERIFY2(m_ada.seesNoMore(u"typing"_s), qPrintable(m_ada.report()));
    }

    // Each time the server is asked, and asked no more when the next query comes.
    void d_theSwitcher_isUsedAgainAndAgain()
    {
        for (int i = 0; i < 8; ++i)
            QVERIFY2(i % 2 == 0 ? m_ada.opens(u"chlo"_s, u"Chloé"_s) : m_ada.opens(u"Ben"_s),
                     qPrintable(m_ada.report()));
    }

    // One layout alone, and no key that makes a K or an F.
    void d_aCyrillicKeyboard_hasTheKeysAtTheirPlaces()
    {
        const auto k = u"ctrl+45"_s, f = u"ctrl+41"_s;
        m_ada.setKeyboard(u"ru"_s);
        m_ada.press(k);
        QVERIFY2(m_ada.isOn(u"Go to a conversation"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.isOn(u"Message"_s), qPrintable(m_ada.report()));
        m_ada.press(f);
        QVERIFY2(m_ada.isOn(u"Filter conversations"_s), qPrintable(m_ada.report()));
        m_ada.setKeyboard(u"us"_s);
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
    }

    void e_offline_bothWrite_andOnline()
    {
        m_adasNetwork->cut();
        QVERIFY2(m_ada.writes(u"written offline"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"1 message waits to be sent"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.writes(u"written meanwhile"_s), qPrintable(m_ben.report()));
        QCOMPARE(countAtBen(u"written offline"_s), 0);
        m_adasNetwork->mend();
        QVERIFY2(m_ben.sees(u"written offline"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.sees(u"written meanwhile"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.seesNoMore(u"waits to be sent"_s), qPrintable(m_ada.report()));
        QCOMPARE(countAtBen(u"written offline"_s), 1);
        QCOMPARE(countAtBen(u"written meanwhile"_s), 1);
        QVERIFY2(m_ben.sees(u"written meanwhile. Read"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.isTitled(u"Tertulia"_s), qPrintable(m_ada.report()));
    }

    void f_serverRestarts_inMidConversation()
    {
        QVERIFY(m_server.terminate());
        QVERIFY2(m_ada.writes(u"written without a server"_s), qPrintable(m_ada.report()));
        QVERIFY2(startServer(), qPrintable(m_server.why()));
        QVERIFY2(m_ben.sees(u"written without a server"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.isTitled(u"Tertulia"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.seesNoMore(u"1 unread message"_s), qPrintable(m_ada.report()));
        QCOMPARE(countAtBen(u"written without a server"_s), 1);
    }

    void g_killedWithUnsentMessages_sendsThemAfterTheNextStart()
    {
        m_server.kill();
        QVERIFY2(m_ada.writes(u"kept over a kill"_s), qPrintable(m_ada.report()));
        m_ada.kill();
        QVERIFY2(startServer(), qPrintable(m_server.why()));
        QCOMPARE(countAtBen(u"kept over a kill"_s), 0);
        // Nobody signs in: the session is in the key store.
        QVERIFY(m_ada.start(m_adasNetwork->url()));
        QVERIFY2(m_ben.sees(u"kept over a kill"_s), qPrintable(m_ben.report() + m_ada.report()));
        QCOMPARE(countAtBen(u"kept over a kill"_s), 1);
        QVERIFY2(m_ada.sees(u"kept over a kill, Read"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.isTitled(u"Tertulia"_s), qPrintable(m_ada.report()));
    }

    void h_secondAccount_sideBySide()
    {
        QVERIFY2(m_ada.addsAccount(m_server.url(), u"chloe"_s, password), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Accounts and settings of Chlo"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.isTitled(u"(2) Tertulia"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.writes(u"are you there?"_s), qPrintable(m_ben.report()));
        // Unread in the account that is not looked at counts in the window's title, and is told.
        QVERIFY2(m_ada.isTitled(u"(3) Tertulia"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.isNotified(u"are you there?"_s), qPrintable(m_ada.report()));
        m_ada.press(u"ctrl+shift+a"_s);
        QVERIFY2(m_ada.sees(u"Accounts and settings of Ada"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ben.sees(u"are you there?, Read"_s), qPrintable(m_ben.report()));
        QVERIFY2(m_ada.isTitled(u"(2) Tertulia"_s), qPrintable(m_ada.report()));
    }

    void i_aSecondStart_handsOverToTheFirst()
    {
        QCOMPARE(m_ada.startsAgain(), 0);
        QVERIFY(m_ada.isRunning());
    }

    void j_manyUnread_openAtTheFirst_andOnlyWhatIsSeenIsRead()
    {
        const QString last = chloeWrites(120);
        QVERIFY(!last.isEmpty());
        QVERIFY2(m_ada.isTitled(u"(122) Tertulia"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.opens(u"Chlo"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Unread messages"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Go to the next of"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Go to the latest"_s), qPrintable(m_ada.report()));

        // What is written appears, though the end is far away; what was passed over is not read for it.
        m_ada.type(u"written far above the end"_s);
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.sees(u"written far above the end. "_s), qPrintable(m_ada.report())); // the bubble, not the list
        QVERIFY2(m_ada.seesNoMore(u"Go to the latest"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Go to the next of"_s), qPrintable(m_ada.report()));

        // Read on another device.
        RestClient phone(m_server.url());
        QVERIFY(!phone.signIn(u"ada"_s, password).isEmpty());
        QVERIFY(phone.post(u"/api/Chat/messages/%1/read"_s.arg(last)).isOk());
        QVERIFY2(m_ada.seesNoMore(u"Go to the next of"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.isTitled(u"(3) Tertulia"_s), qPrintable(m_ada.report())); // what Chloe's account has
    }

    void k_openAndSeen_hasNoBadge()
    {
        QVERIFY(!chloeWrites(1).isEmpty());
        QVERIFY2(m_ada.sees(u"news number 1"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.isTitled(u"(3) Tertulia"_s), qPrintable(m_ada.report()));
    }

    void l_quitByKeys()
    {
        m_ada.press(u"ctrl+q"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_ada.isRunning(), 10'000);
        QCOMPARE(m_ada.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
