// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/marks.h"

#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/transport/hubconnection.h"
#include "protocol/names.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace Tertulia::Client {

namespace {

/// Messages that are counted when they are read; beyond it the server's answer says what remains.
constexpr int mostCounted = 5'000;

/// The next connection, or the next mark, tells it.
bool isLost(const Error &error)
{
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout
        || error.code == ErrorCode::Cancelled || error.code == ErrorCode::RateLimited;
}

bool raise(Sequence &mark, Sequence said)
{
    if (mark >= said)
        return false;
    mark = said;
    return true;
}

} // namespace

Marks::Marks(const ClientParts &parts, Scheduler &scheduler, ConversationList &list, std::chrono::milliseconds delay)
    : m_parts(parts)
    , m_list(list)
    , m_delay(delay)
    , m_alarm(scheduler)
{
}

void Marks::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    if (!isEnabled)
        m_alarm.stop();
}

void Marks::mark(const ConversationId &id, Sequence upTo)
{
    const ConversationEntry *const entry = m_list.find(id);
    if (!entry)
        return;
    const Sequence before = entry->readThrough();
    if (upTo <= before)
        return;
    MessageId latest;
    std::tie(upTo, latest) = newestHere(*entry, upTo);
    if (upTo <= before)
        return;
    const UserId &self = m_parts.self.id;
    // An own message that follows what is read: nobody needs to hear of it. One that comes after a gap does not say
    // whose the messages in between are.
    const auto &last = entry->conversation.lastMessage;
    if (entry->conversation.unreadCount == 0 && upTo == before + 1 && last && last->sequence == upTo
        && last->senderId == self && !m_parts.store.conversations().isReadMarkUnsent(id)) {
        m_parts.store.conversations().raiseMarks(id, upTo, {});
        m_list.change(id, [upTo](ConversationEntry &changed) { changed.conversation.readThrough = upTo; });
        return;
    }
    int left = 0;
    if (upTo < entry->lastSequence()) {
        const int read = m_parts.store.messages().countIncoming(id, self, before, upTo, mostCounted);
        left = std::max(0, entry->conversation.unreadCount - read);
        // The store may not have all that was read: not more than there are behind the mark.
        left = int(std::min<Sequence>(left, entry->lastSequence() - upTo));
    }
    {
        const SqliteTransaction together = m_parts.store.transaction();
        m_parts.store.conversations().setReadThrough(id, upTo, latest);
        m_list.change(id, [upTo, left](ConversationEntry &changed) {
            changed.conversation.readThrough = upTo;
            changed.conversation.unreadCount = left;
        });
        m_parts.store.conversations().save(m_list.find(id)->conversation);
    }
    Q_EMIT moved(id, upTo);
    if (!m_alarm.isActive())
        m_alarm.start(m_delay, [this] { flush(); });
}

std::pair<Sequence, MessageId> Marks::newestHere(const ConversationEntry &entry, Sequence upTo) const
{
    const auto &last = entry.conversation.lastMessage;
    if (last && last->sequence <= upTo)
        return {last->sequence, last->id};
    const auto newest = m_parts.store.messages().before(entry.conversation.id, upTo + 1, 1);
    return newest.empty() ? std::pair<Sequence, MessageId>() : std::pair(newest.front().sequence, newest.front().id);
}

void Marks::Said::add(Sequence sequence, bool isOwn, MessageStatus status)
{
    const bool isRead = status == MessageStatus::Read;
    if (!isOwn && isRead)
        readThrough = std::max(readThrough, sequence);
    if (isOwn && isRead)
        others.read = std::max(others.read, sequence);
    if (isOwn && (isRead || status == MessageStatus::Delivered))
        others.delivered = std::max(others.delivered, sequence);
}

void Marks::take(const Conversation &conversation)
{
    Said said{.readThrough = conversation.readThrough,
              .others = {conversation.othersDelivered, conversation.othersRead}};
    const auto &last = conversation.lastMessage;
    if (last)
        said.add(last->sequence, last->senderId == m_parts.self.id, last->status);
    // A server that says no marks. To one that does, its own is behind one's own messages sometimes, and a higher one
    // here would make each of its counts look old.
    if (last && conversation.unreadCount == 0 && conversation.readThrough == 0)
        said.readThrough = std::max(said.readThrough, last->sequence);
    raise(conversation.id, said);
}

void Marks::take(const std::vector<Message> &messages)
{
    std::unordered_map<ConversationId, Said> all;
    for (const Message &message : messages)
        all[message.conversationId].add(message.sequence, message.senderId == m_parts.self.id, message.status);
    for (const auto &[id, said] : all)
        raise(id, said);
}

void Marks::take(const MessageStatusData &status, const std::optional<Message> &message)
{
    // Of a message that nobody knows here: whoever received or read it has not sent it.
    const bool isOwn = message ? message->senderId == m_parts.self.id : status.userId != m_parts.self.id;
    Said said;
    said.add(message ? message->sequence : status.sequence, isOwn, status.status);
    raise(message ? message->conversationId : status.conversationId, said);
}

void Marks::raise(const ConversationId &id, const Said &said)
{
    const ConversationEntry *const entry = m_list.find(id);
    if (!entry)
        return;
    Sequence readThrough = entry->readThrough();
    RecipientMarks others = entry->others();
    const bool isRead = Client::raise(readThrough, said.readThrough);
    const bool isDelivered = Client::raise(others.delivered, std::max(said.others.delivered, said.others.read));
    const bool isReadByOthers = Client::raise(others.read, said.others.read);
    if (!isRead && !isDelivered && !isReadByOthers)
        return;
    m_list.change(id, [&](ConversationEntry &changed) {
        changed.conversation.readThrough = readThrough;
        changed.conversation.othersDelivered = others.delivered;
        changed.conversation.othersRead = others.read;
    });
    m_parts.store.conversations().raiseMarks(id, isRead ? readThrough : 0, others);
    if (isRead)
        Q_EMIT moved(id, readThrough);
}

void Marks::forget()
{
    for (int i = 0; i < m_list.count(); ++i) {
        m_list.change(m_list.at(i).conversation.id, [](ConversationEntry &changed) {
            Conversation &conversation = changed.conversation;
            conversation.readThrough = conversation.othersDelivered = conversation.othersRead = 0;
            conversation.hiddenThrough = 0;
        });
    }
    m_parts.store.conversations().forgetMarks();
}

void Marks::flush()
{
    if (!m_isEnabled || m_parts.chatHub.state() != HubConnection::State::Connected)
        return;
    for (const auto &[id, upTo, message] : m_parts.store.conversations().unsentReadMarks()) {
        if (!m_underWay.contains(id))
            send(id, upTo, message);
    }
}

void Marks::send(const ConversationId &id, Sequence upTo, const MessageId &message)
{
    if (message.isNull()) {
        m_parts.store.conversations().setReadMarkSent(id, upTo);
        return;
    }
    m_underWay.insert(id);
    const ConversationEntry *const entry = m_list.find(id);
    const Sequence last = entry ? entry->lastSequence() : 0;
    const std::optional<QStringList> ids{QStringList{message.toString()}};
    whenAnswered<MarkReadResult>(
        m_parts.chatHub.invoke<MarkReadResult>(HubMethods::markAsRead, id.toString(), ids), this,
        [this, id, upTo, last](const Result<MarkReadResult> &marked) { sent(id, upTo, last, marked); });
}

void Marks::sent(const ConversationId &id, Sequence upTo, Sequence last, const Result<MarkReadResult> &marked)
{
    m_underWay.erase(id);
    if (!marked && isLost(marked.error()))
        return;
    m_parts.store.conversations().setReadMarkSent(id, upTo);
    const ConversationEntry *const now = m_list.find(id);
    if (!now || (marked && now->conversation.unreadCount == marked->unreadCount)) {
        // as it should be
    } else if (!marked || now->readThrough() != upTo || now->lastSequence() != last) {
        Q_EMIT countUnknown(id);
    } else {
        m_list.change(id, [&marked](ConversationEntry &changed) {
            changed.conversation.unreadCount = std::max(0, marked->unreadCount);
        });
        m_parts.store.conversations().save(m_list.find(id)->conversation);
    }
    flush();
}

} // namespace Tertulia::Client
