// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/storetrouble.h"
#include "sqlite/connection.h"
#include "sqlite/rows.h"
#include "sqlite/transaction.h"

#include <functional>
#include <memory>

namespace Tertulia::Client {

/// The connection of a client's store. What it holds is a copy or of this machine only: where a statement fails (the
/// disk is full, the file was damaged) that is logged, reads give nothing, and the client lives on without. What it
/// means for the file is told by trouble().
class CacheDatabase : public SqliteConnection
{
public:
    [[nodiscard]] static Result<std::unique_ptr<CacheDatabase>> open(const QString &path, int cacheKiB);

    /// Closes the file, with no statement in use.
    void close();
    /// Another file in place of the one before.
    [[nodiscard]] Result<void> reopen(const QString &path);

    /// The worst since forgetTrouble().
    [[nodiscard]] StoreTrouble trouble() const { return m_trouble; }
    void forgetTrouble();
    /// Called within the failing statement each time when trouble() gets worse; it does nothing with the database.
    void setTroubleHandler(std::function<void()> handler) { m_troubleHandler = std::move(handler); }
    /// Grows when something that was written is not in the file after all: then what was remembered of rows is wrong.
    [[nodiscard]] int rollbacks() const { return m_rollbacks; }

private:
    CacheDatabase() = default;
    Error failed(const SqliteFailure &failure) override;
    void transactionLost() override { ++m_rollbacks; }

    int m_rollbacks = 0;
    int m_lastFailure = 0; ///< code; the same one is logged once
    StoreTrouble m_trouble = StoreTrouble::None;
    std::function<void()> m_troubleHandler;
};

} // namespace Tertulia::Client
