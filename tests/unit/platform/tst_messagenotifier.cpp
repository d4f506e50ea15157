// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/messagenotifier.h"
#include "support/testmain.h"

#include "client/cache/localstore.h"
#include "client/clientparts.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "platform/notificationdaemon.h"
#include "support/messages.h"
#include "support/privatedesktop.h"
#include "unit/platform/fakenotificationdaemon.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

/// One account with two conversations, offline, and a daemon that can do everything.
class TestMessageNotifier : public QObject
{
    Q_OBJECT

private:
    static Client::HubOptions nowhere()
    {
        Client::HubOptions options;
        options.url = QUrl(u"http://127.0.0.1:1/hubs/chat"_s);
        return options;
    }
    struct Stage
    {
        explicit Stage(Test::PrivateDesktop &desktop, int number)
            : bus(desktop.connection(u"daemon%1"_s.arg(number)))
            , shownOn(bus, Test::everything)
            , daemon(desktop.connection(u"client%1"_s.arg(number)))
            , notifier(daemon)
        {
            store->conversations().save(
                Test::conversationOf(withBen, {ada, ben}, Test::messageFrom(ben, withBen, 1), 1));
            store->conversations().save(
                Test::conversationOf(withChloe, {ada, chloe}, Test::messageFrom(chloe, withChloe, 1), 1));
            conversations = std::make_unique<Client::ConversationClient>(
                Client::ClientParts{*store, directory, api, hub, clock, ada});
            notifier.watch(u"one"_s, conversations.get());
        }
        void receive(const UserCard &sender, const ConversationId &where, Sequence sequence, const QString &text)
        {
            directory.hear(sender);
            Q_EMIT conversations->messageReceived(Test::messageFrom(sender, where, sequence, text));
        }
        [[nodiscard]] QString lastBody() const
        {
            return shownOn.shown.isEmpty() ? QString() : shownOn.shown.last().body;
        }

        UserCard ada = Test::person(u"ada"_s), ben = Test::person(u"ben"_s), chloe = Test::person(u"chloe"_s);
        ConversationId withBen = Test::conversationNamed(u"ben"_s), withChloe = Test::conversationNamed(u"chloe"_s);
        SystemClock clock;
        std::unique_ptr<Client::LocalStore> store = Client::LocalStore::inMemory();
        Client::Directory directory{*store};
        Client::ApiClient api{QUrl(u"http://127.0.0.1:1"_s)};
        Client::HubConnection hub{nowhere()};
        std::unique_ptr<Client::ConversationClient> conversations;
        QDBusConnection bus;
        Test::FakeNotificationDaemon shownOn;
        NotificationDaemon daemon;
        MessageNotifier notifier;
    };

    Test::PrivateDesktop m_desktop;
    std::unique_ptr<Stage> m_stage;
    int m_count = 0;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_desktop.startBus(), qPrintable(m_desktop.why())); }
    void init()
    {
        m_stage = std::make_unique<Stage>(m_desktop, ++m_count);
        QTRY_VERIFY(m_stage->daemon.isAvailable());
    }
    void cleanup() { m_stage.reset(); }

    void key_namesAccountAndConversation()
    {
        const ConversationPlace place{u"one"_s, m_stage->withBen};
        QCOMPARE(ConversationPlace::fromKey(place.key()), place);
        QVERIFY(ConversationPlace::fromKey(u"nonsense"_s).conversation.isNull());
    }

    void messages_gatherInOneNotificationAConversation()
    {
        Stage &s = *m_stage;
        s.receive(s.ben, s.withBen, 2, u"one"_s);
        QTRY_COMPARE(s.lastBody(), u"one"_s);
        QCOMPARE(s.shownOn.shown.last().title, u"Ms ben"_s);
        s.receive(s.ben, s.withBen, 3, u"two"_s);
        QTRY_COMPARE(s.lastBody(), u"one\ntwo"_s);
        QCOMPARE(s.shownOn.shown.last().replaces, s.shownOn.shown.first().id);
        for (int i = 4; i < 9; ++i)
            s.receive(s.ben, s.withBen, i, QString::number(i));
        QTRY_COMPARE(s.lastBody(), u"5\n6\n7\n8"_s);
        s.receive(s.chloe, s.withChloe, 2, u"hello"_s);
        QTRY_COMPARE(s.lastBody(), u"hello"_s);
    }

    void title_isTheNameThatIsTrueNow()
    {
        Stage &s = *m_stage;
        UserCard renamed = s.ben;
        renamed.fullName = u"Benedict"_s;
        s.directory.hear(renamed);
        Q_EMIT s.conversations->messageReceived(Test::messageFrom(s.ben, s.withBen, 2, u"one"_s));
        QTRY_COMPARE(s.lastBody(), u"one"_s);
        QCOMPARE(s.shownOn.shown.last().title, u"Benedict"_s);
    }

    void lookedAt_isSilent_andClearsWhatWasShown()
    {
        Stage &s = *m_stage;
        s.receive(s.ben, s.withBen, 2, u"one"_s);
        QTRY_COMPARE(s.shownOn.shown.size(), 1);
        s.notifier.setLookedAt({u"one"_s, s.withBen});
        QTRY_COMPARE(s.shownOn.closed.size(), 1);
        s.receive(s.ben, s.withBen, 3, u"seen"_s);
        s.receive(s.chloe, s.withChloe, 2, u"not seen"_s);
        QTRY_COMPARE(s.lastBody(), u"not seen"_s);
        QCOMPARE(s.shownOn.shown.size(), 2);
        s.notifier.setLookedAt({});
        s.receive(s.ben, s.withBen, 4, u"away"_s);
        QTRY_COMPARE(s.lastBody(), u"away"_s);
    }

    void readElsewhere_takesItDown()
    {
        Stage &s = *m_stage;
        s.receive(s.ben, s.withBen, 2, u"one"_s);
        s.receive(s.ben, s.withBen, 3, u"two"_s);
        QTRY_COMPARE(s.lastBody(), u"one\ntwo"_s);
        Q_EMIT s.conversations->readThroughChanged(s.withBen, 2);
        Q_EMIT s.conversations->readThroughChanged(s.withChloe, 9);
        QCOMPARE(s.shownOn.closed.size(), 0);
        Q_EMIT s.conversations->readThroughChanged(s.withBen, 3);
        QTRY_COMPARE(s.shownOn.closed.size(), 1);
    }

    void wishes_areFollowed()
    {
        Stage &s = *m_stage;
        s.notifier.setWishes({true, false});
        s.receive(s.ben, s.withBen, 2, u"a secret"_s);
        QTRY_COMPARE(s.shownOn.shown.size(), 1);
        QVERIFY(!s.lastBody().contains(u"secret"_s));
        s.notifier.setWishes({false, true});
        QTRY_COMPARE(s.shownOn.closed.size(), 1);
        s.receive(s.ben, s.withBen, 3, u"unheard"_s);
        s.notifier.setWishes({true, true});
        s.receive(s.ben, s.withBen, 4, u"heard"_s);
        QTRY_COMPARE(s.lastBody(), u"heard"_s);
        QCOMPARE(s.shownOn.shown.size(), 2);
    }

    void actions_openMarkReadAndReply()
    {
        Stage &s = *m_stage;
        QSignalSpy opened(&s.notifier, &MessageNotifier::openRequested);
        QSignalSpy read(s.conversations.get(), &Client::ConversationClient::readThroughChanged);
        s.receive(s.ben, s.withBen, 2, u"one"_s);
        s.receive(s.ben, s.withBen, 3, u"two"_s);
        QTRY_COMPARE(s.shownOn.shown.size(), 2);
        const uint id = s.shownOn.shown[0].id;
        Q_EMIT s.shownOn.ActionInvoked(id, u"default"_s);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<ConversationPlace>(), (ConversationPlace{u"one"_s, s.withBen}));
        Q_EMIT s.shownOn.NotificationReplied(id, u"my answer"_s);
        QTRY_COMPARE(s.conversations->outbox().waitingCount(), 1);
        QTRY_COMPARE(s.shownOn.closed.size(), 1);
        QVERIFY(s.conversations->find(s.withBen)->readThrough() >= 1);
        QCOMPARE(opened.size(), 1);
    }

    void replyThatIsTooLong_becomesADraft()
    {
        Stage &s = *m_stage;
        QSignalSpy opened(&s.notifier, &MessageNotifier::openRequested);
        s.receive(s.ben, s.withBen, 2, u"one"_s);
        s.receive(s.ben, s.withBen, 3, u"two"_s);
        QTRY_COMPARE(s.shownOn.shown.size(), 2);
        const QString tooLong(100'000, u'x');
        Q_EMIT s.shownOn.NotificationReplied(s.shownOn.shown[0].id, tooLong);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(s.conversations->outbox().waitingCount(), 0);
        QVERIFY(s.conversations->find(s.withBen)->draft.startsWith(u"xxx"_s));
    }

    void accountThatGoes_takesItsNotificationsAlong()
    {
        Stage &s = *m_stage;
        s.receive(s.ben, s.withBen, 2, u"one"_s);
        s.receive(s.ben, s.withBen, 3, u"two"_s);
        QTRY_COMPARE(s.shownOn.shown.size(), 2);
        s.conversations.reset();
        QTRY_COMPARE(s.shownOn.closed.size(), 1);
        // a click that was on its way
        QSignalSpy opened(&s.notifier, &MessageNotifier::openRequested);
        Q_EMIT s.daemon.activated(ConversationPlace{u"one"_s, s.withBen}.key(), {});
        Q_EMIT s.daemon.replied(ConversationPlace{u"one"_s, s.withBen}.key(), u"late"_s);
        QCOMPARE(opened.size(), 0);
    }
};

TERTULIA_TEST(tst_messagenotifier, TestMessageNotifier)
#include "tst_messagenotifier.moc"
