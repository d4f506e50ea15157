// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/completion.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;

namespace {

/// Runs posted tasks when told to.
class ManualLoop final : public Loop
{
public:
    void post(Task task) override { m_tasks.push_back(std::move(task)); }
    [[nodiscard]] bool isCurrent() const override { return current; }
    int run()
    {
        auto tasks = std::exchange(m_tasks, {});
        for (auto &task : tasks)
            task();
        return int(tasks.size());
    }
    bool current = false;

private:
    std::vector<Task> m_tasks;
};

} // namespace

class TestCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutLoop_runsAtOnce()
    {
        int got = 0;
        Completion<int>(nullptr, [&](Result<int> result) { got = result.value(); }).finish(7);
        QCOMPARE(got, 7);
    }
    void fromAnotherThread_isPosted()
    {
        ManualLoop loop;
        int got = 0;
        Completion<int>(&loop, [&](Result<int> result) { got = result.value(); }).finish(7);
        QCOMPARE(got, 0);
        QCOMPARE(loop.run(), 1);
        QCOMPARE(got, 7);
    }
    void destroyedUnfinished_deliversCancelled()
    {
        std::optional<ErrorCode> code;
        {
            Completion<int> dropped(nullptr, [&](Result<int> result) { code = result.error().code; });
        }
        QCOMPARE(code, std::optional(ErrorCode::Cancelled));
    }
    void overwritten_deliversCancelled()
    {
        int calls = 0;
        Completion<int> completion(nullptr, [&](const Result<int> &) { ++calls; });
        completion = Completion<int>();
        QCOMPARE(calls, 1);
    }
    void finishedTwice_callsOnce()
    {
        int calls = 0;
        Completion<int> completion(nullptr, [&](const Result<int> &) { ++calls; });
        completion.finish(1);
        completion.finish(2);
        QCOMPARE(calls, 1);
    }
    void handler_mayOwnMoveOnlyThings()
    {
        int got = 0;
        auto owned = std::make_unique<int>(5);
        Completion<int>(nullptr, [&got, owned = std::move(owned)](Result<int> result) {
            got = *owned + result.value();
        }).finish(2);
        QCOMPARE(got, 7);
    }
    void bound_runsLater()
    {
        int got = 0;
        Completion<int> completion(nullptr, [&](Result<int> result) { got = result.value(); });
        Task task = completion.bind(3);
        QCOMPARE(got, 0);
        task();
        QCOMPARE(got, 3);
    }
};

TERTULIA_TEST(tst_completion, TestCompletion)
#include "tst_completion.moc"
