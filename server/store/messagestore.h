// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/conversationstore.h"

namespace Tertulia::Server {

/// A message as it lies in the store: without the sender's card, the recipient and the status, which depend on members.
struct StoredMessage
{
    ConversationNumber conversation = 0;
    Message message;
};

struct MessageHead
{
    MessageId id;
    Sequence sequence = 0;
    UserId sender;
    Timestamp createdAt;
};

enum class ReceiptKind : quint8 { Delivered, Read };

/// Rows of messages and receipts. Functions on a unit of work; no rules.
namespace MessageStore {

/// Puts the message behind the last one of its conversation. What the store's row says counts, not what was read
/// before: from it the message has its sequence, its revision and its date, which is at least message.createdAt and
/// later than the last one's. False: the sender has used this clientMessageId before; nothing was written.
[[nodiscard]] bool append(Transaction &tx, ConversationRow &conversation, Message &message, ChangeNumber change);

[[nodiscard]] std::optional<StoredMessage> find(ReadTransaction &tx, MessageId id);
[[nodiscard]] std::optional<StoredMessage> findByClientId(ReadTransaction &tx, UserId sender,
                                                          const QString &clientMessageId);
/// Where a message is, without its text.
struct Place
{
    ConversationNumber conversation = 0;
    Sequence sequence = 0;
};
[[nodiscard]] std::optional<Place> place(ReadTransaction &tx, MessageId id);

/// A message is other than it was: from now on it has `revision`, and sync knows of it.
void touch(Transaction &tx, ConversationNumber conversation, Sequence sequence, Revision revision, ChangeNumber change);
/// One that was touched after it was sent.
struct Touched
{
    ChangeNumber at = 0;
    Sequence sequence = 0;
};
/// Those touched after `from` (in the order of both its members) with a sequence up to `known`, rising; at most
/// `count`.
[[nodiscard]] std::vector<Touched> touchedSince(ReadTransaction &tx, ConversationNumber conversation, Touched from,
                                                Sequence known, int count);
/// How the person reacts to the message; nothing: no more. False: it was so before, nothing was written.
[[nodiscard]] bool setReaction(Transaction &tx, ConversationNumber conversation, Sequence sequence, UserId user,
                               const std::optional<QString> &reaction, Timestamp now);

/// Messages with first <= sequence <= last, rising, with their reactions.
[[nodiscard]] std::vector<Message> range(ReadTransaction &tx, const ConversationRow &conversation, Sequence first,
                                         Sequence last);
[[nodiscard]] std::optional<LastMessage> last(ReadTransaction &tx, const ConversationRow &conversation);
/// The same for each of several, in one statement.
[[nodiscard]] std::vector<std::optional<LastMessage>> last(ReadTransaction &tx,
                                                           const std::vector<ConversationRow> &conversations);
/// The same without the text, for after < sequence <= through.
[[nodiscard]] std::vector<MessageHead> heads(ReadTransaction &tx, ConversationNumber conversation, Sequence after,
                                             Sequence through);
/// How many members, without each message's sender, have received and read it: one walk over all members.
struct Reach
{
    int delivered = 0, read = 0;
};
[[nodiscard]] std::vector<Reach> reachOf(ReadTransaction &tx, ConversationNumber conversation,
                                         const std::vector<MessageHead> &heads);
[[nodiscard]] qint64 countOf(ReadTransaction &tx, ConversationNumber conversation, UserId sender, Sequence after);

/// The last sequence whose message is older than `time` (times rise with the sequence); 0 if none.
[[nodiscard]] Sequence lastBefore(ReadTransaction &tx, const ConversationRow &conversation, Timestamp time);
/// The last sequence stored up to `change`; 0 if none.
[[nodiscard]] Sequence lastUpTo(ReadTransaction &tx, const ConversationRow &conversation, ChangeNumber change);

/// The steps that a member's mark has taken over `from` and later sequences, rising, up to the first that reaches
/// `through`. The present step is not among them: that is the Mark itself.
[[nodiscard]] std::vector<Mark> receiptSteps(ReadTransaction &tx, qint64 memberKey, ReceiptKind kind, Sequence from,
                                             Sequence through);
/// How far the mark was at `change`, at least.
[[nodiscard]] Sequence receiptAt(ReadTransaction &tx, qint64 memberKey, ReceiptKind kind, ChangeNumber change);
void addReceipt(Transaction &tx, qint64 memberKey, ReceiptKind kind, const Mark &step);

} // namespace MessageStore

} // namespace Tertulia::Server
