// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/intake.h"
#include "client/conversations/timelinerows.h"
#include "client/limits.h"
#include "protocol/codec.h"
#include "support/testmain.h"
#include "timelinestage.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestTimeline : public QObject, private TimelineStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    // Opening

    void cached_isThereAtOnce_withoutAServer()
    {
        serverHas(100);
        m_store->messages().save(m_history->messages);
        m_history->isOnline = false;
        open(100);
        QCOMPARE(rowsOf(*m_timeline), range(100, 91));
        QCOMPARE(m_timeline->state(), Timeline::State::Content);
        QCOMPARE(m_history->requests, 0);
        QVERIFY(m_timeline->hasOlder());
        QVERIFY(!m_timeline->hasNewer());
        m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(100, 81));
        QCOMPARE(m_history->requests, 0);
    }
    void notCached_isFetched()
    {
        serverHas(30);
        m_history->isHeld = true;
        open(30);
        m_timeline->catchUp(30);
        QCOMPARE(m_timeline->state(), Timeline::State::Loading);
        m_history->release();
        QCOMPARE(m_timeline->state(), Timeline::State::Content);
        QCOMPARE(rowsOf(*m_timeline), range(30, 21));
        QCOMPARE(m_store->messages().last(talk), 30);
    }
    /// Much has happened that nobody told: what stays in the window is as the server has it now.
    void renewed_holdsNothingOld_data()
    {
        QTest::addColumn<int>("anchor");
        QTest::newRow("at the latest") << 0;
        QTest::newRow("far back") << 20;
    }
    void renewed_holdsNothingOld()
    {
        QFETCH(const int, anchor);
        serverHas(200);
        saveCached(1, 200);
        open(200, anchor);
        m_timeline->loadOlder();
        m_timeline->loadOlder();
        for (Message &message : m_history->messages)
            message.revision = 1'000;
        m_store->messages().removeAll();
        m_history->isOnline = false;
        m_timeline->renew();
        m_history->isOnline = true;
        m_timeline->catchUp(200);
        QVERIFY(m_timeline->count() > 0);
        for (int i = 0; i < m_timeline->count(); ++i)
            QCOMPARE(m_timeline->at(i).message.revision, 1'000);
    }
    /// A gap was filled; later the store has less than the window had.
    void filledGap_isNoHole()
    {
        serverHas(40);
        saveCached(1, 30);
        open(30);
        for (Sequence sequence = 34; sequence <= 40; ++sequence)
            m_timeline->apply(m_history->messages[size_t(sequence) - 1]);
        QCOMPARE(rowsOf(*m_timeline), range(40, 21));
        m_timeline->renew();
        QCOMPARE(rowsOf(*m_timeline), range(40, 31));
        m_store->messages().removeAll();
        saveCached(1, 29);
        for (int i = 0; i < 4; ++i)
            m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(40, 1));
    }
    void nothingAnywhere_isEmpty()
    {
        open(0);
        m_timeline->catchUp(0);
        QCOMPARE(m_timeline->state(), Timeline::State::Empty);
        QCOMPARE(m_history->requests, 0);
        m_timeline->apply(messageFrom(bo, talk, 1));
        QCOMPARE(m_timeline->state(), Timeline::State::Content);
        QCOMPARE(rowsOf(*m_timeline), u"1"_s);
    }
    void notCachedAndOffline_isAnErrorThatCanBeRetried()
    {
        serverHas(5);
        m_history->isOnline = false;
        open(5);
        m_timeline->catchUp(5);
        QCOMPARE(m_timeline->state(), Timeline::State::Error);
        QCOMPARE(m_timeline->error()->code, ErrorCode::Unavailable);
        m_history->isOnline = true;
        m_timeline->retry();
        QCOMPARE(rowsOf(*m_timeline), range(5, 1));
        QVERIFY(!m_timeline->error());
    }
    void fewMissed_areFilledIn()
    {
        serverHas(40);
        saveCached(1, 20);
        open(40);
        QCOMPARE(rowsOf(*m_timeline), range(20, 11));
        m_timeline->catchUp(40);
        QCOMPARE(rowsOf(*m_timeline), range(40, 11));
        QCOMPARE(m_mirror->resets, 0);
    }
    void manyMissed_beginAtTheLatest()
    {
        serverHas(400);
        saveCached(1, 20);
        open(400);
        m_timeline->catchUp(400);
        QCOMPARE(rowsOf(*m_timeline), range(400, 301));
        QCOMPARE(m_mirror->resets, 1);
    }
    void manyMissed_leaveWhoIsReadingWhereHeIs()
    {
        serverHas(400);
        saveCached(1, 20);
        open(400);
        m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(20, 1));
        m_timeline->catchUp(400);
        QCOMPARE(rowsOf(*m_timeline), range(20, 1));
        QVERIFY(m_timeline->hasNewer());
        m_timeline->loadNewer();
        QCOMPARE(rowsOf(*m_timeline), range(30, 1));
        m_timeline->jumpToLatest();
        QCOMPARE(m_timeline->at(0).message.sequence, 400);
        QVERIFY(!m_timeline->hasNewer());
    }
    void gapsInTheStore_areNotSkipped()
    {
        serverHas(60);
        saveCached(1, 20);
        saveCached(51, 60);
        open(60);
        m_timeline->catchUp(60);
        QCOMPARE(rowsOf(*m_timeline), range(60, 51));
        m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(60, 41));
        m_timeline->loadOlder();
        m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(60, 21));
        QCOMPARE(m_history->requests, 3);
        m_timeline->loadOlder();
        QCOMPARE(m_history->requests, 3);
        QCOMPARE(rowsOf(*m_timeline), range(60, 11));
    }

    // Scrolling

    void older_endAtTheBeginning()
    {
        serverHas(25);
        saveCached(21, 25);
        open(25);
        for (int i = 0; i < 10; ++i)
            m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(25, 1));
        QVERIFY(!m_timeline->hasOlder());
        QCOMPARE(m_history->requests, 2);
    }
    void historyThatBeginsLate_isRemembered()
    {
        serverHas(25);
        m_history->messages.erase(m_history->messages.begin(), m_history->messages.begin() + 17); // 18 to 25 are left
        saveCached(20, 25);
        open(25);
        m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(25, 18));
        QVERIFY(!m_timeline->hasOlder());
        open(25);
        QVERIFY(!m_timeline->hasOlder());
    }
    void failedPage_canBeAskedForAgain()
    {
        serverHas(25);
        saveCached(21, 25);
        m_history->isOnline = false;
        open(25);
        QSignalSpy loading(m_timeline.get(), &Timeline::loadingChanged);
        m_timeline->loadOlder();
        QVERIFY(loading.count() >= 2);
        QVERIFY(!m_timeline->isLoadingOlder());
        QVERIFY(m_timeline->hasOlder());
        m_history->isOnline = true;
        m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(25, 11));
    }
    void oneRequestAtATime()
    {
        serverHas(25);
        saveCached(21, 25);
        m_history->isHeld = true;
        open(25);
        m_timeline->loadOlder();
        m_timeline->loadOlder();
        QVERIFY(m_timeline->isLoadingOlder());
        QCOMPARE(m_history->requests, 1);
        m_history->release();
        QCOMPARE(rowsOf(*m_timeline), range(25, 11));
    }
    void window_isBounded_andComesBack()
    {
        serverHas(300);
        m_store->messages().save(m_history->messages);
        open(300);
        m_timeline->applyPending(pendingIn(talk, u"c-1"_s, 1));
        while (m_timeline->hasOlder())
            m_timeline->loadOlder();
        QCOMPARE(rowsOf(*m_timeline), range(100, 1)); // without the pending one: it does not follow 100
        QVERIFY(m_timeline->hasNewer());
        m_timeline->apply(messageFrom(bo, talk, 301));
        QCOMPARE(m_timeline->lastSequence(), 301);
        QCOMPARE(rowsOf(*m_timeline), range(100, 1));
        m_store->messages().save(messageFrom(bo, talk, 301));
        while (m_timeline->hasNewer())
            m_timeline->loadNewer();
        QCOMPARE(rowsOf(*m_timeline), u"c-1? "_s + range(301, 202));
        QCOMPARE(m_history->requests, 0);
    }
    void newer_comeFromTheServer_alsoWhenMessagesArriveMeanwhile()
    {
        serverHas(200);
        saveCached(1, 20);
        open(200, 15);
        QCOMPARE(rowsOf(*m_timeline), range(19, 10)); // half a page above the anchor
        m_timeline->loadNewer();
        QCOMPARE(rowsOf(*m_timeline), range(20, 10));
        for (Sequence sequence = 201; sequence <= 205; ++sequence)
            m_history->messages.push_back(messageFrom(bo, talk, sequence)); // and nobody tells
        m_timeline->loadNewer();
        QCOMPARE(rowsOf(*m_timeline), range(30, 10));
        while (m_timeline->hasNewer())
            m_timeline->loadNewer();
        QCOMPARE(m_timeline->at(0).message.sequence, 200);
        m_timeline->catchUp(205);
        QCOMPARE(m_timeline->at(0).message.sequence, 205);
    }
    void jump_goesAnywhere()
    {
        serverHas(200);
        saveCached(181, 200);
        open(200);
        m_timeline->jumpTo(195); // there already
        QCOMPARE(m_mirror->resets, 0);
        m_timeline->jumpTo(50);
        QVERIFY(m_timeline->indexOfSequence(50) >= 0);
        QCOMPARE(m_timeline->at(m_timeline->indexOfSequence(50)).message.sequence, 50);
        QVERIFY(m_timeline->hasNewer());
        m_timeline->jumpToLatest();
        QCOMPARE(m_timeline->at(0).message.sequence, 200);
        QVERIFY(!m_timeline->hasNewer());
    }
    void answerToAnEarlierWindow_isKeptButNotShown()
    {
        serverHas(100);
        saveCached(91, 100);
        saveCached(41, 60);
        open(100);
        m_history->isHeld = true;
        m_timeline->loadOlder();
        m_timeline->jumpTo(50);
        m_history->release();
        QCOMPARE(m_timeline->at(m_timeline->count() - 1).message.sequence, 45);
        QVERIFY(!m_timeline->isLoadingOlder());
        QCOMPARE(m_store->messages().at(talk, 85)->sequence, 85);
    }

    // Applying

    void applyingAgain_changesNothing()
    {
        serverHas(5);
        saveCached(1, 5);
        open(5);
        for (const Message &message : m_history->messages)
            m_timeline->apply(withoutName(message));
        QCOMPARE(rowsOf(*m_timeline), range(5, 1));
        QCOMPARE(m_mirror->changes, 0);
    }
    void anyOrder_givesTheSameRows()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 50; ++round) {
            init();
            serverHas(30);
            saveCached(1, 1);
            m_history->isOnline = round % 2 == 0;
            open(1);
            auto messages = m_history->messages;
            std::vector<Message> twice = messages;
            twice.insert(twice.end(), messages.begin(), messages.end());
            std::shuffle(twice.begin(), twice.end(), random);
            for (const Message &message : twice)
                m_timeline->apply(message);
            QCOMPARE(rowsOf(*m_timeline), range(30, 1));
            QCOMPARE(m_mirror->faults(), QString());
        }
    }
    void gap_isFilledBySequence()
    {
        serverHas(20);
        saveCached(1, 10);
        open(10);
        m_history->isHeld = true;
        m_timeline->apply(messageFrom(bo, talk, 20));
        QCOMPARE(rowsOf(*m_timeline), u"20 "_s + range(10, 1)); // shown at once
        m_history->release();
        QCOMPARE(rowsOf(*m_timeline), range(20, 1));
        QCOMPARE(m_history->requests, 1);
    }
    void gapThatFailed_isFilledAtTheNextCatchUp()
    {
        serverHas(20);
        saveCached(1, 10);
        open(10);
        m_history->isOnline = false;
        m_timeline->apply(messageFrom(bo, talk, 20));
        QCOMPARE(rowsOf(*m_timeline), u"20 "_s + range(10, 1));
        m_history->isOnline = true;
        m_timeline->catchUp(20);
        QCOMPARE(rowsOf(*m_timeline), range(20, 1));
    }
    void marks_changeHowOwnMessagesStand_andTellOfThoseAlone()
    {
        serverHas(9); // ana's are odd
        saveCached(1, 9);
        open(9);
        QStringList told;
        connect(&m_timeline->rows(), &TimelineRows::rowsChanged, m_timeline.get(), [&](int first, int last) {
            for (int row = first; row <= last; ++row)
                told.append(QString::number(m_timeline->at(row).message.sequence));
        });
        const auto standing = [this] {
            QString text;
            for (int row = 0; row < m_timeline->count(); ++row) {
                if (m_timeline->at(row).message.senderId == ana.id)
                    text += QLatin1Char(enumName(m_timeline->statusOf(m_timeline->at(row))).front());
            }
            return text;
        };
        QCOMPARE(standing(), u"sssss"_s);
        m_timeline->setMarks({.delivered = 7, .read = 3});
        QCOMPARE(standing(), u"sddrr"_s);
        QCOMPARE(told.join(u' '), u"7 5 3 1"_s);
        told.clear();
        m_timeline->setMarks({.delivered = 7, .read = 3}); // nothing new
        m_timeline->setMarks({.delivered = 8, .read = 4}); // over messages of others
        QVERIFY(told.isEmpty());
        m_timeline->setMarks({.delivered = 9, .read = 5});
        QCOMPARE(standing(), u"ddrrr"_s);
        QCOMPARE(told.join(u' '), u"9 5"_s);
        m_timeline->apply(messageFrom(ana, talk, 10));
        QCOMPARE(standing(), u"sddrrr"_s);
    }
    void whatIsKnownBetter_isTakenInItsPlace()
    {
        serverHas(3);
        saveCached(1, 3);
        open(3);
        Message timed = m_history->messages[2];
        timed.readAt = testTime;
        m_timeline->update(timed);
        QCOMPARE(m_timeline->at(0).message.readAt, std::optional(testTime));
        m_timeline->update(messageFrom(ana, talk, 4)); // not loaded
        QCOMPARE(m_timeline->count(), 3);
    }

    // Local echo

    void echo_becomesTheMessage()
    {
        serverHas(3);
        saveCached(1, 3);
        open(3);
        m_timeline->applyPending(pendingIn(talk, u"c-1"_s, 1));
        m_timeline->applyPending(pendingIn(talk, u"c-2"_s, 2));
        QCOMPARE(rowsOf(*m_timeline), u"c-2? c-1? 3 2 1"_s);
        const quint64 row = m_timeline->at(1).rowId;
        Message sent = messageFrom(ana, talk, 4);
        sent.clientMessageId = u"c-1"_s;
        QSignalSpy inserted(&m_timeline->rows(), &TimelineRows::rowsInserted);
        QSignalSpy moved(&m_timeline->rows(), &TimelineRows::rowMoved);
        m_timeline->apply(sent);
        QCOMPARE(rowsOf(*m_timeline), u"c-2? 4 3 2 1"_s);
        QCOMPARE(m_timeline->at(1).rowId, row);
        QCOMPARE(inserted.count() + moved.count(), 0);
        m_timeline->apply(sent);
        m_timeline->removePending(u"c-1"_s);
        QCOMPARE(rowsOf(*m_timeline), u"c-2? 4 3 2 1"_s);
    }
    void echoOvertaken_movesToItsPlace()
    {
        serverHas(3);
        saveCached(1, 3);
        open(3);
        m_timeline->applyPending(pendingIn(talk, u"c-1"_s, 1));
        const quint64 row = m_timeline->at(0).rowId;
        m_history->isOnline = false;
        m_timeline->apply(messageFrom(bo, talk, 5));
        QCOMPARE(rowsOf(*m_timeline), u"c-1? 5 3 2 1"_s);
        Message sent = messageFrom(ana, talk, 4);
        sent.clientMessageId = u"c-1"_s;
        m_timeline->apply(sent);
        QCOMPARE(rowsOf(*m_timeline), u"5 4 3 2 1"_s);
        QCOMPARE(m_timeline->at(1).rowId, row);
    }
    void echoOfAnotherPerson_isNotOurs()
    {
        open(0);
        m_timeline->applyPending(pendingIn(talk, u"c-1"_s, 1));
        Message theirs = messageFrom(bo, talk, 1);
        theirs.clientMessageId = u"c-1"_s;
        m_timeline->apply(theirs);
        QCOMPARE(rowsOf(*m_timeline), u"c-1? 1"_s);
    }
    void failed_andTriedAgain_queuesBehindWhatWasWrittenSince()
    {
        open(0);
        auto first = pendingIn(talk, u"c-1"_s, 1);
        m_timeline->applyPending(first);
        m_timeline->applyPending(pendingIn(talk, u"c-2"_s, 2));
        first.state = Command::State::Failed;
        first.failure = Error::forbidden(u"no"_s, u"BLOCKED"_s);
        m_timeline->applyPending(first);
        QCOMPARE(rowsOf(*m_timeline), u"c-2? c-1!"_s);
        QCOMPARE(m_timeline->at(1).failure->reason, u"BLOCKED"_s);
        const quint64 row = m_timeline->at(1).rowId;
        first.state = Command::State::Waiting;
        first.position = 3;
        m_timeline->applyPending(first);
        QCOMPARE(rowsOf(*m_timeline), u"c-1? c-2?"_s);
        QCOMPARE(m_timeline->at(0).rowId, row);
        m_timeline->removePending(u"c-1"_s);
        m_timeline->removePending(u"c-2"_s);
        QCOMPARE(m_timeline->state(), Timeline::State::Empty);
    }

    // A hostile server

    void sequencesThatJump_costBoundedRequests()
    {
        serverHas(10);
        saveCached(1, 10);
        open(10);
        m_timeline->apply(messageFrom(bo, talk, Limits::maxSequence));
        QCOMPARE(rowsOf(*m_timeline), range(10, 1));
        QCOMPARE(m_timeline->lastSequence(), 10); // the server's own history says so
        QVERIFY(m_history->requests < 5);
        m_timeline->apply(messageFrom(bo, talk, 60));
        QVERIFY(m_history->requests < 10);
        m_timeline->apply(messageFrom(bo, talk, 61));
        QCOMPARE(rowsOf(*m_timeline), u"61 60 "_s + range(10, 1));
    }
    void endlessHistory_staysBounded()
    {
        serverHas(10);
        saveCached(1, 10);
        // Between any two messages there is always one more, and always more behind it.
        m_history->twist = [](MessagePage &page) {
            page.messages = {messageFrom(bo, talk, 100'000 - std::rand() % 1'000)};
            page.messages[0].id = MessageId::generate();
            page.pagination.hasMore = true;
        };
        open(10);
        m_timeline->apply(messageFrom(bo, talk, 60));
        m_timeline->apply(messageFrom(bo, talk, 100));
        m_timeline->catchUp(200'000);
        QVERIFY2(m_history->requests < 60, qPrintable(QString::number(m_history->requests)));
        for (int i = 0; i < 500; ++i)
            m_timeline->loadOlder();
        QVERIFY(m_timeline->count() <= 100);
    }
    void sameIdOrSequenceTwice_leavesOneRow()
    {
        serverHas(3);
        saveCached(1, 3);
        open(3);
        m_history->isOnline = false; // else history has the last word
        Message elsewhere = messageFrom(bo, talk, 2);
        elsewhere.sequence = 4;
        m_store->messages().save(elsewhere);
        m_timeline->apply(elsewhere);
        QCOMPARE(rowsOf(*m_timeline), u"4 3 1"_s);
        Message other = messageFrom(bo, talk, 3, u"Another."_s);
        other.id = MessageId::generate();
        m_timeline->apply(other);
        QCOMPARE(m_timeline->count(), 3);
        QCOMPARE(m_timeline->at(1).message.content, u"Another."_s);
    }
    void intake_cutsAndDrops()
    {
        Message message = messageFrom(bo, talk, 1, QString(10'000'000, u'x'));
        message.sender.fullName = QString(100'000, u'n');
        message.status = MessageStatus::Failed;
        QVERIFY(admit(message));
        QCOMPARE(message.content.size(), Limits::keptText);
        QCOMPARE(message.sender.fullName.size(), Limits::keptName);
        QCOMPARE(message.status, MessageStatus::Sent);
        for (const Sequence bad : {Sequence(0), Sequence(-1), Sequence(1) << 62}) {
            message.sequence = bad;
            QVERIFY(!admit(message));
        }
        Conversation conversation = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 1, QString(9'999, u'y')), -5);
        conversation.participants.resize(100'000);
        admit(conversation);
        QCOMPARE(conversation.unreadCount, 0);
        QCOMPARE(conversation.participants.size(), Limits::keptParticipants);
        QCOMPARE(conversation.lastMessage->content.size(), Limits::keptPreview);
        MessagePage page;
        page.messages = {messageFrom(bo, talk, 1), messageFrom(bo, conversationNamed(u"other"_s), 2)};
        admit(page, talk);
        QCOMPARE(page.messages.size(), size_t(1));
    }
};

TERTULIA_TEST(tst_timeline, TestTimeline)
#include "tst_timeline.moc"
