// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "viewmodels/timeline/rowsinsight.h"

namespace Tertulia::Client {
class Timeline;
}

namespace Tertulia::ViewModels {

/// What of a timeline has been in sight. A conversation is read up to one message, so the mark moves only over what was
/// seen without a gap: who goes to the latest leaves what lies between unread (decision 109).
class SeenMessages
{
public:
    /// The timeline outlives it, or is not asked for any more. `readThrough`: what was read before.
    SeenMessages(const Client::Timeline &timeline, const UserId &self, Sequence readThrough);

    /// True: the mark moved.
    bool see(const RowsInSight &rows);
    /// Everything up to this message counts as seen: read on another device, or said to be read. True: the mark moved.
    bool seeThrough(Sequence sequence);
    /// The person went to the latest message: what is out of sight now need not come into sight as it arrives.
    void pass();

    [[nodiscard]] Sequence through() const { return m_through; } ///< up to here all has been in sight
    /// The first message of others behind it, or where it must be when it is not loaded; 0: none.
    [[nodiscard]] Sequence next() const;
    /// Messages of others behind it; those that are not loaded are all counted.
    [[nodiscard]] int count() const;
    /// The row of the first message of others behind all that was ever in sight, -1: none.
    [[nodiscard]] int arrivedRow() const;

private:
    [[nodiscard]] bool isOfOthers(int row) const;
    /// The row above which those after a message stand: its own, the nearest older one's, or the end.
    [[nodiscard]] int rowsAfter(Sequence sequence) const;
    [[nodiscard]] Sequence sequenceAt(int row) const;
    [[nodiscard]] Sequence newest() const; ///< loaded; 0: none

    const Client::Timeline &m_timeline;
    const UserId m_self;
    Sequence m_through;
    Sequence m_passed; ///< the newest that has been in sight
};

} // namespace Tertulia::ViewModels
