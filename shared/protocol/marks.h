// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

namespace Tertulia {

/// How far those have come in a conversation whom a message is for: the least advanced of them, by each mark. A mark is
/// one line through the conversation, by sequence, and only goes forward; 0: nowhere.
struct RecipientMarks
{
    Sequence delivered = 0, read = 0;

    friend bool operator==(const RecipientMarks &, const RecipientMarks &) = default;
};

/// The status of a message (contract.md 4.1) whose recipients have come so far: on the wire and in every client this is
/// the one thing that makes it. What is read has been delivered.
[[nodiscard]] constexpr MessageStatus statusAt(Sequence sequence, const RecipientMarks &marks)
{
    if (sequence <= marks.read)
        return MessageStatus::Read;
    return sequence <= marks.delivered ? MessageStatus::Delivered : MessageStatus::Sent;
}

} // namespace Tertulia
