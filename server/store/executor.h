// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/completion.h"
#include "store/storesettings.h"
#include "store/transaction.h"

#include <memory>

namespace Tertulia::Server {

/// Runs units of work on the store's threads: one writer (group commit: all queued units run each in its own savepoint
/// of one transaction, one commit with synchronous=FULL, then their completions are handed over, one post per loop) and
/// a few readers. Thread-safe. Nothing that was completed successfully is ever lost; a unit that fails rolls back
/// alone.
class Executor
{
public:
    /// Called on the writer thread after each commit, before the completions leave, with what the units recorded in
    /// order of execution.
    using EventSink = std::function<void(const std::vector<DomainEvent> &)>;

    explicit Executor(StoreSettings settings);
    ~Executor(); ///< finishes what is queued, closes cleanly

    /// Opens, migrates, starts the threads. Refuses a schema that is newer than this program.
    [[nodiscard]] Result<void> start(EventSink sink);

    /// `work` is `Result<T>(Transaction &)`. Answers Unavailable when the disk is full or the queue is over its limit.
    template <class T, class Work> void write(Work work, Completion<T> done)
    {
        enqueueWrite(std::make_unique<TypedJob<T, Work, Transaction>>(std::move(work), std::move(done)));
    }
    /// `work` is `Result<T>(ReadTransaction &)`: a consistent snapshot.
    template <class T, class Work> void read(Work work, Completion<T> done)
    {
        enqueueRead(std::make_unique<TypedJob<T, Work, ReadTransaction>>(std::move(work), std::move(done)));
    }

    /// False with a reason while the store cannot write (disk full …); reads go on.
    [[nodiscard]] Result<void> writable() const;

    /// One queued unit of work.
    class Job
    {
    public:
        virtual ~Job() = default;
        /// False: failed, roll back this unit.
        virtual bool run(ReadTransaction &transaction) = 0;
        /// After the commit (or the rollback): the handler with its result. @param commitError overrides a success.
        virtual Task completion(const std::optional<Error> &commitError) = 0;
        [[nodiscard]] virtual Loop *loop() const = 0;
    };

private:
    template <class T, class Work, class Tx> class TypedJob final : public Job
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

    void enqueueWrite(std::unique_ptr<Job> job);
    void enqueueRead(std::unique_ptr<Job> job);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Server
