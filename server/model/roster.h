// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

#include <atomic>
#include <memory>
#include <vector>

namespace Tertulia::Server {

/// A group up to this size is read whole where its members' marks make the statuses of its messages. In a larger one
/// nothing that is done for a message reads, copies or sends all members.
inline constexpr int smallGroup = 64;

/// Who is in a group, as ids, with the little of each member that whoever tells them of a message must know. Shared by
/// all that is told of the group, so that a message costs no copy of it. Who is in it never changes (another roster
/// comes instead, see Rosters); the numbers move along with the members' marks. Any thread may read.
class Roster
{
public:
    struct Entry
    {
        UserId user;
        /// Sequences up to here are gone for this member.
        std::atomic<Sequence> hiddenThrough = 0;
        /// The conversation's last sequence, less this, is what the member has not read.
        std::atomic<Sequence> counted = 0;

        [[nodiscard]] int unread(Sequence last) const
        {
            return int(std::max<Sequence>(0, last - counted.load(std::memory_order_relaxed)));
        }
    };

    explicit Roster(size_t size)
        : m_entries(std::make_unique<Entry[]>(size))
        , m_size(size)
    {
    }

    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] bool isSmall() const { return m_size <= size_t(smallGroup); }
    [[nodiscard]] Entry *begin() { return m_entries.get(); }
    [[nodiscard]] Entry *end() { return m_entries.get() + m_size; }
    [[nodiscard]] const Entry *begin() const { return m_entries.get(); }
    [[nodiscard]] const Entry *end() const { return m_entries.get() + m_size; }

    /// Null: not a member. Entries are in the order of their users.
    [[nodiscard]] const Entry *find(const UserId &user) const;
    [[nodiscard]] Entry *find(const UserId &user)
    {
        return const_cast<Entry *>(const_cast<const Roster *>(this)->find(user));
    }

private:
    std::unique_ptr<Entry[]> m_entries;
    size_t m_size;
};

} // namespace Tertulia::Server
