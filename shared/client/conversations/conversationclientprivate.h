// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/attendance.h"
#include "client/conversations/conversationclient.h"
#include "client/conversations/conversationfetcher.h"
#include "client/conversations/conversationlist.h"
#include "client/conversations/conversationsync.h"
#include "client/conversations/deletions.h"
#include "client/conversations/marks.h"
#include "client/conversations/messagefetcher.h"
#include "client/conversations/news.h"
#include "client/transport/hubconnection.h"
#include "client/transport/scheduler.h"

#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Client {

/// What ConversationClient holds together: the book of the list, the store and the open timelines, with what reads,
/// sends and syncs beside it. The upper half answers the person (conversationclient.cpp), the lower half takes what the
/// server says (conversationevents.cpp).
class ConversationClient::Private
{
public:
    Private(ConversationClient &owner, const ClientParts &clientParts, const ConversationOptions &wanted);

    void start();
    void stop();
    [[nodiscard]] Timeline *open(const ConversationId &id);
    void close(const ConversationId &id);
    [[nodiscard]] ViewPosition viewPosition(const ConversationId &id) const;
    void setViewPosition(const ConversationId &id, const ViewPosition &position);
    void keepPositions();
    void updateState();
    /// Listens to the typing of the newest conversations and the open ones.
    void join();
    void trimLater();
    void keepAll();

    // What the server says
    void listen();
    void hubChanged(HubConnection::State state);
    void takeMessages(std::vector<Message> messages);
    void takeSync(SyncResult page);
    /// A sync has ended, one way or another: of what it brought, the newest of each conversation is worth telling.
    void tellNews();
    /// The list is read anew, for the server cannot say what changed.
    void beginAnew();
    void takeList(std::vector<Conversation> conversations);
    void keepOnly(const std::unordered_set<ConversationId> &all);
    /// @param mark as in merged(); nothing: how far this client knows it is read
    void takeConversation(Conversation conversation, std::optional<Sequence> mark = {});
    void takeStatus(MessageStatusData status);
    void takeDeleted(ConversationRef deleted);
    /// It is not in this person's list.
    void drop(const ConversationId &id);

    ConversationClient &q;
    const ClientParts parts;
    const ConversationOptions options;
    Scheduler &scheduler;
    ConversationList list;
    Outbox outbox;
    ConversationSync sync;
    ApiMessageFetcher fetcher;
    ConversationFetcher heads;
    Marks marks;
    Deletions deletions;
    Attendance attendance;
    News news;
    std::unordered_map<ConversationId, std::unique_ptr<Timeline>> timelines;
    State state = State::Loading;
    std::optional<Error> error;
    bool isStarted = false;

private:
    void setEnabled(bool isEnabled);
    void load();
    void connectOutbox();
    /// What waits, or waits no more.
    void showPending(const Command &command);
    void refreshPending(const ConversationId &id);
    /// The entry as it will be: what the server says, joined with what only this client knows.
    /// @param mark a count behind a lower one is from before something was read
    [[nodiscard]] ConversationEntry merged(const Conversation &conversation, Sequence mark) const;
    /// Into the store, as they are then. Of what this person has deleted only that it was sent counts.
    [[nodiscard]] std::vector<Message> keep(std::vector<Message> messages);
    void takeIntoList(const Message &message);
    void notify(const Message &message);
    void takeFetched(const Conversation &conversation, Sequence askedAt);
    /// An answer from before our newest message came or changed, as it would be now.
    void bringUpToDate(Conversation &answer, const ConversationEntry &known) const;
    void trim();

    std::unordered_map<ConversationId, std::vector<Message>> m_untold; ///< of conversations that are not known yet
    std::unordered_map<ConversationId, ViewPosition> m_positions; ///< not in the store yet
    Alarm m_positionAlarm;
    Alarm m_trimAlarm;
};

} // namespace Tertulia::Client
