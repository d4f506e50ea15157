// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

#include <vector>

namespace Tertulia::Client {

class ConversationCache;
class CacheDatabase;

/// The messages that were seen, by conversation and sequence; there may be gaps. Of their senders it has the ids: who
/// they are, the directory says. Statuses are not among what is kept: they follow from the marks of the conversation
/// (ConversationCache), and of all messages here it is Sent.
class MessageCache
{
public:
    MessageCache(CacheDatabase &database, ConversationCache &conversations);

    /// Merges each with what is there (mergeMessage). One transaction. Returns them as they are now; those of
    /// conversations that ConversationCache does not have, which are left out, as they came. Hidden ones are neither
    /// kept nor returned: nobody may take in what did not come through here.
    std::vector<Message> save(std::vector<Message> messages);
    /// The same of one, which is returned as it came when it is left out.
    Message save(Message message);
    /// It was deleted with its conversation (Conversation::hiddenThrough).
    [[nodiscard]] bool isHidden(const Message &message);
    void remove(const MessageId &id);
    void removeAll(const ConversationId &conversation);
    /// Of all conversations.
    void removeAll();

    /// At most `limit` with a sequence below `before`, newest first.
    [[nodiscard]] std::vector<Message> before(const ConversationId &conversation, Sequence before, int limit);
    /// At most `limit` with a sequence above `after`, oldest first.
    [[nodiscard]] std::vector<Message> after(const ConversationId &conversation, Sequence after, int limit);
    [[nodiscard]] std::optional<Message> find(const MessageId &id);
    [[nodiscard]] std::optional<Message> at(const ConversationId &conversation, Sequence sequence);
    [[nodiscard]] Sequence last(const ConversationId &conversation); ///< 0 = none
    /// How many of others there are in (after, upTo]; at most `limit`.
    [[nodiscard]] int countIncoming(const ConversationId &conversation, const UserId &self, Sequence after,
                                    Sequence upTo, int limit);
    /// The `count`th of others above `after`, from the newest; 0 = there are not so many.
    [[nodiscard]] Sequence newestIncoming(const ConversationId &conversation, const UserId &self, Sequence after,
                                          int count);
    [[nodiscard]] qint64 count();

private:
    void write(qint64 conversationNumber, const Message &message);

    CacheDatabase &m_database;
    ConversationCache &m_conversations;
};

/// Whether `incoming` says more than `known`, which is changed to hold both: the one with the higher revision is what
/// the message is, in whatever order they come. When it was delivered and read has no revision: the last word counts.
bool mergeMessage(Message &known, const Message &incoming);

} // namespace Tertulia::Client
