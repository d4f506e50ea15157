// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server's clock was ahead for a while, and was set right.
#include "services/clockwatch.h"
#include "store/datestore.h"
#include "support/testmain.h"

#include "chatstage.h"
#include "support/fulldisk.h"

#include <QRegularExpression>

#include <future>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;

namespace {

std::vector<Message> allOf(ChatStage &stage, ConversationId conversation)
{
    return stage.history(stage.ada, conversation, {.skip = 0, .take = 50})->messages;
}

bool risesUpTo(const std::vector<Message> &messages, Timestamp latest)
{
    for (size_t i = 1; i < messages.size(); ++i) {
        if (messages[i].createdAt <= messages[i - 1].createdAt)
            return false;
    }
    return !messages.empty() && messages.back().createdAt <= latest;
}

template <class T, class Work> Result<T> inStore(Executor &executor, Work work)
{
    auto promise = std::make_shared<std::promise<Result<T>>>();
    executor.read<T>({.person = {}, .lane = Lane::Housekeeping}, work,
                     Completion<T>(nullptr, [promise](Result<T> result) { promise->set_value(std::move(result)); }));
    return promise->get_future().get();
}

} // namespace

class TestDates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clockSetBackALittle_datesWait()
    {
        ChatStage stage;
        const Message first = stage.send(stage.ada, stage.ben, u"one"_s);
        stage.clock.shift(-90s);
        const Message second = stage.send(stage.ada, stage.ben, u"two"_s);
        QCOMPARE(second.createdAt, first.createdAt + 1ms);
    }
    void clockSetRight_newMessagesHaveTheirTime_andAllDatesRise()
    {
        ChatStage stage;
        const Message before = stage.send(stage.ada, stage.ben, u"before"_s);
        stage.clock.shift(1h);
        for (int i = 0; i < 5; ++i)
            stage.send(stage.ben, stage.ada, u"ahead"_s);
        stage.clock.shift(-1h);
        const Message after = stage.send(stage.ada, stage.ben, u"after"_s);
        QVERIFY(after.createdAt - stage.clock.now() <= 1ms);
        const auto messages = allOf(stage, before.conversationId);
        QCOMPARE(messages.size(), size_t(7));
        QCOMPARE(messages.front().createdAt, before.createdAt);
        QVERIFY(risesUpTo(messages, after.createdAt));
        const auto list = stage.list(stage.ada);
        QCOMPARE(list->conversations[0].updatedAt, after.createdAt);
        QCOMPARE(list->conversations[0].lastMessage->createdAt, after.createdAt);
    }
    void nothingBeforeTheFutureOnes_isDatedEarlierThanTheyAre()
    {
        ChatStage stage;
        const Message before = stage.send(stage.ada, stage.ben, u"before"_s);
        stage.clock.shift(1h);
        for (int i = 0; i < 60; ++i)
            (void)stage.trySend(stage.ben, ChatStage::text(stage.ada, u"ahead"_s));
        stage.clock.shift(-1h);
        const Message after = stage.send(stage.ada, stage.ben, u"after"_s); // 10 ms after the first
        QVERIFY(after.createdAt - before.createdAt == 61ms);
        QVERIFY(risesUpTo(allOf(stage, before.conversationId), after.createdAt));
    }
    void pagesByTime_missNothing()
    {
        ChatStage stage;
        const Message first = stage.send(stage.ada, stage.ben, u"1"_s);
        stage.clock.shift(1h);
        stage.send(stage.ben, stage.ada, u"2"_s);
        stage.clock.shift(-1h);
        for (int i = 3; i <= 9; ++i)
            stage.send(stage.ada, stage.ben, QString::number(i));
        QStringList seen;
        std::optional<HistoryBound> bound;
        for (int page = 0; page < 5; ++page) {
            const auto messages =
                stage.history(stage.ada, first.conversationId, {.skip = 0, .take = 2}, bound)->messages;
            for (auto message = messages.rbegin(); message != messages.rend(); ++message)
                seen.prepend(message->content);
            bound = messages.front().createdAt;
        }
        QCOMPARE(seen.join(QString()), u"123456789"_s);
    }
    void marks_haveTheirTimeAgain()
    {
        ChatStage stage;
        const Message early = stage.send(stage.ada, stage.ben, u"early"_s);
        stage.clock.shift(1h);
        QVERIFY(stage.deliver(stage.ben, early.id) && stage.read(stage.ben, early.id));
        stage.clock.shift(-1h);
        const Message late = stage.send(stage.ada, stage.ben, u"late"_s);
        stage.clock.advance(10s);
        const auto delivered = stage.deliver(stage.ben, late.id);
        QCOMPARE(delivered->deliveredAt, stage.clock.now());
        const auto read = stage.read(stage.ben, late.id);
        QCOMPARE(read->readAt, stage.clock.now());
        const auto shown = stage.message(stage.ada, late.id);
        QCOMPARE(shown->readAt, std::optional(stage.clock.now()));
        QVERIFY(*shown->deliveredAt <= *shown->readAt);
    }
    void conversationsWhereNobodyWrites_areSettled_data()
    {
        QTest::addColumn<bool>("isRunning"); // when the clock is set
        QTest::newRow("while the server runs") << true;
        QTest::newRow("while it is down") << false;
    }
    void conversationsWhereNobodyWrites_areSettled()
    {
        QFETCH(const bool, isRunning);
        ChatStage stage;
        stage.clock.shift(24h * 365);
        const Message ahead = stage.send(stage.ben, stage.ada, u"ahead"_s);
        QVERIFY(stage.read(stage.ada, ahead.id));
        const auto setBack = [&stage] { stage.clock.shift(-24h * 365); };
        {
            if (!isRunning)
                setBack();
            Executor executor(stage.database.settings());
            QVERIFY(executor.start());
            ClockWatch watch(stage.clock, executor);
            watch.tick();
            if (isRunning) {
                setBack();
                QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the clock was set back by 31536000 s"_s));
            }
            QTRY_VERIFY(isSettled(watch, executor, stage.clock));
            executor.stop();
        }
        const auto list = stage.list(stage.ada);
        QCOMPARE(list->conversations[0].updatedAt, stage.clock.now());
        const auto shown = stage.message(stage.ben, ahead.id);
        QCOMPARE(shown->createdAt, stage.clock.now());
        QCOMPARE(shown->readAt, std::optional(stage.clock.now()));
    }
    void whatAFullDiskPrevents_isDoneWhenThereIsRoom()
    {
        const FullDisk disk;
        ChatStage stage;
        stage.clock.shift(1h);
        stage.send(stage.ben, stage.ada, u"ahead"_s);
        stage.clock.shift(-1h);
        Executor executor(stage.database.settings());
        QVERIFY(executor.start());
        ClockWatch watch(stage.clock, executor);
        s_hasFailed = false;
        const auto before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
            s_hasFailed = s_hasFailed || text.startsWith("dates in the future stay"_L1);
        });
        FullDisk::setFull(true);
        watch.tick();
        QTRY_VERIFY(s_hasFailed);
        FullDisk::setFull(false);
        qInstallMessageHandler(before);
        QTRY_VERIFY(isSettled(watch, executor, stage.clock));
        executor.stop();
    }

private:
    /// After one more look of the watch nothing is dated ahead.
    [[nodiscard]] static bool isSettled(ClockWatch &watch, Executor &executor, const FakeClock &clock)
    {
        watch.tick();
        return inStore<bool>(executor,
                             [now = clock.now()](ReadTransaction &tx) -> Result<bool> {
                                 return DateStore::ahead(tx, now, 0, 1).empty();
                             })
            .value_or(false);
    }

    static inline std::atomic<bool> s_hasFailed = false;
};

TERTULIA_TEST(tst_dates, TestDates)
#include "tst_dates.moc"
