// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace Tertulia::Server {

/// The rules of chat that an administrator may change (contract.md section 12).
struct ChatSettings
{
    int contentLimit = 5'000; ///< characters (Unicode code points) of a message
    int clientMessageIdLimit = 128; ///< characters
    int pageDefault = 50; ///< entries of a page when the caller names no number
    int pageLimit = 100; ///< entries of a page at most; a larger wish is cut to it
    int syncDefault = 200; ///< messages of one sync page
    int syncLimit = 500;
    int idListLimit = 500; ///< message ids in one read or delivered request
    int receiptsLimit = 256; ///< people named in the receipts of one message, of each kind the latest
    int searchLimit = 200; ///< characters of a search term
    int offlineMessages = 200; ///< missed messages in one OfflineMessages
    std::chrono::milliseconds offlineDelay{10'000}; ///< a person is offline so long after the last connection
    std::chrono::milliseconds typingInterval{2'000}; ///< typing is relayed once in it for each person and conversation
    int typingConversations = 20; ///< that one person types in at the same time
    int sendsPer10Seconds = 30;
    int sendsPerMinute = 120;
    // Requests of one person; see PersonLimits.
    int searchesPer10Seconds = 30;
    int listsPer10Seconds = 500;
    int historyPer10Seconds = 500;
    int changesPer10Seconds = 30;
    int opensPerMinute = 60;
    int opensPerDay = 1'000;
};

} // namespace Tertulia::Server
