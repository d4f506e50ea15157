// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QStringList>

#include <chrono>

namespace Tertulia::Server {

/// How the store works. Every limit has a default and a unit.
struct StoreSettings
{
    /// The SQLite file; its folder must exist.
    QString path;
    /// Threads that answer reads.
    int readerThreads = 2;
    /// Units of work that may wait, for writes and for reads each; above it the answer is Unavailable.
    int queueLimit = 20'000;
    /// Of these, units of one person in each lane; above it the answer is RateLimited.
    int queueLimitPerPerson = 1'000;
    /// Units of work in one commit at most.
    int batchLimit = 1'000;
    /// SQLite page caches, KiB for each connection. The operating system's cache serves the rest.
    int writerCacheKiB = 4'096;
    int readerCacheKiB = 1'024;
    /// How long a connection waits for another process's lock (tertulia-ctl).
    std::chrono::milliseconds busyTimeout{5'000};
    /// WAL frames (4 KiB each) after which an idle writer copies them into the database …
    int idleCheckpointFrames = 1'000;
    /// … and after which it does so between two batches.
    int busyCheckpointFrames = 8'000;
    /// After a failed commit (disk full …): how often the writer tries again.
    std::chrono::milliseconds retryInterval{2'000};
    /// Keeps the clean-shutdown flag and checks the whole file after an unclean end. Off for tools that work beside
    /// a running server.
    bool isOwner = true;
    /// Who outside this process is told of what is committed, by name: for each, events are kept in the outbox until
    /// it has them (OutboxStore, OutboxRelay). Empty: nothing is kept; people's connections need none, they sync.
    QStringList consumers;
    /// Null: the system's clock. Must outlive the store.
    const Clock *clock = nullptr;
};

} // namespace Tertulia::Server
