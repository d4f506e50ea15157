// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chat.h"
#include "protocol/paging.h"
#include "services/actor.h"
#include "services/chatsettings.h"
#include "store/transaction.h"

namespace Tertulia::Server {

struct ConversationQuery
{
    PageRequest page; ///< more than the limit is cut to it
    std::optional<ConversationType> type;
    QString search; ///< part of the other person's name or username; empty: all
    bool includeArchived = false;

    [[nodiscard]] bool isFiltered() const { return type || !search.isEmpty(); }
};

struct ConversationPage
{
    std::vector<Conversation> conversations; ///< newest updatedAt first; presence is not filled in
    Pagination pagination;
};

struct OpenedConversation
{
    Conversation conversation;
    bool created = false;
};

struct Membership
{
    ConversationId conversation;
    ConversationType type = ConversationType::Direct;
};

/// Conversations as their members see them. Plain functions in a unit of work. A conversation that the actor is not in
/// is NotFound. `isOnline` and `lastSeenAt` come from PresenceRegistry::fill.
class ConversationService
{
public:
    ConversationService(const Clock &clock, ChatSettings settings)
        : m_clock(clock)
        , m_settings(settings)
    {
    }

    [[nodiscard]] Result<void> checkSearch(const QString &term) const;
    [[nodiscard]] Result<ConversationPage> list(ReadTransaction &tx, const Actor &actor,
                                                const ConversationQuery &query) const;
    [[nodiscard]] Result<Conversation> conversation(ReadTransaction &tx, const Actor &actor,
                                                    QStringView conversationId) const;
    /// Who is in it: for joining, typing and signalling.
    [[nodiscard]] Result<Membership> membership(ReadTransaction &tx, const Actor &actor,
                                                QStringView conversationId) const;

    /// The direct conversation with `recipientId`, made when there is none; it shows in the actor's list only, until
    /// a message comes.
    [[nodiscard]] Result<OpenedConversation> openDirect(Transaction &tx, const Actor &actor,
                                                        QStringView recipientId) const;
    /// Hides the conversation and its history for the actor alone; a new message brings it back empty.
    [[nodiscard]] Result<ConversationRef> remove(Transaction &tx, const Actor &actor, QStringView conversationId) const;
    /// Direct conversations cannot be left: Invalid.
    [[nodiscard]] Result<ConversationRef> leave(Transaction &tx, const Actor &actor, QStringView conversationId) const;

private:
    const Clock &m_clock;
    ChatSettings m_settings;
};

} // namespace Tertulia::Server
