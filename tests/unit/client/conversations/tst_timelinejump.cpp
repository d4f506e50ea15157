// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "timelinestage.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

/// Where the window of a timeline is wished to be.
class TestTimelineJump : public QObject, private TimelineStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void lastWish_wins_inWhicheverOrderTheAnswersCome_data()
    {
        QTest::addColumn<bool>("isLastFirst");
        QTest::newRow("in order") << false;
        QTest::newRow("the last first") << true;
    }
    void lastWish_wins_inWhicheverOrderTheAnswersCome()
    {
        QFETCH(const bool, isLastFirst);
        serverHas(300);
        saveCached(291, 300);
        open(300);
        const QSignalSpy arrived(m_timeline.get(), &Timeline::arrived);
        m_history->isHeld = true;
        m_timeline->jumpTo(50);
        m_timeline->jumpTo(150);
        QCOMPARE(m_timeline->jump(), Timeline::Jump::Loading);
        QCOMPARE(rowsOf(*m_timeline), range(300, 291));
        if (isLastFirst)
            m_history->releaseLast();
        m_history->release();
        QCOMPARE(rowsOf(*m_timeline), range(155, 146));
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(arrived.at(0).at(0).toLongLong(), 150);
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
        QVERIFY(m_store->messages().at(talk, 50)); // asked for, so kept
    }
    void wishForTheLatest_replacesAJump()
    {
        serverHas(300);
        saveCached(291, 300);
        open(300);
        m_history->isHeld = true;
        m_timeline->jumpTo(50);
        m_timeline->jumpToLatest();
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
        m_history->release();
        QCOMPARE(rowsOf(*m_timeline), range(300, 291));
    }
    void windowThatMoves_doesNotLoseTheWish()
    {
        serverHas(300);
        saveCached(1, 20);
        open(300);
        m_history->isHeld = true;
        m_timeline->catchUp(300); // asks for the latest, which put the window anew
        m_timeline->jumpTo(150);
        m_history->release();
        QCOMPARE(rowsOf(*m_timeline), range(155, 146));
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
    }
    void failedJump_saysWhy_andIsTriedAgain()
    {
        serverHas(300);
        saveCached(291, 300);
        open(300);
        m_history->isOnline = false;
        QSignalSpy changes(m_timeline.get(), &Timeline::jumpChanged);
        m_timeline->jumpTo(50);
        QCOMPARE(m_timeline->jump(), Timeline::Jump::Failed);
        QCOMPARE(m_timeline->jumpError()->code, ErrorCode::Unavailable);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(rowsOf(*m_timeline), range(300, 291));
        m_timeline->retryJump();
        QCOMPARE(m_timeline->jump(), Timeline::Jump::Failed);
        m_history->isOnline = true;
        m_timeline->catchUp(300); // connected again
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
        QCOMPARE(rowsOf(*m_timeline), range(55, 46));
        m_history->isOnline = false;
        m_timeline->jumpTo(150);
        m_timeline->dropJump(); // the person went elsewhere
        m_history->isOnline = true;
        m_timeline->catchUp(300);
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
        QCOMPARE(rowsOf(*m_timeline), range(55, 46));
    }
    void jump_findsItsPlace_whenMoreHasComeThanIsKnown()
    {
        serverHas(300);
        saveCached(191, 200);
        open(200);
        m_timeline->jumpTo(50); // from the end: 300, not 200
        QCOMPARE(rowsOf(*m_timeline), range(55, 46));
        QCOMPARE(m_history->requests, 2);
    }
    void whatIsWritten_isThereAtOnce_whereverTheWindowIs()
    {
        serverHas(300);
        saveCached(1, 20);
        open(300, 5);
        QVERIFY(m_timeline->hasNewer());
        m_history->isOnline = false;
        m_timeline->applyPending(pendingIn(talk, u"c-1"_s, 1));
        QCOMPARE(rowsOf(*m_timeline), range(9, 1)); // it does not follow 9
        const QSignalSpy arrived(m_timeline.get(), &Timeline::arrived);
        m_timeline->jumpToLatest();
        QCOMPARE(rowsOf(*m_timeline), u"c-1? "_s + range(20, 11)); // the best that is here
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(m_timeline->jump(), Timeline::Jump::Failed);
        m_history->isOnline = true;
        m_timeline->catchUp(300);
        QCOMPARE(rowsOf(*m_timeline), u"c-1? "_s + range(300, 201));
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
        QCOMPARE(arrived.size(), 3); // tried again at once, and answered
    }
    void failedMessage_isNoWish()
    {
        serverHas(100);
        m_store->messages().save(m_history->messages);
        open(100, 50);
        Command failed = pendingIn(talk, u"c-1"_s, 1);
        failed.state = Command::State::Failed;
        m_timeline->applyPending(failed);
        const QSignalSpy arrived(m_timeline.get(), &Timeline::arrived);
        while (m_timeline->hasNewer())
            m_timeline->loadNewer();
        QCOMPARE(m_timeline->at(0).message.clientMessageId, u"c-1"_s);
        QCOMPARE(arrived.size(), 0);
    }

    // The first unread

    void unread_beginsThere_whateverTheAnchor()
    {
        serverHas(100);
        m_store->messages().save(m_history->messages);
        open(100, 10, 41);
        QCOMPARE(rowsOf(*m_timeline), range(45, 36));
        QVERIFY(m_timeline->hasNewer());
        m_timeline->catchUp(100);
        QCOMPARE(rowsOf(*m_timeline), range(45, 36));
        QCOMPARE(m_history->requests, 0);
    }
    void unreadThatIsNotHere_isAskedFor()
    {
        serverHas(300);
        saveCached(1, 20);
        m_history->isHeld = true;
        open(300, 0, 21);
        m_timeline->catchUp(300);
        QCOMPARE(rowsOf(*m_timeline), range(20, 15)); // what was read last
        QCOMPARE(m_timeline->jump(), Timeline::Jump::Loading);
        QCOMPARE(m_history->requests, 1);
        m_history->release();
        QCOMPARE(rowsOf(*m_timeline), range(26, 17));
        QCOMPARE(m_timeline->jump(), Timeline::Jump::None);
    }
    void unreadOfAnEmptyStore_isLoading_thenThere_orAnErrorThatCanBeRetried()
    {
        serverHas(300);
        m_history->isHeld = true;
        open(300, 0, 201);
        m_timeline->catchUp(300);
        QCOMPARE(m_timeline->state(), Timeline::State::Loading);
        m_history->isOnline = false;
        m_history->release();
        QCOMPARE(m_timeline->state(), Timeline::State::Error);
        QCOMPARE(m_timeline->error()->code, ErrorCode::Unavailable);
        m_history->isOnline = true;
        m_history->isHeld = false;
        m_timeline->retry();
        QCOMPARE(m_timeline->state(), Timeline::State::Content);
        QCOMPARE(rowsOf(*m_timeline), range(206, 197));
    }
};

TERTULIA_TEST(tst_timelinejump, TestTimelineJump)
#include "tst_timelinejump.moc"
