// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/networkthread.h"
#include "net/timerwheel.h"

#include <QSocketNotifier>
#include <QThread>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

struct iovec;

namespace Tertulia::Server {

/// Something with a descriptor in a network thread's epoll set. Registered edge-triggered for reading and writing
/// once, so that waiting for either costs no system call.
class EpollSource
{
public:
    EpollSource() = default;
    EpollSource(const EpollSource &) = delete;
    EpollSource &operator=(const EpollSource &) = delete;
    virtual ~EpollSource() = default;
    virtual void onEvents(quint32 epollEvents) = 0;
    /// Asked for by NetworkThread::Private::scheduleResume.
    virtual void onResume() = 0;
    /// Asked for by scheduleFlush: output gathered in this turn goes out now.
    virtual void onFlush() = 0;
    /// Before onFlush: what may go out together with others' (SendBatch). No pieces: it goes with onFlush alone.
    struct Output
    {
        int fd = -1;
        size_t pieces = 0; ///< how many were filled
    };
    [[nodiscard]] virtual Output output(std::span<iovec> pieces) const = 0;
    /// So much of it has gone. Calls nobody and closes nothing: others' output is told next.
    virtual void onSent(qint64 bytes) = 0;
    /// Asked for by scheduleShare: goes on with one share more.
    virtual void onShare() = 0;
};

/// Destroyed at the end of the turn, when no stack frame can be inside it any more.
class Disposable
{
public:
    Disposable() = default;
    Disposable(const Disposable &) = delete;
    Disposable &operator=(const Disposable &) = delete;
    virtual ~Disposable() = default;
};

/// The inside of a NetworkThread; the net folder's own view of it. All but post and wake: on the thread only.
struct NetworkThread::Private
{
    static constexpr size_t bufferSize = 64 * 1024;

    Private(int threadIndex, std::unique_ptr<SendBatch> sendBatch);
    ~Private();

    [[nodiscard]] bool isCurrent() const;
    void post(Task task);
    void wake();
    [[nodiscard]] bool add(int fd, EpollSource &source) const;
    /// The source's onResume runs in this turn or the next one. A source may be scheduled several times.
    void scheduleResume(EpollSource &source);
    void scheduleFlush(EpollSource &source);
    /// The source has more to be done than one share. Those get one part of each turn together, by turns: whoever has
    /// little to say never waits for all that they have to say.
    void scheduleShare(EpollSource &source);
    void cancelShare(EpollSource &source); ///< it is destroyed at the end of this turn
    void dispose(std::unique_ptr<Disposable> object);
    [[nodiscard]] qint64 nowMs() const;
    /// Run on the thread when the loop has ended, before the thread's timers and tasks are destroyed.
    void setOnEnd(Task task) { onEnd = std::move(task); }

    /// One per thread, for all connections: nothing outlives a call in them.
    std::unique_ptr<char[]> readBuffer;
    std::unique_ptr<char[]> writeBuffer; ///< 16 KiB, one TLS record

    TimerWheel wheel;

private:
    friend class NetworkThread;
    class Thread;
    struct TaskTimer;

    void run();
    void process();
    [[nodiscard]] bool turn();
    void runInbox();
    void serveShares();
    void finishTurn();
    void flush();
    void armTimer();
    void end();

    int index;
    int epollFd = -1;
    int eventFd = -1;
    int timerFd = -1;
    std::unique_ptr<Thread> thread;
    std::atomic<Qt::HANDLE> threadId = nullptr;

    std::mutex mutex;
    std::vector<Task> inbox; ///< under mutex
    bool ended = false; ///< under mutex
    std::atomic<bool> woken = false;

    std::vector<Task> running;
    std::vector<Task> hooks;
    std::vector<EpollSource *> resumes;
    std::vector<EpollSource *> flushes;
    std::unique_ptr<SendBatch> batch; ///< null: each sends by itself
    std::deque<EpollSource *> shares;
    std::vector<std::unique_ptr<Disposable>> graveyard;
    std::unordered_map<TimerId, std::unique_ptr<TaskTimer>> timers;
    TimerId lastTimer = 0;
    qint64 cachedNow = 0;
    qint64 armedFor = WheelTimer::never;
    bool inTurn = false;
    bool postedHere = false; ///< the inbox holds something that this thread posted in this turn
    Task onEnd;
};

[[nodiscard]] qint64 monotonicMs();

} // namespace Tertulia::Server
