// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two connections read the same rows, and then both write: what is counted is counted by the statement, from the row as
// it is then. Whoever writes what was computed from the row as it was read loses the other's part, and fails here.

#include "store/messagestore.h"
#include "support/testdatabase.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class CountersTest : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    std::unique_ptr<TestDatabase> m_file;
    std::unique_ptr<Database> m_other;
    UserId m_ada, m_ben;
    ConversationId m_talk;

    /// One connection, and what it has read.
    struct Side
    {
        Database &database;
        ConversationRow conversation;
    };
    Side sideOne() { return {m_file->database(), read(m_file->database())}; }
    Side sideTwo() { return {*m_other, read(*m_other)}; }

    [[nodiscard]] ConversationRow read(Database &database) const
    {
        ReadTransaction tx(database, 0);
        return ConversationStore::find(tx, m_talk).value_or(ConversationRow());
    }
    template <class Work> auto write(Database &database, Work work)
    {
        if (!database.beginWrite())
            qFatal("no transaction");
        Transaction unit(database, 0);
        auto answer = work(unit);
        if (!unit.endUnit(true) || !database.commit())
            qFatal("not kept");
        return answer;
    }
    /// Sends from a side, on what it has read; gives the message as it was stored.
    Message send(Side &side, UserId sender)
    {
        Message message;
        message.id = MessageId::generate();
        message.senderId = sender;
        message.content = u"hello"_s;
        message.createdAt = m_clock.now();
        write(side.database, [&](Transaction &tx) {
            const bool isIn = MessageStore::append(tx, side.conversation, message, tx.nextChange());
            ConversationStore::countOwn(tx, *side.conversation.member(sender), message.sequence);
            return isIn;
        });
        return message;
    }
    [[nodiscard]] MemberRow memberNow(UserId user) { return *read(*m_other).member(user); }
    [[nodiscard]] qint64 listedCount(UserId user)
    {
        ReadTransaction tx(*m_other, 0);
        return ConversationStore::listedCount(tx, user);
    }

private Q_SLOTS:
    void init()
    {
        m_file = std::make_unique<TestDatabase>(m_clock);
        m_ada = m_file->addUser(u"ada"_s);
        m_ben = m_file->addUser(u"ben"_s);
        m_talk = write(m_file->database(), [&](Transaction &tx) {
            return ConversationStore::createDirect(tx, *ConversationStore::person(tx, m_ada),
                                                   *ConversationStore::person(tx, m_ben), m_clock.now())
                .conversation.id;
        });
        m_other = std::move(*Database::open(m_file->settings(), Database::Mode::Writer));
    }
    void cleanup()
    {
        m_other.reset();
        m_file.reset();
    }

    void sequence_isGivenByTheRow()
    {
        Side one = sideOne();
        Side two = sideTwo();
        const Message first = send(one, m_ada);
        const Message second = send(two, m_ben);
        QCOMPARE(first.sequence, Sequence(1));
        QCOMPARE(second.sequence, Sequence(2));
        QVERIFY(second.createdAt > first.createdAt);
        QCOMPARE(read(*m_other).lastSequence, Sequence(2));
        QCOMPARE(two.conversation.lastSequence, Sequence(2));
    }
    void ownMessages_areCountedByTheRow()
    {
        Side ben = sideOne();
        send(ben, m_ben); // unread, so that ada's own are counted apart
        Side one = sideOne();
        Side two = sideTwo();
        send(one, m_ada);
        send(two, m_ada);
        QCOMPARE(memberNow(m_ada).ownUnread, 2);
        QCOMPARE(memberNow(m_ada).unread(3), 1);
    }
    void ownMessagesBehindAMark_areCountedAnew()
    {
        Side ben = sideOne();
        send(ben, m_ben);
        Side reading = sideOne();
        Side sending = sideTwo();
        send(sending, m_ada);
        MemberRow &ada = *reading.conversation.member(m_ada);
        ada.read = {.through = 1, .at = m_clock.now(), .change = 1};
        write(reading.database, [&](Transaction &tx) {
            const bool isMoved = ConversationStore::saveRead(tx, ada);
            ConversationStore::recountOwn(tx, ada);
            return isMoved;
        });
        QCOMPARE(ada.ownUnread, 1);
        QCOMPARE(memberNow(m_ada).unread(2), 0);
    }
    void mark_neverGoesBackAndTakesNothingFromTheOtherMark()
    {
        Side one = sideOne();
        Side two = sideTwo();
        MemberRow &far = *one.conversation.member(m_ada);
        far.read = {.through = 5, .at = m_clock.now(), .change = 1};
        QVERIFY(write(one.database, [&](Transaction &tx) { return ConversationStore::saveRead(tx, far); }));
        MemberRow &near = *two.conversation.member(m_ada);
        near.read = {.through = 3, .at = m_clock.now(), .change = 2};
        near.delivered = {.through = 4, .at = m_clock.now(), .change = 2};
        QVERIFY(!write(two.database, [&](Transaction &tx) { return ConversationStore::saveRead(tx, near); }));
        QVERIFY(write(two.database, [&](Transaction &tx) { return ConversationStore::saveDelivered(tx, near); }));
        QCOMPARE(memberNow(m_ada).read.through, Sequence(5));
        QCOMPARE(memberNow(m_ada).delivered.through, Sequence(4));
    }
    void listedConversations_areCountedOnce()
    {
        const auto list = [&](Side &side) {
            write(side.database, [&](Transaction &tx) {
                ConversationStore::list(tx, *side.conversation.member(m_ada), tx.nextChange());
                return true;
            });
        };
        const auto unlist = [&](Side &side) {
            write(side.database, [&](Transaction &tx) {
                ConversationStore::unlist(tx, *side.conversation.member(m_ada));
                return true;
            });
        };
        Side one = sideOne();
        Side two = sideTwo();
        list(one);
        list(two);
        QCOMPARE(listedCount(m_ada), 1);
        Side again = sideOne();
        unlist(again);
        unlist(two);
        QCOMPARE(listedCount(m_ada), 0);
    }
    void conversationThatTheOtherTookOffTheList_comesBack()
    {
        Side one = sideOne();
        write(one.database, [&](Transaction &tx) {
            ConversationStore::list(tx, *one.conversation.member(m_ada), tx.nextChange());
            return true;
        });
        Side two = sideTwo();
        write(one.database, [&](Transaction &tx) {
            ConversationStore::unlist(tx, *one.conversation.member(m_ada));
            return true;
        });
        m_clock.advance(std::chrono::seconds(1)); // further than a list may lag
        write(two.database, [&](Transaction &tx) {
            ConversationStore::list(tx, *two.conversation.member(m_ada), tx.nextChange());
            return true;
        });
        QVERIFY(memberNow(m_ada).listed > 0);
        QCOMPARE(listedCount(m_ada), 1);
    }
    void changeNumbers_ofALaterConnection_areNew()
    {
        const auto next = [](Transaction &tx) { return tx.nextChange(); };
        const ChangeNumber before = write(m_file->database(), next);
        QVERIFY(write(*m_other, next) > before);
    }
};

TERTULIA_TEST(tst_counters, CountersTest)
#include "tst_counters.moc"
