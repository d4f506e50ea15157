// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

#include <algorithm>
#include <atomic>
#include <compare>
#include <memory>
#include <optional>
#include <vector>

namespace Tertulia::Server {

/// A group up to this size is read whole where its members' marks make the statuses of its messages. In a larger one
/// nothing that is done for a message reads, copies or sends all members.
inline constexpr int smallGroup = 64;

/// What somebody has not read, and behind which marks it was counted: a number alone would not say whether it is from
/// before or after a read, or a deletion.
struct Unread
{
    int count = 0;
    Sequence readThrough = 0;
    Sequence hiddenThrough = 0;

    friend auto operator<=>(const Unread &, const Unread &) = default;
};

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

        std::atomic<Sequence> readThrough = 0;
        std::atomic<Sequence> lastSent = 0; ///< the member's own newest message since the roster was made

        /// Of messages up to this sequence. Nothing while a later one of the member's own is counted already, whose
        /// event is behind this one and says all.
        [[nodiscard]] std::optional<Unread> unread(Sequence last) const
        {
            // The mark first: note() sets it last, so a count is never from before the mark that it comes with.
            const Sequence mark = readThrough.load(std::memory_order_acquire);
            const Sequence rest = last - counted.load(std::memory_order_acquire);
            if (lastSent.load(std::memory_order_relaxed) > last)
                return std::nullopt;
            return Unread{.count = int(std::max<Sequence>(0, rest)),
                          .readThrough = mark,
                          .hiddenThrough = hiddenThrough.load(std::memory_order_relaxed)};
        }
        void note(Sequence hidden, Sequence read, Sequence ownBehind)
        {
            hiddenThrough.store(hidden, std::memory_order_relaxed);
            counted.store(std::max(hidden, read) + ownBehind, std::memory_order_release);
            readThrough.store(read, std::memory_order_release);
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
