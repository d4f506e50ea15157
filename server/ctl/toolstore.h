// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"
#include "store/database.h"
#include "store/transaction.h"

#include <sys/types.h>

namespace Tertulia::Server::Ctl {

/// The database of a server that may be running: units of work one by one, on this thread.
class ToolStore
{
public:
    /// @param mayCreate makes folder and database where there are none. NotFound without it; Conflict when the schema
    /// is
    ///        not this program's. As root, first becomes the owner of the folder, so that the server can use what is
    ///        made.
    [[nodiscard]] static Result<ToolStore> open(const Config &config, bool mayCreate);

    /// `work` is `Result<T>(Transaction &)`.
    template <class Work> auto write(Work work) -> decltype(work(std::declval<Transaction &>()))
    {
        if (const auto begun = m_database->beginWrite(); !begun)
            return failure(begun.error());
        Transaction unit(*m_database, m_database->lastChange());
        auto result = work(unit);
        (void)unit.endUnit(result.has_value());
        if (auto error = m_database->takeFailure())
            result = failure(*error);
        if (!result)
            m_database->rollback();
        else if (const auto done = m_database->commit(); !done)
            result = failure(done.error());
        return result;
    }

private:
    explicit ToolStore(std::unique_ptr<Database> database)
        : m_database(std::move(database))
    {
    }
    std::unique_ptr<Database> m_database;
};

/// The store's settings for a tool that works beside the server.
[[nodiscard]] StoreSettings toolSettings(const Config &config);

/// See ToolStore::open; does nothing for others than root.
[[nodiscard]] Result<void> becomeOwnerOf(const QString &folder);

/// As root: acts with the rights of somebody else as long as it lives, so that nothing is read for them that they may
/// not read. Does nothing for others than root.
class ActingAs
{
public:
    ActingAs(uid_t user, gid_t group);
    ActingAs(const ActingAs &) = delete;
    ActingAs &operator=(const ActingAs &) = delete;
    ~ActingAs();
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    const bool m_isRoot;
    bool m_isGood = true;
};

} // namespace Tertulia::Server::Ctl
