// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"

#include <unordered_map>
#include <vector>

namespace Tertulia::Client {

class CacheDatabase;

/// The conversations of the list, and what exists of them here only.
class ConversationCache
{
public:
    explicit ConversationCache(CacheDatabase &database)
        : m_database(database)
    {
    }

    /// All, newest first, without what is pending.
    [[nodiscard]] std::vector<ConversationEntry> all();
    /// Also one that is not in the list yet, of which only what exists here is known.
    [[nodiscard]] std::optional<ConversationEntry> find(const ConversationId &id);
    /// Inserts or replaces what the server says, without who is online; draft, position and marks stay. Of people it
    /// keeps the ids: who they are, the directory says. Where more is hidden than before, its messages go. The one way
    /// for a conversation into the store: whatever else is said of one that is not there (it was deleted meanwhile) is
    /// left out, here and in MessageCache.
    void save(const Conversation &conversation);
    /// With its messages, draft and position.
    void remove(const ConversationId &id);

    /// With the cursor's place in it; of no meaning when the text is empty.
    void setDraft(const ConversationId &id, const QString &text, int cursor);
    [[nodiscard]] std::optional<int> draftCursor(const ConversationId &id);
    /// Read here up to this message; the server does not know yet. Never goes back.
    void setReadThrough(const ConversationId &id, Sequence sequence, const MessageId &message);
    /// Marks as the server said them: they are there at least.
    void raiseMarks(const ConversationId &id, Sequence readThrough, const RecipientMarks &others);
    /// Of all conversations, and how far they are hidden: the server counts anew.
    void forgetMarks();
    [[nodiscard]] ViewPosition viewPosition(const ConversationId &id);
    void setViewPosition(const ConversationId &id, const ViewPosition &position);
    /// It was opened: its messages are the last to go.
    void touch(const ConversationId &id, Timestamp now);
    /// Where history begins, once the server has said that there is nothing before it; 0 = not known.
    [[nodiscard]] Sequence historyStart(const ConversationId &id);
    void setHistoryStart(const ConversationId &id, Sequence sequence);
    /// A read mark the server has not been told. The message is kept with it: what stands there later may be another.
    struct UnsentMark
    {
        ConversationId conversation;
        Sequence sequence = 0;
        MessageId message; ///< null: nobody knows
    };
    [[nodiscard]] std::vector<UnsentMark> unsentReadMarks();
    [[nodiscard]] bool isReadMarkUnsent(const ConversationId &id);
    /// The server was told.
    void setReadMarkSent(const ConversationId &id, Sequence sequence);

    /// What is asked for with every message.
    struct Place
    {
        qint64 number = 0; ///< the small number that stands for it in the tables; 0 = unknown
        Sequence hiddenThrough = 0; ///< messages up to here were deleted
    };
    [[nodiscard]] Place placeOf(const ConversationId &id);
    [[nodiscard]] qint64 numberOf(const ConversationId &id) { return placeOf(id).number; }

private:
    [[nodiscard]] Place madePlace(const ConversationId &id);

    CacheDatabase &m_database;
    std::unordered_map<ConversationId, Place> m_places;
    int m_rollbacks = 0; ///< of the database, when m_places was true
};

} // namespace Tertulia::Client
