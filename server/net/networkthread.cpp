// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/networkthread.h"

#include "net/threadcore.h"

#include "base/logging.h"

#include <QEventLoop>

#include <openssl/crypto.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace Tertulia::Server {

qint64 monotonicMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

class NetworkThread::Private::Thread final : public QThread
{
public:
    explicit Thread(Private &core)
        : m_core(core)
    {
    }

protected:
    void run() override
    {
        m_core.run();
        // QThread::wait() does not wait for the last destructors of a thread: they would race with the program's.
        OPENSSL_thread_stop();
    }

private:
    Private &m_core;
};

struct NetworkThread::Private::TaskTimer final : WheelTimer
{
    TaskTimer(Private &threadCore, TimerId timerId, Task timerTask)
        : core(threadCore)
        , id(timerId)
        , task(std::move(timerTask))
    {
    }
    void onTimeout() override
    {
        Task due = std::move(task);
        core.timers.erase(id); // destroys this
        due();
    }
    Private &core;
    TimerId id;
    Task task;
};

NetworkThread::Private::Private(int threadIndex, std::unique_ptr<SendBatch> sendBatch)
    : readBuffer(std::make_unique<char[]>(bufferSize))
    , writeBuffer(std::make_unique<char[]>(16 * 1024))
    , wheel(monotonicMs())
    , index(threadIndex)
    , epollFd(::epoll_create1(EPOLL_CLOEXEC))
    , eventFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , timerFd(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))
    , thread(std::make_unique<Thread>(*this))
    , batch(std::move(sendBatch))
{
    if (epollFd < 0 || eventFd < 0 || timerFd < 0)
        qFatal("No descriptor left for a network thread: raise the open files limit.");
    // Edge-triggered: neither counter has to be read back to make it quiet.
    for (int *fd : {&eventFd, &timerFd}) {
        epoll_event event{};
        event.events = EPOLLIN | EPOLLET;
        event.data.ptr = fd;
        ::epoll_ctl(epollFd, EPOLL_CTL_ADD, *fd, &event);
    }
    thread->setObjectName(QStringLiteral("net-%1").arg(index));
}

NetworkThread::Private::~Private()
{
    ::close(timerFd);
    ::close(eventFd);
    ::close(epollFd);
}

void NetworkThread::Private::post(Task task)
{
    bool queued = false;
    {
        const std::lock_guard lock(mutex);
        if (!ended) {
            inbox.push_back(std::move(task));
            queued = true;
        }
    }
    if (queued && isCurrent() && inTurn)
        postedHere = true; // run at the end of this turn: nobody has to be woken
    else if (queued)
        wake();
    // else: the loop has ended and the task is destroyed here, outside the lock
}

bool NetworkThread::Private::isCurrent() const
{
    return threadId.load(std::memory_order_acquire) == QThread::currentThreadId();
}

void NetworkThread::Private::wake()
{
    if (woken.exchange(true, std::memory_order_acq_rel))
        return;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(eventFd, &one, sizeof one);
}

bool NetworkThread::Private::add(int fd, EpollSource &source) const
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &source;
    return ::epoll_ctl(epollFd, EPOLL_CTL_ADD, fd, &event) == 0;
}

void NetworkThread::Private::scheduleResume(EpollSource &source)
{
    resumes.push_back(&source);
    if (!inTurn)
        wake();
}

void NetworkThread::Private::scheduleFlush(EpollSource &source)
{
    flushes.push_back(&source);
    if (!inTurn)
        wake();
}

void NetworkThread::Private::scheduleShare(EpollSource &source)
{
    shares.push_back(&source);
    if (!inTurn)
        wake();
}

void NetworkThread::Private::cancelShare(EpollSource &source)
{
    std::erase(shares, &source);
}

void NetworkThread::Private::dispose(std::unique_ptr<Disposable> object)
{
    graveyard.push_back(std::move(object));
    if (!inTurn)
        wake();
}

qint64 NetworkThread::Private::nowMs() const
{
    return inTurn ? cachedNow : monotonicMs();
}

void NetworkThread::Private::run()
{
    threadId.store(QThread::currentThreadId(), std::memory_order_release);
    QSocketNotifier notifier(epollFd, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &notifier, [this] { process(); });
    QEventLoop loop;
    wake(); // for what was posted before the start
    loop.exec();
    notifier.setEnabled(false);
    end();
}

void NetworkThread::Private::process()
{
    // Under load several batches are taken per turn of Qt's loop, whose own cost is above that of a batch. After a lone
    // event nothing more is there, nearly always.
    constexpr int maxTurns = 16;
    for (int i = 0; i < maxTurns && turn(); ++i) { }
}

bool NetworkThread::Private::turn()
{
    std::array<epoll_event, 256> events;
    const int count = ::epoll_wait(epollFd, events.data(), static_cast<int>(events.size()), 0);
    if (count <= 0)
        return false;
    inTurn = true;
    cachedNow = monotonicMs();
    bool posted = false;
    for (int i = 0; i < count; ++i) {
        void *target = events[static_cast<size_t>(i)].data.ptr;
        if (target == &eventFd)
            posted = true;
        else if (target == &timerFd)
            armedFor = WheelTimer::never;
        else
            static_cast<EpollSource *>(target)->onEvents(events[static_cast<size_t>(i)].events);
    }
    if (posted) {
        woken.store(false, std::memory_order_release);
        runInbox();
    }
    wheel.advance(cachedNow);
    serveShares();
    finishTurn();
    inTurn = false;
    return count > 1;
}

void NetworkThread::Private::runInbox()
{
    {
        const std::lock_guard lock(mutex);
        running.swap(inbox);
    }
    for (Task &task : running) {
        Task current = std::move(task);
        current();
    }
    running.clear();
}

void NetworkThread::Private::serveShares()
{
    // Some milliseconds of the most costly input.
    constexpr int sharesInTurn = 4;
    for (int served = 0; !shares.empty() && served < sharesInTurn; ++served) {
        EpollSource *const source = shares.front();
        shares.pop_front();
        source->onShare();
    }
}

void NetworkThread::Private::finishTurn()
{
    // Each step can give work to the ones before it; what is left after some passes waits for the next turn, so that
    // no connection keeps the others waiting.
    constexpr int maxPasses = 8;
    const auto isThrough = [this] { return !postedHere && resumes.empty() && hooks.empty() && flushes.empty(); };
    for (int pass = 0; pass < maxPasses && !isThrough(); ++pass) {
        if (std::exchange(postedHere, false))
            runInbox();
        std::vector<EpollSource *> sources;
        sources.swap(resumes);
        for (EpollSource *source : sources)
            source->onResume();
        std::vector<Task> tasks;
        tasks.swap(hooks);
        for (Task &task : tasks)
            task();
        flush();
    }
    if (!isThrough() || !shares.empty())
        wake();
    if (isThrough() && !graveyard.empty())
        std::exchange(graveyard, {}).clear();
    armTimer();
}

void NetworkThread::Private::flush()
{
    std::vector<EpollSource *> sources;
    sources.swap(flushes);
    if (batch && !batch->send(sources)) {
        qCWarning(logNet, "io_uring is refused by now: from here on each connection of this thread sends by itself.");
        batch.reset();
    }
    for (EpollSource *source : sources)
        source->onFlush();
    if (flushes.empty()) { // keeps the capacity
        sources.clear();
        sources.swap(flushes);
    }
}

void NetworkThread::Private::armTimer()
{
    const qint64 wanted = wheel.nextWakeMs();
    if (wanted >= armedFor) // an earlier wake-up is under way: it looks again
        return;
    armedFor = wanted;
    const qint64 afterMs = std::max<qint64>(wanted - monotonicMs(), 0);
    itimerspec spec{};
    spec.it_value.tv_sec = afterMs / 1000;
    spec.it_value.tv_nsec = (afterMs % 1000) * 1'000'000 + 1; // 0 would disarm
    ::timerfd_settime(timerFd, 0, &spec, nullptr);
}

void NetworkThread::Private::end()
{
    inTurn = true;
    cachedNow = monotonicMs();
    if (onEnd) {
        Task task = std::exchange(onEnd, {});
        task();
    }
    finishTurn();
    {
        const std::lock_guard lock(mutex);
        ended = true;
        running.swap(inbox);
    }
    running.clear();
    std::exchange(timers, {}).clear(); // a task's destructor may stop other timers
    hooks.clear();
    resumes.clear();
    flushes.clear();
    shares.clear();
    graveyard.clear();
}

NetworkThread::NetworkThread(int index, std::unique_ptr<SendBatch> batch)
    : d(std::make_unique<Private>(index, std::move(batch)))
{
}

NetworkThread::~NetworkThread()
{
    stop();
}

void NetworkThread::start()
{
    d->thread->start();
}

void NetworkThread::stop()
{
    d->thread->quit();
    d->post([this] { d->thread->quit(); }); // a quit before the loop runs is lost
    d->thread->wait();
}

int NetworkThread::index() const
{
    return d->index;
}

void NetworkThread::post(Task task)
{
    d->post(std::move(task));
}

bool NetworkThread::isCurrent() const
{
    return d->isCurrent();
}

qint64 NetworkThread::nowMs() const
{
    return d->nowMs();
}

NetworkThread::TimerId NetworkThread::startTimer(std::chrono::milliseconds after, Task task)
{
    const TimerId id = ++d->lastTimer;
    auto timer = std::make_unique<Private::TaskTimer>(*d, id, std::move(task));
    d->wheel.arm(*timer, d->nowMs() + after.count());
    d->timers.emplace(id, std::move(timer));
    if (!d->inTurn)
        d->wake();
    return id;
}

void NetworkThread::stopTimer(TimerId id)
{
    const auto found = d->timers.find(id);
    if (found == d->timers.end())
        return;
    const auto timer = std::move(found->second);
    d->timers.erase(found); // first: destroying the task may come back here
}

void NetworkThread::atEndOfTurn(Task task)
{
    d->hooks.push_back(std::move(task));
    if (!d->inTurn)
        d->wake();
}

void NetworkThread::flush()
{
    d->flush();
}

} // namespace Tertulia::Server
