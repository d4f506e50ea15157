// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/async.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;

/// What may happen to an answer that comes later, in any order.
class TestAsync : public QObject
{
    Q_OBJECT

private:
    std::vector<Result<int>> m_heard;

    void wait(const Future<int> &future)
    {
        whenAnswered(future, this, [this](const Result<int> &result) { m_heard.push_back(result); });
    }
    [[nodiscard]] bool heardCancelled(size_t times) const
    {
        return m_heard.size() == times && std::all_of(m_heard.begin(), m_heard.end(), [](const Result<int> &result) {
                   return !result && result.error().code == ErrorCode::Cancelled;
               });
    }

private Q_SLOTS:
    void init() { m_heard.clear(); }

    void answer_isTold_toAllWhoWait_beforeAndAfter()
    {
        Promise<int> promise;
        const auto future = promise.future();
        wait(future);
        wait(future);
        QVERIFY(!future.isAnswered());
        QVERIFY(m_heard.empty());
        promise.finish(7);
        wait(future);
        QCOMPARE(m_heard, std::vector<Result<int>>(3, 7));
        QCOMPARE(future.result(), Result<int>(7));
        promise.finish(8);
        QCOMPARE(future.result(), Result<int>(7));
        QCOMPARE(m_heard.size(), size_t(3));
    }
    // As the search for people did, which ended the program with Qt's futures of 6.4.
    void cancel_afterTheAnswer_doesNothing()
    {
        Future<int> underWay;
        {
            Promise<int> promise;
            underWay = promise.future();
            promise.onCancelled(this, [] { QFAIL("it is answered"); });
            wait(underWay);
            promise.finish(1);
        }
        underWay.cancel();
        underWay.cancel();
        QCOMPARE(m_heard, std::vector<Result<int>>(1, 1));
    }
    void cancel_isTold_toWhoeverWorks_andToAllWhoWait()
    {
        Promise<int> promise;
        const auto future = promise.future();
        int stopped = 0;
        promise.onCancelled(this, [&stopped] { ++stopped; });
        wait(future);
        wait(future);
        QVERIFY(!promise.isCancelled());
        future.cancel();
        future.cancel();
        QCOMPARE(stopped, 1);
        QVERIFY(promise.isCancelled());
        QVERIFY(heardCancelled(2));
        promise.finish(9); // too late
        QVERIFY(heardCancelled(2));
        QVERIFY(!future.result());
    }
    void cancel_mayEndWhoeverWorks()
    {
        auto promise = std::make_unique<Promise<int>>();
        auto future = std::make_unique<Future<int>>(promise->future());
        promise->onCancelled(this, [&] { promise.reset(); });
        whenAnswered(*future, this, [&](const Result<int> &result) {
            m_heard.push_back(result);
            future.reset();
        });
        future->cancel();
        QVERIFY(!promise && !future);
        QVERIFY(heardCancelled(1));
    }
    void droppedPromise_isCancelled()
    {
        Future<int> future;
        {
            Promise<int> promise;
            future = promise.future();
            wait(future);
        }
        QVERIFY(heardCancelled(1));
        Promise<int> replaced;
        wait(replaced.future());
        replaced = Promise<int>();
        QVERIFY(heardCancelled(2));
    }
    void nobodysFuture_isCancelled()
    {
        const Future<int> future;
        future.cancel();
        wait(future);
        QVERIFY(heardCancelled(1));
    }
    void deadContext_isNotCalled()
    {
        Promise<int> promise, stopped;
        {
            QObject context;
            whenAnswered(promise.future(), &context, [](const Result<int> &) { QFAIL("its context has gone"); });
            stopped.onCancelled(&context, [] { QFAIL("its context has gone"); });
        }
        promise.finish(1);
        stopped.future().cancel();
    }
    /// A context that goes inside the handler before.
    void context_mayGo_whileOthersAreTold()
    {
        Promise<int> promise;
        auto context = std::make_unique<QObject>();
        whenAnswered(promise.future(), this, [&context](const Result<int> &) { context.reset(); });
        whenAnswered(promise.future(), context.get(), [](const Result<int> &) { QFAIL("its context has gone"); });
        wait(promise.future());
        promise.finish(1);
        QCOMPARE(m_heard.size(), size_t(1));
    }
    /// What a handler owns is freed with it: a promise of its own tells its own.
    void handlerThatIsNeverCalled_frees()
    {
        Promise<int> outer;
        wait(outer.future());
        {
            Promise<int> inner;
            QObject context;
            whenAnswered(inner.future(), &context,
                         [outer = std::move(outer)](const Result<int> &result) mutable { outer.finish(result); });
        }
        QVERIFY(heardCancelled(1));
    }
};

QTEST_GUILESS_MAIN(TestAsync)
#include "tst_async.moc"
