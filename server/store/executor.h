// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/completion.h"
#include "store/storesettings.h"
#include "store/transaction.h"
#include "store/workqueue.h"

#include <memory>

namespace Tertulia::Server {

/// What is known about the database file.
struct IntegrityState
{
    enum class Check : quint8 { NotNeeded, Running, Good, Damaged };
    Check check = Check::NotNeeded;
    QString detail; ///< Damaged: what SQLite found first
};

struct StoreStatistics
{
    quint64 commits = 0;
    quint64 writeUnits = 0; ///< units of work in these commits
    quint64 failedUnits = 0; ///< rolled back, alone or with their batch
    quint64 readUnits = 0;
    size_t queuedWrites = 0;
    size_t queuedReads = 0;
    int walFrames = 0;
};

/// Runs units of work on the store's threads: one writer (group commit: all queued units run, each undone alone if it
/// fails, in one transaction; one commit with synchronous=FULL, then their completions are handed over, one post for
/// each loop) and a few readers. Nothing waits for company: a lone unit is committed at once, and what comes during a
/// commit forms the next batch. Who waits, waits fairly: see WorkQueue. Of several readers one is kept for units of the
/// Interactive lane. Thread-safe. Nothing that was completed successfully is ever lost.
class Executor
{
public:
    /// Called on the writer thread after each commit, with what the units recorded in order of execution.
    using EventSink = std::function<void(const std::vector<DomainEvent> &)>;

    explicit Executor(StoreSettings settings);
    ~Executor(); ///< stop()
    Executor(const Executor &) = delete;
    Executor &operator=(const Executor &) = delete;

    enum class Turn : quint8 {
        BeforeAnswers, ///< before the completions leave
        BehindAnswers, ///< for what would hold them up
    };
    /// Before start(). They are told one after the other, in this order.
    void addSink(EventSink sink, Turn turn = Turn::BeforeAnswers);
    /// Asked on the writer thread before each batch for a unit that goes along in its commit, as the first: for what
    /// may wait and shall cost no commit of its own. Null: there is none. At any time.
    using Companion = std::function<std::unique_ptr<StoreJob>()>;
    void setCompanion(Companion companion);
    /// There is a batch soon, if only for the companion's unit. Not counted among the units that may wait.
    void wakeCompanion();
    /// Opens, migrates, starts the threads. Refuses a schema that is newer than this program.
    [[nodiscard]] Result<void> start();
    /// Finishes what is queued, closes cleanly. Later units are answered with Unavailable.
    void stop();

    /// `work` is `Result<T>(Transaction &)`. Answers Unavailable when the storage fails or the queue is over its limit,
    /// RateLimited when the person's part of it is.
    template <class T, class Work> void write(WorkOf of, Work work, Completion<T> done)
    {
        enqueueWrite(of, std::make_unique<TypedJob<T, Work, Transaction>>(std::move(work), std::move(done)));
    }
    /// `work` is `Result<T>(ReadTransaction &)`: a consistent snapshot that holds every commit completed before.
    template <class T, class Work> void read(WorkOf of, Work work, Completion<T> done)
    {
        enqueueRead(of, std::make_unique<TypedJob<T, Work, ReadTransaction>>(std::move(work), std::move(done)));
    }
    // Nobody's, Interactive: for the server's start and for tools.
    template <class T, class Work> void write(Work work, Completion<T> done)
    {
        write<T>(WorkOf{}, std::move(work), std::move(done));
    }
    template <class T, class Work> void read(Work work, Completion<T> done)
    {
        read<T>(WorkOf{}, std::move(work), std::move(done));
    }

    /// A unit of work for a companion.
    template <class T, class Work> [[nodiscard]] static std::unique_ptr<StoreJob> unit(Work work, Completion<T> done)
    {
        return std::make_unique<TypedJob<T, Work, Transaction>>(std::move(work), std::move(done));
    }

    /// Marks that people were told of before they are written: readers see them with the rows.
    [[nodiscard]] ToldMarks &told();

    /// Unavailable with a reason while the store cannot write (disk full …); reads go on.
    [[nodiscard]] Result<void> writable() const;
    /// After an unclean end the whole file is checked in the background; whatever finds damage later says so here too.
    [[nodiscard]] IntegrityState integrity() const;
    [[nodiscard]] StoreStatistics statistics() const;

    /// Reads the whole database for damage; for tools (`tertulia-ctl doctor`). Empty: none was found.
    [[nodiscard]] static Result<QStringList> checkIntegrity(const StoreSettings &settings);

private:
    template <class T, class Work, class Tx> class TypedJob final : public StoreJob
    {
    public:
        TypedJob(Work work, Completion<T> done)
            : m_work(std::move(work))
            , m_done(std::move(done))
        {
        }
        bool run(ReadTransaction &transaction) override
        {
            m_result = m_work(static_cast<Tx &>(transaction));
            return m_result->has_value();
        }
        void fail(const Error &error) override { m_result = failure(error); }
        Task completion(const std::optional<Error> &commitError) override
        {
            if (commitError && (!m_result || m_result->has_value()))
                m_result = failure(*commitError);
            return m_done.bind(std::move(*m_result));
        }
        [[nodiscard]] Loop *loop() const override { return m_done.loop(); }

    private:
        Work m_work;
        Completion<T> m_done;
        std::optional<Result<T>> m_result;
    };

    void enqueueWrite(const WorkOf &of, std::unique_ptr<StoreJob> job);
    void enqueueRead(const WorkOf &of, std::unique_ptr<StoreJob> job);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Server
