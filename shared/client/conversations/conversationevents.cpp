// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says of conversations and messages, by events, by sync and by answers: all of it comes together here
// and may come twice and in any order.
#include "client/conversations/conversationclientprivate.h"

#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/intake.h"
#include "client/limits.h"
#include "protocol/names.h"

#include <algorithm>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// Conversations of which messages are kept until they are there; what comes of more, the next sync brings.
constexpr size_t mostUnknown = 20;
/// Messages of one of them; the timeline fetches the others.
constexpr size_t mostUntold = 100;

/// The mark behind which what is unread was counted. When nothing is, all is read, though what follows the mark is
/// one's own and has not moved it.
Sequence countedBehind(const Conversation &said)
{
    return said.unreadCount == 0 && said.lastMessage ? said.lastMessage->sequence : said.readThrough;
}

Sequence lastOf(const Conversation &conversation)
{
    return conversation.lastMessage ? conversation.lastMessage->sequence : 0;
}

/// Told before our newest message came or changed: what we make of messages is newer.
bool isEarlier(const Conversation &said, const Conversation &known)
{
    return said.revision != known.revision ? said.revision < known.revision : lastOf(said) < lastOf(known);
}

/// The count of unread messages that would be shown may not be what there is: it was made before something was read of
/// which this client knows, or this client's was, and what came after that is not counted.
bool isCountDoubtful(const ConversationEntry &known, const Conversation &said, Sequence mark)
{
    if (said.revision < known.conversation.revision)
        return said.readThrough > known.readThrough() && known.conversation.unreadCount > 0;
    return said.unreadCount > 0 && said.readThrough < mark;
}

} // namespace

void ConversationClient::Private::listen()
{
    HubConnection &hub = parts.chatHub;
    hub.on<Message>(HubEvents::receiveMessage, &q, [this](const Message &message) { takeMessages({message}); });
    hub.on<std::vector<Message>>(HubEvents::offlineMessages, &q,
                                 [this](const std::vector<Message> &messages) { takeMessages(messages); });
    // Whatever has happened to a message, the message itself says how it is now.
    hub.on<MessageReaction>(HubEvents::messageReaction, &q, [this](const MessageReaction &reaction) {
        if (reaction.message)
            takeMessages({*reaction.message});
    });
    hub.on<MessageStatusUpdated>(HubEvents::messageStatusUpdated, &q,
                                 [this](const MessageStatusUpdated &update) { takeStatus(update.data); });
    hub.on<Conversation>(HubEvents::conversationUpdated, &q, [this](const Conversation &conversation) {
        Conversation admitted = conversation;
        admit(admitted);
        if (!admitted.id.isNull())
            takeConversation(admitted);
    });
    hub.on<ConversationRef>(HubEvents::conversationDeleted, &q,
                            [this](const ConversationRef &deleted) { takeDeleted(deleted); });
    QObject::connect(&hub, &HubConnection::stateChanged, &q,
                     [this](HubConnection::State hubState) { hubChanged(hubState); });
}

void ConversationClient::Private::hubChanged(HubConnection::State hubState)
{
    attendance.reset();
    if (!isStarted || hubState != HubConnection::State::Connected)
        return;
    join();
    sync.run();
    marks.flush();
    heads.resume();
}

void ConversationClient::Private::takeMessages(std::vector<Message> messages)
{
    admit(messages);
    std::vector<Message> fresh;
    {
        const SqliteTransaction together = parts.store.transaction();
        parts.directory.take(messages);
        marks.take(messages);
        messages = keep(std::move(messages));
        for (const Message &message : messages) {
            outbox.acknowledge(message);
            if (news.hear(message, list.find(message.conversationId)))
                fresh.push_back(message);
            takeIntoList(message);
        }
    }
    for (const Message &message : messages) {
        if (Timeline *const timeline = q.timeline(message.conversationId))
            timeline->apply(message);
    }
    for (const Message &message : fresh)
        notify(message);
    updateState();
}

std::vector<Message> ConversationClient::Private::keep(std::vector<Message> messages)
{
    for (const Message &message : messages) {
        if (parts.store.messages().isHidden(message))
            outbox.acknowledge(message);
    }
    return parts.store.messages().save(std::move(messages));
}

void ConversationClient::Private::takeIntoList(const Message &message)
{
    const ConversationEntry *const entry = list.find(message.conversationId);
    if (!entry) {
        // It is kept and told of when its conversation is there: by the event that follows, or by what we ask.
        if (m_untold.size() < mostUnknown || m_untold.contains(message.conversationId)) {
            auto &waiting = m_untold[message.conversationId];
            if (waiting.size() < mostUntold)
                waiting.push_back(message);
        }
        heads.fetch(message.conversationId);
        return;
    }
    if (message.sequence < entry->lastSequence())
        return;
    // What is missing comes late or never, and is not counted then; whether it is unread the server knows.
    if (message.sequence > std::max(entry->lastSequence(), entry->conversation.hiddenThrough) + 1)
        heads.fetch(message.conversationId);
    const bool isNew = message.sequence > entry->lastSequence();
    const bool isIncoming = message.senderId != parts.self.id;
    const bool isUnread = isNew && isIncoming && message.sequence > entry->readThrough();
    LastMessage last = lastMessageOf(message);
    if (!isNew && last == *entry->conversation.lastMessage && message.revision <= entry->conversation.revision)
        return;
    list.change(message.conversationId, [&](ConversationEntry &changed) {
        Conversation &conversation = changed.conversation;
        conversation.revision = std::max(conversation.revision, message.revision);
        conversation.lastMessage = std::move(last);
        // Not the later of both: the server's clock may have been ahead, and was set right.
        if (isNew || message.createdAt > conversation.updatedAt)
            conversation.updatedAt = message.createdAt;
        conversation.unreadCount = std::min(conversation.unreadCount + (isUnread ? 1 : 0), Limits::unreadCount);
    });
    parts.store.conversations().save(list.find(message.conversationId)->conversation);
}

void ConversationClient::Private::notify(const Message &message)
{
    const ConversationEntry *const entry = list.find(message.conversationId);
    if (!entry)
        return;
    news.markHeard(message.conversationId, message.sequence);
    if (!entry->conversation.isMuted && message.sequence > entry->readThrough())
        Q_EMIT q.messageReceived(message);
}

void ConversationClient::Private::takeFetched(const Conversation &conversation, Sequence askedAt)
{
    const ConversationEntry *const known = list.find(conversation.id);
    if (!conversation.lastMessage && !known) {
        m_untold.erase(conversation.id); // what was told of it is what was deleted with it
        return;
    }
    if (!conversation.lastMessage && known && known->conversation.lastMessage) {
        std::ignore = deletions.take({conversation.id, conversation.hiddenThrough});
        drop(conversation.id);
        return;
    }
    if (known && known->readThrough() != askedAt) {
        // It may be from before something was read: the next answer, or that to an unsent mark, says it better.
        if (!parts.store.conversations().isReadMarkUnsent(conversation.id))
            heads.fetch(conversation.id);
        return;
    }
    Conversation admitted = conversation;
    admit(admitted);
    if (known && isEarlier(admitted, known->conversation))
        bringUpToDate(admitted, *known);
    // Whatever the server says of marks now, it says knowing of this one.
    takeConversation(std::move(admitted), known ? std::optional<Sequence>(0) : std::nullopt);
}

void ConversationClient::Private::bringUpToDate(Conversation &answer, const ConversationEntry &known) const
{
    answer.unreadCount += parts.store.messages().countIncoming(answer.id, parts.self.id, lastOf(answer),
                                                               known.lastSequence(), Limits::unreadCount);
    answer.unreadCount = std::min(answer.unreadCount, Limits::unreadCount);
    answer.revision = known.conversation.revision;
    answer.lastMessage = known.conversation.lastMessage;
    answer.updatedAt = known.conversation.updatedAt;
}

void ConversationClient::Private::takeSync(SyncResult page)
{
    for (const ConversationId &id : page.deletedConversationIds) {
        const auto back = std::find_if(page.conversations.begin(), page.conversations.end(),
                                       [&id](const Conversation &conversation) { return conversation.id == id; });
        takeDeleted({id, back == page.conversations.end() ? 0 : back->hiddenThrough});
    }
    // Those that are new first: their messages need them in the store. The others after it: their open timelines look
    // there for what is new.
    const auto firstKnown =
        std::stable_partition(page.conversations.begin(), page.conversations.end(),
                              [this](const Conversation &conversation) { return !list.find(conversation.id); });
    std::for_each(page.conversations.begin(), firstKnown,
                  [this](const Conversation &conversation) { takeConversation(conversation); });
    marks.take(page.messages);
    page.messages = keep(std::move(page.messages));
    for (const Message &message : page.messages) {
        outbox.acknowledge(message);
        if (news.hear(message, list.find(message.conversationId)))
            news.keep(message);
    }
    std::for_each(firstKnown, page.conversations.end(),
                  [this](const Conversation &conversation) { takeConversation(conversation); });
    for (const Message &message : page.messages) {
        takeIntoList(message);
        if (Timeline *const timeline = q.timeline(message.conversationId))
            timeline->apply(message);
    }
    for (const MessageStatusData &status : page.statuses)
        takeStatus(status);
    for (const MessageId &id : page.deletedMessageIds) {
        parts.store.messages().remove(id);
        for (const auto &[conversation, timeline] : timelines)
            timeline->removeMessage(id);
    }
    updateState();
}

void ConversationClient::Private::tellNews()
{
    for (const auto &[id, message] : news.takeKept()) {
        const ConversationEntry *const entry = list.find(id);
        if (entry && entry->conversation.unreadCount > 0)
            notify(message);
    }
}

void ConversationClient::Private::beginAnew()
{
    // What changed meanwhile nobody will tell: history is read when it is looked at, and the list says what is so.
    parts.store.messages().removeAll();
    // A server that was restored from a backup counts from where it was then.
    for (int i = 0; i < list.count(); ++i)
        list.change(list.at(i).conversation.id, [](ConversationEntry &entry) { entry.conversation.revision = 0; });
    marks.forget();
    deletions.forget();
    for (const auto &[id, timeline] : timelines)
        timeline->renew();
}

void ConversationClient::Private::takeList(std::vector<Conversation> conversations)
{
    std::erase_if(conversations, [this](Conversation &conversation) { return !deletions.admit(conversation); });
    std::vector<ConversationId> unknown;
    for (const Conversation &conversation : conversations) {
        if (!list.find(conversation.id))
            unknown.push_back(conversation.id);
    }
    if (list.count() == 0 && !conversations.empty()) {
        std::vector<ConversationEntry> entries;
        entries.reserve(conversations.size());
        for (const Conversation &conversation : conversations)
            entries.push_back(merged(conversation, 0));
        list.reset(std::move(entries));
    }
    for (const Conversation &conversation : conversations)
        takeConversation(conversation);
    // What was there before we listened is no news.
    for (const ConversationId &id : unknown) {
        if (const ConversationEntry *const entry = list.find(id))
            news.markHeard(id, entry->lastSequence());
    }
    updateState();
}

void ConversationClient::Private::keepOnly(const std::unordered_set<ConversationId> &all)
{
    std::vector<ConversationId> gone;
    for (int i = 0; i < list.count(); ++i) {
        const ConversationId id = list.at(i).conversation.id;
        if (!all.contains(id))
            gone.push_back(id);
    }
    // The pages of a list that moves while it is read may not have shown all. Each is asked for, unless they are so
    // many that this is another server.
    const bool isSure = gone.size() > mostUnknown;
    for (const ConversationId &id : gone) {
        if (isSure)
            drop(id);
        else
            heads.fetch(id);
    }
}

ConversationEntry ConversationClient::Private::merged(const Conversation &conversation, Sequence mark) const
{
    const ConversationEntry *const known = list.find(conversation.id);
    ConversationEntry entry;
    if (known) {
        entry = *known;
    } else if (auto stored = parts.store.conversations().find(conversation.id)) {
        entry = std::move(*stored);
    }
    if (!known) {
        const auto pending = outbox.pendingOf(conversation.id);
        if (!pending.empty())
            entry.pending = pending.back();
    }
    const Conversation before = std::exchange(entry.conversation, conversation);
    Conversation &now = entry.conversation;
    if (now.participants.empty()) {
        // Only what a message changed of a group: all else is as it was.
        now = before;
        now.revision = conversation.revision;
        now.lastMessage = conversation.lastMessage;
        now.updatedAt = conversation.updatedAt;
        now.unreadCount = conversation.unreadCount;
    }
    now.readThrough = before.readThrough; // marks go their own way
    now.othersDelivered = before.othersDelivered;
    now.othersRead = before.othersRead;
    if (now.lastMessage)
        now.lastMessage->status = MessageStatus::Sent;
    const bool isLate = known && isEarlier(now, before);
    if (isLate) {
        now.revision = before.revision;
        now.lastMessage = before.lastMessage;
        now.updatedAt = before.updatedAt;
    }
    // Also when only something was read since: that changes no message.
    if (isLate || (known && now.revision == before.revision && countedBehind(conversation) < mark))
        now.unreadCount = before.unreadCount;
    if (now.lastMessage) { // read here; the server will hear of it
        const Sequence behind = std::max<Sequence>(0, now.lastMessage->sequence - now.readThrough);
        now.unreadCount = int(std::min<Sequence>(now.unreadCount, behind));
    }
    return entry;
}

void ConversationClient::Private::takeConversation(Conversation conversation, std::optional<Sequence> mark)
{
    if (!deletions.admit(conversation)) {
        if (m_untold.erase(conversation.id) > 0)
            heads.fetch(conversation.id); // something was written since
        return;
    }
    {
        const SqliteTransaction together = parts.store.transaction();
        parts.directory.take(conversation);
    }
    const ConversationId id = conversation.id;
    const ConversationEntry *const known = list.find(id);
    if (!known && conversation.participants.empty()) {
        heads.fetch(id); // a part of one that is not here
        return;
    }
    const Sequence behind = mark.value_or(known ? known->readThrough() : 0);
    const bool isDoubtful = known && isCountDoubtful(*known, conversation, behind);
    const ConversationEntry entry = merged(conversation, behind);
    if (!known) {
        if (!list.insert(entry))
            return;
    } else if (known->conversation != entry.conversation) {
        list.change(id, [&entry](ConversationEntry &changed) { changed = entry; });
    }
    parts.store.conversations().save(entry.conversation);
    marks.take(conversation);
    if (isDoubtful && !parts.store.conversations().isReadMarkUnsent(id)) // else the server answers it with the count
        heads.fetch(id);
    if (Timeline *const timeline = q.timeline(id))
        timeline->catchUp(entry.lastSequence());
    if (!known && list.indexOf(id) < options.joined)
        attendance.join(id);
    Q_EMIT q.participantsSeen(conversation.participants);
    updateState();
    if (const auto untold = m_untold.find(id); untold != m_untold.end()) {
        std::vector<Message> messages = std::move(untold->second);
        m_untold.erase(untold);
        marks.take(messages);
        messages = keep(std::move(messages));
        for (const Message &message : messages) { // the answer may be from before them
            takeIntoList(message);
            if (Timeline *const timeline = q.timeline(id))
                timeline->apply(message);
        }
        if (!messages.empty() && messages.back().senderId != parts.self.id)
            notify(messages.back());
    }
}

void ConversationClient::Private::takeStatus(MessageStatusData status)
{
    if (!admit(status))
        return;
    const std::optional<Message> known = parts.store.messages().find(status.messageId);
    marks.take(status, known);
    if (!known)
        return;
    Message timed = *known;
    takeTimes(timed, status);
    if (timed == *known)
        return;
    timed = parts.store.messages().save(std::move(timed));
    if (Timeline *const timeline = q.timeline(timed.conversationId))
        timeline->update(timed);
}

void ConversationClient::Private::takeDeleted(ConversationRef deleted)
{
    admit(deleted);
    if (deletions.take(deleted))
        drop(deleted.conversationId);
    else if (deleted.hiddenThrough == 0)
        heads.fetch(deleted.conversationId); // it may be from before what is here, or not
}

void ConversationClient::Private::drop(const ConversationId &id)
{
    // What waits in the outbox stays: it was written here, and will bring the conversation back. Whoever shows the
    // conversation keeps what was read and written in it when the list tells, so the store forgets it after that.
    list.remove(id);
    parts.store.conversations().remove(id);
    news.forget(id);
    heads.forget(id);
    close(id);
    trimLater();
    updateState();
}

} // namespace Tertulia::Client
