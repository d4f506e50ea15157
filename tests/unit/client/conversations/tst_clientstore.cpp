// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the conversation client writes into its store, and what becomes of it when the disk fails.
#include "chatscript.h"
#include "support/brokenpages.h"
#include "support/fulldisk.h"
#include "support/storewatch.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);

Conversation talkWith(Sequence last, int unread = 0)
{
    return conversationOf(talk, {ana, bo}, messageFrom(bo, talk, last), unread);
}

} // namespace

class TestClientStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_script = std::make_unique<ChatScript>(); }
    void cleanup()
    {
        if (m_script->mirror)
            QCOMPARE(m_script->mirror->faults(), QString());
        m_script.reset();
    }

    void scrolling_isWrittenOnce()
    {
        StoreWatch watch;
        m_script->store = watch.open();
        m_script->store->conversations().save(talkWith(9));
        QVERIFY(watch.run("CREATE TABLE log (x)"));
        QVERIFY(watch.run("CREATE TRIGGER seen AFTER UPDATE OF view_sequence ON conversations"
                          " BEGIN INSERT INTO log VALUES (1); END"));
        ConversationClient &client = makeClient();
        client.open(talk);
        for (int frame = 0; frame < 100; ++frame)
            client.setViewPosition(talk, {9, double(frame)});
        QCOMPARE(client.viewPosition(talk), (ViewPosition{9, 99}));
        QCOMPARE(watch.number("SELECT count(*) FROM log"), 0);
        client.close(talk);
        QCOMPARE(m_script->store->conversations().viewPosition(talk), (ViewPosition{9, 99}));
        QCOMPARE(watch.number("SELECT count(*) FROM log"), 1);
        client.setViewPosition(talk, {9, 99}); // as it is
        client.setViewPosition(talk, {7, 0});
        m_script->mirror.reset();
        m_script->client.reset(); // the end of the program
        QCOMPARE(m_script->store->conversations().viewPosition(talk), (ViewPosition{7, 0}));
        QCOMPARE(watch.number("SELECT count(*) FROM log"), 2);
    }

    void deleted_staysAway_howeverMuchIsDoneMeanwhile()
    {
        m_script->store->conversations().save(talkWith(5, 2));
        for (Sequence sequence = 1; sequence <= 5; ++sequence)
            m_script->store->messages().save(messageFrom(bo, talk, sequence));
        m_script->store->setValue(u"sync-cursor"_s, u"c-7"_s);
        m_script->answerSyncs();
        ConversationClient &client = makeClient();
        client.start();
        QVERIFY(m_script->connectHub());
        client.open(talk);
        // As the window does when it is told: what was read, written and where it was is kept once more.
        const auto keep = [&client] {
            client.markRead(talk, 5);
            client.setDraft(talk, u"Typed meanwhile"_s, 1);
            client.setViewPosition(talk, {3, 1});
        };
        connect(&client.list(), &ConversationList::aboutToBeRemoved, &client, keep);
        connect(&client.list(), &ConversationList::removed, &client, keep);
        m_script->inject(HubEvents::conversationDeleted, ConversationRef{talk, 1'000});
        QTRY_VERIFY(!client.find(talk));
        QVERIFY(m_script->drain());
        keep();
        m_script->mirror.reset();
        m_script->client.reset(); // a restart
        QVERIFY(m_script->store->conversations().unsentReadMarks().empty());
        QVERIFY(!makeClient().find(talk));
        QCOMPARE(m_script->store->conversations().viewPosition(talk), ViewPosition());
    }

    void damagedStore_isBegunAnew_andFilledFromMemoryAndServer()
    {
        StoreWatch watch;
        m_script->store = watch.open();
        m_script->store->conversations().save(talkWith(1));
        m_script->answerSyncs();
        ConversationClient &client = makeClient();
        watch.close();
        client.setDraft(talk, u"Half a sen"_s, 3);
        m_script->mirror.reset();
        m_script->client.reset();
        m_script->store.reset();
        QVERIFY(breakPages(watch.path()));
        m_script->store = std::move(*LocalStore::open(watch.path()));
        ConversationClient &again = makeClient();
        QCOMPARE(m_script->store->trouble(), StoreTrouble::Damaged);
        QVERIFY(again.outbox().enqueue(talk, u"Written meanwhile"_s));
        m_script->server.always("GET", QString(Routes::conversations), listOf({talkWith(2)}));
        m_script->server.always("POST", QString(Routes::messages), ScriptedAnswer::error(503, "UNAVAILABLE"));
        again.start();
        QCOMPARE(m_script->store->mend(), LocalStore::Mended::BegunAnew);
        again.keepAll();
        QTRY_VERIFY(again.find(talk));
        QVERIFY(again.find(talk)->pending); // what waits for it is shown with it
        QCOMPARE(m_script->store->outbox().all().size(), size_t(1));
        QTRY_COMPARE(m_script->store->value(u"sync-cursor"_s), u"c-1"_s);
        QCOMPARE(m_script->store->conversations().all().size(), size_t(1));
        QCOMPARE(m_script->store->trouble(), StoreTrouble::None);
    }

    void fullDisk_sendsFromMemory_andKeepsItWhenThereIsRoom()
    {
        const FullDisk disk;
        StoreWatch watch;
        m_script->store = watch.open();
        watch.close();
        m_script->store->conversations().save(talkWith(1));
        ConversationClient &client = makeClient();
        FullDisk::setFull(true);
        QVERIFY(client.send(talk, u"One"_s));
        QVERIFY(client.send(talk, u"Two"_s));
        client.setDraft(talk, u"Half a sen"_s, 3);
        QCOMPARE(m_script->store->trouble(), StoreTrouble::Full);
        QVERIFY(m_script->store->outbox().all().empty());
        FullDisk::setFull(false);
        QVERIFY(client.send(talk, u"Three"_s)); // this one finds room
        QCOMPARE(m_script->store->mend(), LocalStore::Mended::Continued);
        client.keepAll();
        QStringList kept;
        for (const Command &pending : m_script->store->outbox().all())
            kept.append(pending.content);
        QCOMPARE(kept, (QStringList{u"One"_s, u"Two"_s, u"Three"_s}));
        QCOMPARE(m_script->store->conversations().find(talk)->draft, u"Half a sen"_s);
    }

    void whatIsThrownAwayOnAFullDisk_staysAway()
    {
        const FullDisk disk;
        StoreWatch watch;
        m_script->store = watch.open();
        watch.close();
        m_script->store->conversations().save(talkWith(1));
        ConversationClient &client = makeClient();
        QVERIFY(client.send(talk, u"One"_s));
        QVERIFY(client.send(talk, u"Two"_s));
        FullDisk::setFull(true);
        client.outbox().removeAll(talk);
        QCOMPARE(m_script->store->outbox().all().size(), size_t(2)); // for now
        FullDisk::setFull(false);
        QCOMPARE(m_script->store->mend(), LocalStore::Mended::Continued);
        client.keepAll();
        QVERIFY(m_script->store->outbox().all().empty());
        QVERIFY(client.outbox().pendingOf(talk).empty());
    }

    // The cursor stays behind what could not be written, whatever else finds room.
    void cursor_doesNotPassWhatAFullDiskLost()
    {
        const FullDisk disk;
        StoreWatch watch;
        m_script->store = watch.open();
        watch.close();
        m_script->store->conversations().save(talkWith(1));
        m_script->store->setValue(u"sync-cursor"_s, u"c-0"_s);
        m_script->answerSyncs();
        ConversationClient &client = makeClient();
        FullDisk::setFull(true);
        client.setDraft(talk, u"Lost"_s, 0);
        QCOMPARE(m_script->store->trouble(), StoreTrouble::Full);
        FullDisk::setFull(false);
        client.start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(!client.isSyncing());
        QCOMPARE(m_script->store->value(u"sync-cursor"_s), u"c-0"_s);
        QCOMPARE(m_script->store->mend(), LocalStore::Mended::Continued);
        client.keepAll();
        QTRY_COMPARE(m_script->store->value(u"sync-cursor"_s), u"c-1"_s);
    }

private:
    ConversationClient &makeClient()
    {
        m_script->makeClient();
        return *m_script->client;
    }

    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_clientstore, TestClientStore)
#include "tst_clientstore.moc"
