// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/localstore.h"
#include "client/cache/migrations.h"
#include "client/limits.h"
#include "support/brokenpages.h"
#include "support/fulldisk.h"
#include "support/messages.h"
#include "support/pending.h"
#include "support/storewatch.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);

std::vector<Message> messagesUpTo(Sequence last)
{
    std::vector<Message> messages;
    for (Sequence sequence = 1; sequence <= last; ++sequence)
        messages.push_back(messageFrom(sequence % 2 ? ana : bo, talk, sequence, u"Text %1"_s.arg(sequence)));
    return messages;
}

/// Messages are kept of conversations that are there.
void makeTalk(LocalStore &store, const ConversationId &id = talk)
{
    store.conversations().save(conversationOf(id, {ana, bo}, messageFrom(bo, id, 1)));
}

/// Overwrites the root page of a table.
bool breakTable(const QString &path, const char *table)
{
    qint64 page = 0;
    {
        const auto database = std::move(*CacheDatabase::open(path, 100));
        Rows rows(*database, "SELECT rootpage FROM sqlite_schema WHERE name = ?", QString::fromLatin1(table));
        page = rows.next() ? rows.integer(0) : 0;
    }
    QFile file(path);
    return page > 1 && file.open(QIODevice::ReadWrite) && file.seek((page - 1) * 4'096)
        && file.write(QByteArray(4'096, '\xa7')) == 4'096;
}

std::vector<Sequence> sequencesOf(const std::vector<Message> &messages)
{
    std::vector<Sequence> list;
    for (const Message &message : messages)
        list.push_back(message.sequence);
    return list;
}

} // namespace

class TestLocalStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = LocalStore::inMemory();
        makeTalk(*m_store);
    }

    void message_comesBackAsItWas()
    {
        Message full = messageFrom(ana, talk, 7, u"Zażółć \U0001F600 عربى"_s);
        full.clientMessageId = u"c-1"_s;
        full.recipientId = bo.id;
        full.deliveredAt = testTime + std::chrono::minutes(1);
        full.readAt = testTime + std::chrono::minutes(2);
        full.editedAt = testTime + std::chrono::minutes(3);
        full.isEdited = true;
        full.revision = 12;
        full.media = MediaInfo{.url = u"/m/1.webp"_s,
                               .thumbnail = {},
                               .size = 12,
                               .mimeType = u"image/webp"_s,
                               .fileName = u"a.webp"_s,
                               .width = 3,
                               .height = 4,
                               .durationSeconds = {}};
        full.replyToMessageId = MessageId::generate();
        full.reactions = {{bo.id, u"+"_s, testTime}};
        m_store->messages().save(full);
        QCOMPARE(m_store->messages().find(full.id), std::optional(withoutName(full)));
        QCOMPARE(m_store->messages().at(talk, 7), std::optional(withoutName(full)));

        Message plain = messageFrom(bo, talk, 8);
        plain.recipientId = ana.id;
        m_store->messages().save(plain);
        QCOMPARE(m_store->messages().find(plain.id), std::optional(withoutName(plain)));
    }
    void pages_goBothWays()
    {
        m_store->messages().save(messagesUpTo(100));
        QCOMPARE(sequencesOf(m_store->messages().before(talk, 101, 3)), (std::vector<Sequence>{100, 99, 98}));
        QCOMPARE(sequencesOf(m_store->messages().before(talk, 3, 10)), (std::vector<Sequence>{2, 1}));
        QCOMPARE(sequencesOf(m_store->messages().after(talk, 50, 2)), (std::vector<Sequence>{51, 52}));
        QCOMPARE(m_store->messages().last(talk), 100);
        QCOMPARE(m_store->messages().last(conversationNamed(u"other"_s)), 0);
        QVERIFY(m_store->messages().before(conversationNamed(u"other"_s), 10, 10).empty());
    }
    void savingAgain_changesNothing_andNeverGoesBack()
    {
        Message read = messageFrom(ana, talk, 1);
        read.readAt = testTime;
        m_store->messages().save(read);
        Message stale = messageFrom(ana, talk, 1);
        m_store->messages().save(stale);
        QCOMPARE(m_store->messages().at(talk, 1), std::optional(withoutName(read)));

        Message edited = read;
        edited.revision = 7;
        edited.content = u"Better."_s;
        m_store->messages().save(edited);
        QCOMPARE(m_store->messages().save(read).content, u"Better."_s);
        QCOMPARE(m_store->messages().at(talk, 1), std::optional(withoutName(edited)));
        QCOMPARE(m_store->messages().count(), 1);
    }
    void equalIdsOrSequences_leaveOneMessage()
    {
        const Message first = messageFrom(ana, talk, 1);
        Message elsewhere = first;
        elsewhere.sequence = 5;
        m_store->messages().save({first, elsewhere});
        QCOMPARE(m_store->messages().count(), 1);
        QCOMPARE(m_store->messages().find(first.id)->sequence, 5);
        Message other = messageFrom(bo, talk, 5, u"Another."_s);
        other.id = MessageId::generate();
        m_store->messages().save(other);
        QCOMPARE(m_store->messages().count(), 1);
        QCOMPARE(m_store->messages().at(talk, 5)->content, u"Another."_s);
    }
    void statusThatCameWithAMessage_isNotKept()
    {
        Message read = messageFrom(ana, talk, 1);
        read.status = MessageStatus::Read;
        QCOMPARE(m_store->messages().save(read).status, MessageStatus::Sent);
        QCOMPARE(m_store->messages().at(talk, 1)->status, MessageStatus::Sent);
    }
    void hidden_goes_andIsNotTakenInAgain()
    {
        m_store->messages().save(messagesUpTo(5));
        Conversation hidden = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 5));
        hidden.hiddenThrough = 3;
        m_store->conversations().save(hidden);
        QCOMPARE(sequencesOf(m_store->messages().before(talk, 10, 10)), (std::vector<Sequence>{5, 4}));
        QCOMPARE(sequencesOf(m_store->messages().save(messagesUpTo(5))), (std::vector<Sequence>{4, 5}));
        QCOMPARE(m_store->messages().save(messageFrom(bo, talk, 3)).sequence, 3); // as it came
        hidden.hiddenThrough = 0; // an older account
        m_store->conversations().save(hidden);
        QCOMPARE(m_store->conversations().find(talk)->hiddenThrough(), 3);
        QVERIFY(m_store->messages().isHidden(messageFrom(bo, talk, 3)));
        QCOMPARE(m_store->messages().count(), 2);
        m_store->conversations().forgetMarks();
        m_store->messages().save(messagesUpTo(5));
        QCOMPARE(m_store->messages().count(), 5);
    }
    void incoming_areCountedAboveTheMark()
    {
        m_store->messages().save(messagesUpTo(10)); // bo's are even
        QCOMPARE(m_store->messages().countIncoming(talk, ana.id, 0, 10, 100), 5);
        QCOMPARE(m_store->messages().countIncoming(talk, ana.id, 6, 10, 100), 2);
        QCOMPARE(m_store->messages().countIncoming(talk, ana.id, 0, 10, 3), 3);
        QCOMPARE(m_store->messages().newestIncoming(talk, ana.id, 4, 3), 6);
        QCOMPARE(m_store->messages().newestIncoming(talk, ana.id, 4, 4), 0);
    }
    void marks_onlyGoForward_untilTheyAreForgotten()
    {
        ConversationCache &conversations = m_store->conversations();
        const auto marks = [&] {
            const auto entry = conversations.find(talk);
            return QList<Sequence>{entry->readThrough(), entry->others().delivered, entry->others().read};
        };
        conversations.raiseMarks(talk, 3, {.delivered = 5, .read = 4});
        conversations.raiseMarks(talk, 2, {.delivered = 6, .read = 0});
        QCOMPARE(marks(), (QList<Sequence>{3, 6, 4}));
        QVERIFY(conversations.unsentReadMarks().empty()); // from the server itself
        makeTalk(*m_store);
        QCOMPARE(marks(), (QList<Sequence>{3, 6, 4}));
        conversations.setReadThrough(talk, 9, messageFrom(bo, talk, 9).id);
        conversations.forgetMarks();
        QCOMPARE(marks(), (QList<Sequence>{0, 0, 0}));
        conversations.setReadMarkSent(talk, 9); // told before, answered after it
        QCOMPARE(marks(), (QList<Sequence>{0, 0, 0}));
        QVERIFY(conversations.unsentReadMarks().empty());
    }

    void conversation_comesBackAsItWas()
    {
        Conversation one = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 3, u"Last"_s), 2);
        one.participants[1].role = MemberRole::Admin;
        one.participants[1].lastSeenAt = testTime;
        one.isMuted = true;
        one.mutedUntil = testTime + std::chrono::hours(1);
        one.name = u"Name"_s;
        one.revision = 3;
        m_store->conversations().save(one);
        Conversation empty;
        empty.id = conversationNamed(u"empty"_s);
        empty.type = ConversationType::Group;
        empty.isArchived = true;
        m_store->conversations().save(empty);
        const auto all = m_store->conversations().all();
        QCOMPARE(all.size(), size_t(2));
        QCOMPARE(all[0].conversation, withoutNames(one));
        QCOMPARE(all[1].conversation, empty);
        QCOMPARE(m_store->conversations().find(talk)->conversation, withoutNames(one));
        QCOMPARE(all[0].other(ana.id)->id, bo.id);
    }
    void whatIsOnlyHere_survivesWhatTheServerSays()
    {
        const Conversation one = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 3));
        m_store->conversations().save(one);
        m_store->conversations().setDraft(talk, u"I wanted"_s, 3);
        m_store->conversations().setReadThrough(talk, 3, messageFrom(bo, talk, 3).id);
        m_store->conversations().setReadThrough(talk, 2, messageFrom(bo, talk, 2).id);
        m_store->conversations().setViewPosition(talk, {2, 17.5});
        m_store->conversations().setHistoryStart(talk, 1);
        m_store->conversations().save(one);
        const auto entry = m_store->conversations().find(talk);
        QCOMPARE(entry->draft, u"I wanted"_s);
        QCOMPARE(m_store->conversations().draftCursor(talk), std::optional(3));
        m_store->conversations().setDraft(talk, {}, 0);
        QCOMPARE(m_store->conversations().draftCursor(talk), std::nullopt);
        QCOMPARE(entry->readThrough(), 3);
        QCOMPARE(m_store->conversations().viewPosition(talk), (ViewPosition{2, 17.5}));
        QCOMPARE(m_store->conversations().historyStart(talk), 1);
        QCOMPARE(m_store->conversations().unsentReadMarks().size(), size_t(1));
        QCOMPARE(m_store->conversations().unsentReadMarks().front().message, messageFrom(bo, talk, 3).id);
        m_store->conversations().setReadMarkSent(talk, 3);
        QVERIFY(m_store->conversations().unsentReadMarks().empty());
    }
    void removed_takesItsMessagesAlong()
    {
        m_store->conversations().save(conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 3)));
        m_store->messages().save(messagesUpTo(3));
        m_store->conversations().remove(talk);
        QVERIFY(m_store->conversations().all().empty());
        QCOMPARE(m_store->messages().last(talk), 0);
        makeTalk(*m_store); // it comes back, empty but for what is new
        m_store->messages().save(messagesUpTo(1));
        QCOMPARE(m_store->messages().last(talk), 1);
        while (m_store->trim(2)) { }
        QCOMPARE(m_store->messages().count(), 1);
    }

    void whatIsNotKnown_getsNoRow()
    {
        StoreWatch watch;
        const auto store = watch.open();
        makeTalk(*store);
        store->conversations().remove(talk);
        while (store->trim()) { }
        store->messages().save(messagesUpTo(3)); // a page that was under way
        ConversationCache &conversations = store->conversations();
        conversations.setDraft(talk, u"Typed meanwhile"_s, 1);
        conversations.setReadThrough(talk, 3, messageFrom(bo, talk, 3).id);
        conversations.setReadMarkSent(talk, 3);
        conversations.setViewPosition(talk, {2, 1});
        conversations.setHistoryStart(talk, 1);
        conversations.touch(talk, testTime);
        QCOMPARE(watch.number("SELECT count(*) FROM conversations"), 0);
        QCOMPARE(watch.number("SELECT count(*) FROM messages"), 0);
        QVERIFY(conversations.unsentReadMarks().empty());
    }
    void fullOfPeople_takesNoneButLetsThemChange()
    {
        UserCard first = person(u"first"_s);
        {
            const SqliteTransaction together = m_store->transaction();
            QVERIFY(m_store->people().save(first));
            for (size_t i = 1; i < Limits::people; ++i)
                QVERIFY(m_store->people().save({UserId::generate(), u"N"_s, u"n"_s, {}}));
        }
        const UserCard late = person(u"late"_s);
        QVERIFY(!m_store->people().save(late));
        QVERIFY(!m_store->people().find(late.id));
        first.fullName = u"Renamed"_s;
        QVERIFY(m_store->people().save(first));
        QCOMPARE(m_store->people().find(first.id), first);
        QCOMPARE(m_store->people().all().size(), Limits::people);
    }

    void outbox_keepsOrderAndFailures()
    {
        Command one = pendingIn(talk, u"c-1"_s);
        Command two = pendingIn(talk, u"c-2"_s);
        one.position = *m_store->outbox().insert(one);
        two.position = *m_store->outbox().insert(two);
        QVERIFY(!m_store->outbox().insert(one)); // the same id
        two.state = Command::State::Failed;
        two.failure = Error::forbidden(u"no"_s, u"BLOCKED"_s);
        two.attempts = 1;
        m_store->outbox().update(two);
        QCOMPARE(m_store->outbox().all(), (std::vector<Command>{one, two}));
        m_store->outbox().remove(u"c-1"_s);
        QCOMPARE(m_store->outbox().all().size(), size_t(1));
    }

    void file_keepsEverythingAndBelongsToItsOwner()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"cache.sqlite"_s);
        {
            const auto store = std::move(*LocalStore::open(path));
            makeTalk(*store);
            store->messages().save(messagesUpTo(3));
            store->setValue(u"cursor"_s, u"c-7"_s);
        }
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup), 0);
        const auto store = std::move(*LocalStore::open(path));
        QCOMPARE(store->messages().last(talk), 3);
        QCOMPARE(store->value(u"cursor"_s), u"c-7"_s);
        QCOMPARE(store->value(u"other"_s), QString());
    }
    void damagedFile_isPutAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no database") << QByteArray("This is no database, though it is long enough to be read as one.");
        QTest::newRow("empty") << QByteArray();
    }
    void damagedFile_isPutAside()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"cache.sqlite"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto store = LocalStore::open(path);
        QVERIFY(store);
        makeTalk(**store);
        (*store)->messages().save(messagesUpTo(1));
        QCOMPARE((*store)->messages().last(talk), 1);
        QCOMPARE(QFile::exists(path + u".broken"_s), !content.isEmpty());
    }
    void damageInTheMiddle_isMendedWhileInUse()
    {
        StoreWatch watch;
        const Command waits = pendingIn(talk, u"waits"_s);
        {
            const auto store = watch.open();
            makeTalk(*store);
            store->conversations().setDraft(talk, u"Half a sen"_s, 10);
            store->conversations().setReadThrough(talk, 1, messageFrom(bo, talk, 1).id);
            std::ignore = store->outbox().insert(waits);
            for (int i = 0; i < 100; ++i) // so that there is a middle
                store->messages().save(messageFrom(bo, talk, i + 1, QString(1'000, u'x')));
        }
        watch.close();
        // The messages' pages only: what is written before them can be read.
        QVERIFY(breakTable(watch.path(), "messages"));
        const auto store = std::move(*LocalStore::open(watch.path()));
        QCOMPARE(store->trouble(), StoreTrouble::None); // nobody has looked
        int told = 0;
        store->setTroubleHandler([&told] { ++told; });
        std::ignore = store->messages().before(talk, 100, 50);
        QCOMPARE(store->trouble(), StoreTrouble::Damaged);
        QCOMPARE(told, 1);
        QCOMPARE(store->mend(), LocalStore::Mended::BegunAnew);
        QCOMPARE(store->trouble(), StoreTrouble::None);
        QVERIFY(QFile::exists(watch.path() + u".broken"_s));
        QCOMPARE(store->outbox().all().size(), size_t(1));
        QCOMPARE(store->outbox().all().front().content, waits.content);
        QVERIFY(store->conversations().all().empty()); // the server says what there is
        const auto kept = store->conversations().find(talk);
        QVERIFY(kept);
        QCOMPARE(kept->draft, u"Half a sen"_s);
        QCOMPARE(kept->readThrough(), 1);
        QCOMPARE(store->conversations().unsentReadMarks().front().message, messageFrom(bo, talk, 1).id);
        makeTalk(*store);
        store->messages().save(messagesUpTo(3));
        QCOMPARE(store->messages().last(talk), 3);
        QCOMPARE(store->conversations().all().size(), size_t(1));
    }
    void damageFromTheThirdPageOn_givesAStoreAllTheSame()
    {
        StoreWatch watch;
        {
            const auto store = watch.open();
            makeTalk(*store);
            store->messages().save(messagesUpTo(50));
        }
        watch.close();
        QVERIFY(breakPages(watch.path()));
        const auto store = std::move(*LocalStore::open(watch.path()));
        std::ignore = store->conversations().all();
        makeTalk(*store);
        for (int i = 0; i < 10 && store->trouble() != StoreTrouble::None; ++i)
            QCOMPARE(store->mend(), LocalStore::Mended::BegunAnew);
        makeTalk(*store);
        store->messages().save(messagesUpTo(3));
        QCOMPARE(store->messages().last(talk), 3);
        QCOMPARE(store->trouble(), StoreTrouble::None);
    }
    void fullDisk_putsNothingAside_andIsOverWhenThereIsRoom()
    {
        const FullDisk disk;
        StoreWatch watch;
        const auto store = watch.open();
        watch.close();
        makeTalk(*store);
        store->messages().save(messagesUpTo(2));
        FullDisk::setFull(true);
        {
            // What the disk does not take in whole stays out in whole: a cursor never gets ahead of what it counts.
            const SqliteTransaction together = store->transaction();
            makeTalk(*store, conversationNamed(u"new"_s));
            for (Sequence sequence = 3; sequence <= 60; ++sequence)
                store->messages().save(messageFrom(bo, talk, sequence, QString(100'000, u'x')));
            store->setValue(u"sync-cursor"_s, u"c-9"_s);
        }
        QCOMPARE(store->trouble(), StoreTrouble::Full);
        QCOMPARE(store->mend(), LocalStore::Mended::Nothing);
        QCOMPARE(store->value(u"sync-cursor"_s), QString());
        QCOMPARE(store->messages().last(talk), 2);
        QCOMPARE(store->conversations().numberOf(conversationNamed(u"new"_s)), 0); // nothing is remembered of it
        FullDisk::setFull(false);
        QCOMPARE(store->mend(), LocalStore::Mended::Continued);
        QCOMPARE(store->trouble(), StoreTrouble::None);
        const ConversationId other = conversationNamed(u"other"_s);
        makeTalk(*store, other);
        store->messages().save(messageFrom(bo, other, 1));
        QCOMPARE(store->messages().last(other), 1);
        QVERIFY(!QFile::exists(watch.path() + u".broken"_s));
    }
    void placeThatCannotBeWritten_isMemory_untilItCan()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"later/cache.sqlite"_s);
        const auto store = LocalStore::openOrWithout(path);
        QCOMPARE(store->trouble(), StoreTrouble::Unwritable);
        makeTalk(*store);
        store->messages().save(messagesUpTo(2));
        QCOMPARE(store->messages().last(talk), 2);
        QCOMPARE(store->mend(), LocalStore::Mended::Nothing);
        QCOMPARE(store->messages().last(talk), 2);
        QVERIFY(QDir().mkpath(folder.filePath(u"later"_s)));
        QCOMPARE(store->mend(), LocalStore::Mended::Continued);
        QCOMPARE(store->trouble(), StoreTrouble::None);
        QVERIFY(QFile::exists(path));
    }
    void newerFile_isPutAside()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"cache.sqlite"_s);
        {
            auto database = std::move(*CacheDatabase::open(path, 100));
            QVERIFY(migrateStore(*database, ana.id));
            QVERIFY(database->run("PRAGMA user_version=9999"));
        }
        QVERIFY(LocalStore::open(path));
        QVERIFY(QFile::exists(path + u".broken"_s));
    }
    void folderThatIsNotThere_isUnavailable()
    {
        const auto store = LocalStore::open(u"/nonexistent/folder/cache.sqlite"_s);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::Unavailable);
    }

    void trimmed_losesTheOldestOfWhatWasOpenedLongestAgo()
    {
        m_store = LocalStore::inMemory({.maxMessages = 10, .cacheKiB = 100});
        const ConversationId other = conversationNamed(u"other"_s);
        makeTalk(*m_store);
        makeTalk(*m_store, other);
        m_store->messages().save(messagesUpTo(8));
        for (Sequence sequence = 1; sequence <= 8; ++sequence)
            m_store->messages().save(messageFrom(bo, other, sequence));
        m_store->conversations().touch(talk, testTime);
        m_store->conversations().touch(other, testTime + std::chrono::hours(1));
        while (m_store->trim(2)) { }
        QCOMPARE(m_store->messages().count(), 10);
        QCOMPARE(sequencesOf(m_store->messages().after(talk, 0, 10)), (std::vector<Sequence>{7, 8}));
        QCOMPARE(m_store->messages().after(other, 0, 10).size(), size_t(8));
        QVERIFY(!m_store->trim());
    }
    void trimming_endsWhereNothingCanBeDeleted()
    {
        StoreWatch watch;
        const auto store = watch.open({.maxMessages = 2, .cacheKiB = 100});
        makeTalk(*store);
        store->messages().save(messagesUpTo(8));
        QVERIFY(watch.run("CREATE TRIGGER stay BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'no'); END"));
        QVERIFY(!store->trim(2));
        store->conversations().remove(talk);
        QVERIFY(!store->trim(2));
        QVERIFY(watch.run("DROP TRIGGER stay"));
        QVERIFY(watch.run("CREATE TRIGGER stay BEFORE DELETE ON conversations BEGIN SELECT RAISE(ABORT, 'no'); END"));
        int rounds = 0;
        while (store->trim(3) && ++rounds < 100) { }
        QVERIFY(rounds < 100);
        QCOMPARE(store->messages().count(), 0);
    }
    // SQLite ends a transaction by itself where there is no room: what comes behind must not stay alone.
    void fullDisk_keepsNothingOfATransaction()
    {
        const auto database = std::move(*CacheDatabase::open(u":memory:"_s, 100));
        QVERIFY(migrateStore(*database, ana.id));
        QVERIFY(database->run("PRAGMA max_page_count=1")); // no page more than there are
        OutboxTable outbox(*database);
        Command large = pendingIn(talk, u"large"_s);
        large.content = QString(100'000, u'x');
        {
            const SqliteTransaction together(*database);
            QVERIFY(outbox.insert(pendingIn(talk, u"before"_s)));
            QVERIFY(!outbox.insert(large));
            QVERIFY(!outbox.insert(pendingIn(talk, u"behind"_s)));
        }
        QVERIFY(outbox.all().empty());
        QVERIFY(outbox.insert(pendingIn(talk, u"alone"_s)));
    }
    void fullDisk_losesWritesOnly()
    {
        const auto database = std::move(*CacheDatabase::open(u":memory:"_s, 100));
        QVERIFY(migrateStore(*database, ana.id));
        QVERIFY(database->run("PRAGMA max_page_count=1")); // no page more than there are
        OutboxTable outbox(*database);
        Command pending;
        pending.clientMessageId = u"c"_s;
        pending.content = QString(100'000, u'x');
        const auto kept = outbox.insert(pending);
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, ErrorCode::Unavailable);
        pending.content = u"short"_s;
        QVERIFY(outbox.insert(pending));
        QCOMPARE(outbox.all().size(), size_t(1));
    }

private:
    std::unique_ptr<LocalStore> m_store;
};

QTEST_GUILESS_MAIN(TestLocalStore)
#include "tst_localstore.moc"
