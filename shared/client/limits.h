// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// What a server may make a client hold. Servers are not trusted: whatever goes beyond is cut or left out.

namespace Tertulia::Client::Limits {

/// Unicode code points of a message that may be sent; the contract's and the server's own default.
constexpr int messageCharacters = 5'000;
/// UTF-16 units of a received text that are kept; servers with a larger limit of their own are shown up to here.
constexpr qsizetype keptText = 64 * 1024;
/// UTF-16 units of a name, a description, an address of a picture.
constexpr qsizetype keptName = 256;
constexpr qsizetype keptDescription = 4 * 1024;
constexpr qsizetype keptUrl = 2 * 1024;
/// UTF-16 units of a client message id; longer ones are not ours.
constexpr qsizetype keptClientMessageId = 128;
constexpr size_t keptParticipants = 1'000;
constexpr size_t keptReactions = 500;
/// Positions beyond it are not believed; exact in a double as well, for QML.
constexpr qint64 maxSequence = qint64(1) << 53;
constexpr qint64 maxRevision = qint64(1) << 53;
/// UTF-16 units of the text that the list shows of a last message.
constexpr qsizetype keptPreview = 300;
constexpr qsizetype keptReaction = 32;
constexpr int unreadCount = 1'000'000;
/// Messages or conversations of one answer that are looked at.
constexpr size_t answerEntries = 1'000;
constexpr size_t answerStatuses = 100'000;
/// People whose cards are kept, in memory and in the store.
constexpr size_t people = 50'000;
/// Conversations that are kept at all.
constexpr int conversations = 20'000;
/// People whose presence is kept.
constexpr qsizetype presences = 20'000;
/// People who are shown typing in one conversation.
constexpr size_t typists = 20;

} // namespace Tertulia::Client::Limits
