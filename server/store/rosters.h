// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/roster.h"

#include <list>
#include <unordered_map>

namespace Tertulia::Server {

/// The rosters of the groups that were written to lately, of one connection to the database: so that a message to a
/// group does not read its members. A roster says of which membership it is (conversations.membership, a number that is
/// never used twice), so one that is out of date, or of a change that was undone, is never taken. What it says of a
/// member's marks is told by the functions that write them; a unit that is undone leaves it a little ahead until the
/// next mark, so all are forgotten when a batch is. The connection's thread only.
class Rosters
{
public:
    /// @param limit members of all rosters together; about 40 bytes each
    explicit Rosters(size_t limit = 1'000'000)
        : m_limit(limit)
    {
    }

    /// Null when it is not here or of another membership.
    [[nodiscard]] std::shared_ptr<Roster> find(qint64 conversation, qint64 membership);
    /// In place of any other of this conversation; those that were not asked for the longest time go.
    void keep(qint64 conversation, qint64 membership, std::shared_ptr<Roster> roster);
    /// The member as the roster has it, whatever its membership; null when there is none.
    [[nodiscard]] Roster::Entry *entry(qint64 conversation, const UserId &user);
    void clear();
    [[nodiscard]] size_t memberCount() const { return m_members; }

private:
    struct Kept
    {
        qint64 conversation = 0, membership = 0;
        std::shared_ptr<Roster> roster;
    };
    using Order = std::list<Kept>;
    void remove(Order::iterator kept);

    size_t m_limit;
    size_t m_members = 0;
    Order m_order; ///< the one asked for last is first
    std::unordered_map<qint64, Order::iterator> m_places;
};

} // namespace Tertulia::Server
