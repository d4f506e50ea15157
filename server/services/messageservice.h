// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chat.h"
#include "protocol/receipts.h"
#include "services/actor.h"
#include "services/chatsettings.h"
#include "store/transaction.h"

#include <variant>

namespace Tertulia::Server {

struct ConversationRow;

struct SentMessage
{
    Message message;
    bool created = true; ///< false: a repeat of an earlier send; `message` is the first one (200 instead of 201)
};

/// A time, or a message of the conversation.
using HistoryBound = std::variant<Timestamp, MessageId>;

struct HistoryQuery
{
    QString conversationId;
    PageRequest page; ///< more than the limit is cut to it
    std::optional<HistoryBound> before, after; ///< exclusive
};

/// Sending, reading and marking messages; the one place for both REST and hubs. Plain functions in a unit of work.
/// Ids that do not parse, and conversations and messages the actor is not part of, are NotFound.
class MessageService
{
public:
    MessageService(const Clock &clock, ChatSettings settings)
        : m_clock(clock)
        , m_settings(settings)
    {
    }

    /// Stores a text and records MessageChanged. Creates the direct conversation if there is none. The same
    /// clientMessageId of the same sender gives the first result again, and Conflict when it says something else
    /// (docs/decisions/0035).
    [[nodiscard]] Result<SentMessage> send(Transaction &tx, const Actor &actor,
                                           const SendMessageRequest &request) const;

    /// The text as it will be stored, when nothing in the request itself is wrong; Invalid with every field at fault.
    [[nodiscard]] Result<QString> contentOf(const SendMessageRequest &request) const;

    /// How the actor reacts to a message, instead of how they did before; nothing: no more. The message as it is then;
    /// what says nothing new changes nothing. A text of at most `reactionBytes`, else Invalid.
    [[nodiscard]] Result<Message> react(Transaction &tx, const Actor &actor, QStringView messageId,
                                        const std::optional<QString> &reaction) const;
    /// What is wrong with the text of a reaction, without a look at the store.
    [[nodiscard]] static Result<void> checkReaction(const QString &reaction);

    [[nodiscard]] Result<MessagePage> history(ReadTransaction &tx, const Actor &actor, const HistoryQuery &query) const;
    [[nodiscard]] Result<Message> message(ReadTransaction &tx, const Actor &actor, QStringView messageId) const;
    /// Who has got and who has read it, for all who may see it; at most the latest `receiptsLimit` of each.
    [[nodiscard]] Result<MessageReceipts> receipts(ReadTransaction &tx, const Actor &actor,
                                                   QStringView messageId) const;
    [[nodiscard]] Result<UnreadCount> unreadCount(ReadTransaction &tx, const Actor &actor) const;

    /// POST messages/{id}/read (contract.md 13.10). `ids` absent: the message and everything older in its conversation;
    /// empty: the whole conversation; else these and `messageId`, where foreign or unknown ids do not matter. The
    /// answer names what changed, in other conversations too. Marks are one line through a conversation:
    /// reading a message reads what is older.
    [[nodiscard]] Result<MarkReadResult> markRead(Transaction &tx, const Actor &actor, QStringView messageId,
                                                  const std::optional<QStringList> &ids) const;
    /// The same for delivery; it never lowers a status.
    [[nodiscard]] Result<MarkDeliveredResult> markDelivered(Transaction &tx, const Actor &actor, QStringView messageId,
                                                            const std::optional<QStringList> &ids) const;

    /// The hub's MarkAsRead(conversationId, messageIds|null); null or empty: the whole conversation. Also
    /// POST conversations/{id}/read.
    [[nodiscard]] Result<MarkReadResult> markConversationRead(Transaction &tx, const Actor &actor,
                                                              QStringView conversationId,
                                                              const std::optional<QStringList> &ids = {}) const;
    /// The hub's MarkAsDelivered(messageIds), over any number of conversations.
    [[nodiscard]] Result<void> markDelivered(Transaction &tx, const Actor &actor, const QStringList &messageIds) const;
    /// For the fan-out, see DeliveryTracker: `from` … `through` reached a connection of `user`, at that time. Silent
    /// when there is nothing to do, or when others wrote something before `from` that has not reached the person: the
    /// mark is a line.
    void markDelivered(Transaction &tx, UserId user, ConversationId conversation, Sequence from, Sequence through,
                       Timestamp at) const;

private:
    struct Draft;
    /// Of a message or a time: the last sequence before it, and the last that is not after it.
    struct Boundary
    {
        Sequence below = 0, through = 0;
    };

    [[nodiscard]] Result<Draft> check(const Actor &actor, const SendMessageRequest &request) const;
    [[nodiscard]] static std::optional<Result<SentMessage>> repeated(ReadTransaction &tx, const Actor &actor,
                                                                     const Draft &draft);
    [[nodiscard]] Result<ConversationRow> target(Transaction &tx, const Actor &actor, const Draft &draft) const;
    [[nodiscard]] Result<SentMessage> store(Transaction &tx, const Actor &actor, const Draft &draft,
                                            ConversationRow &conversation) const;
    [[nodiscard]] static Result<Boundary> boundary(ReadTransaction &tx, const ConversationRow &conversation,
                                                   const HistoryBound &bound);

    const Clock &m_clock;
    ChatSettings m_settings;
};

} // namespace Tertulia::Server
