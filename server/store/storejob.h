// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/loop.h"
#include "base/result.h"
#include "store/transaction.h"

#include <memory>
#include <vector>

namespace Tertulia::Server {

/// How urgent a unit of work is.
enum class Lane : quint8 {
    Interactive, ///< somebody looks at it and waits
    Bulk, ///< costly by nature, and bounded: searches, filtered lists
    Housekeeping ///< nobody waits
};

/// One unit of work on its way through the executor.
class StoreJob
{
public:
    StoreJob() = default;
    StoreJob(const StoreJob &) = delete;
    StoreJob &operator=(const StoreJob &) = delete;
    virtual ~StoreJob() = default;

    /// False: failed, roll back this unit.
    virtual bool run(ReadTransaction &transaction) = 0;
    /// Replaces whatever the unit returned.
    virtual void fail(const Error &error) = 0;
    /// After the commit (or the rollback): the handler with its result. @param commitError overrides a success.
    virtual Task completion(const std::optional<Error> &commitError) = 0;
    [[nodiscard]] virtual Loop *loop() const = 0;

private:
    friend class WorkQueue;
    std::unique_ptr<StoreJob> m_next; ///< of the same person
    Lane m_lane = Lane::Interactive;
};

using StoreJobs = std::vector<std::unique_ptr<StoreJob>>;

/// Hands over the results: one post for each loop. @param error overrides successes
void deliver(StoreJobs &jobs, const std::optional<Error> &error);
/// Hands over that the unit has not run.
void refuse(std::unique_ptr<StoreJob> job, const Error &error);

} // namespace Tertulia::Server
