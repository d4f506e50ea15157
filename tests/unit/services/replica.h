// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chatstage.h"

#include <map>

namespace Tertulia::Test {

/// What a client knows: it applies pages of sync and nothing else.
struct Replica
{
    std::map<ConversationId, Conversation> conversations;
    std::map<std::pair<ConversationId, Sequence>, Message> messages;
    std::optional<QString> cursor;
    int received = 0;

    void apply(const SyncResult &page)
    {
        for (const ConversationId &id : page.deletedConversationIds) {
            conversations.erase(id);
            std::erase_if(messages, [&](const auto &entry) { return entry.first.first == id; });
        }
        for (const Conversation &conversation : page.conversations)
            conversations.insert_or_assign(conversation.id, conversation);
        for (const Message &message : page.messages) {
            take(message);
            ++received;
        }
        for (const MessageStatusData &status : page.statuses) {
            for (auto &[key, message] : messages) {
                if (message.id != status.messageId)
                    continue;
                message.status = status.status;
                message.deliveredAt = status.deliveredAt;
                message.readAt = status.readAt;
            }
        }
        cursor = page.cursor;
    }
    /// The higher revision wins.
    void take(const Message &message)
    {
        Message &known = messages[{message.conversationId, message.sequence}];
        if (message.revision >= known.revision)
            known = message;
    }
    /// Until there is no more. Returns the number of pages.
    int catchUp(ChatStage &stage, const Actor &who, std::optional<qint64> take = {})
    {
        for (int pages = 1;; ++pages) {
            const auto page = stage.sync(who, cursor, take);
            if (!page)
                qFatal("%s", qUtf8Printable(page.error().message));
            apply(*page);
            if (!page->hasMore)
                return pages;
        }
    }
};

/// True if the replica is what fetching everything gives. Events tell of statuses, and of marks not all: a mark that
/// moves with its member's own message is no status.
inline bool equalsTheServer(ChatStage &stage, const Actor &who, const Replica &replica, bool knowsMarks = true)
{
    const auto list = stage.list(who, {.page = {.skip = 0, .take = 100}, .type = {}, .search = {}});
    if (list->conversations.size() != replica.conversations.size())
        return false;
    size_t count = 0;
    for (const Conversation &conversation : list->conversations) {
        const auto known = replica.conversations.find(conversation.id);
        if (known == replica.conversations.end())
            return false;
        if (knowsMarks ? known->second != conversation
                       : withoutOthersMarks(known->second) != withoutOthersMarks(conversation))
            return false;
        for (int skip = 0;; skip += 100) {
            const auto page = stage.history(who, conversation.id, {.skip = skip, .take = 100});
            for (const Message &message : page->messages) {
                const auto mine = replica.messages.find({conversation.id, message.sequence});
                if (mine == replica.messages.end() || !(mine->second == message))
                    return false;
                ++count;
            }
            if (!page->pagination.hasMore)
                break;
        }
    }
    return count == replica.messages.size();
}

} // namespace Tertulia::Test
