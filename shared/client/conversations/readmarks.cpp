// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/readmarks.h"

#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/transport/hubconnection.h"
#include "protocol/names.h"

#include <algorithm>

namespace Tertulia::Client {

namespace {

/// Older messages than these are not looked at one by one when they are read.
constexpr Sequence mostMarked = 5'000;

/// The next connection, or the next mark, tells it.
bool isLost(const Error &error)
{
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout
        || error.code == ErrorCode::Cancelled || error.code == ErrorCode::RateLimited;
}

} // namespace

ReadMarks::ReadMarks(const ClientParts &parts, Scheduler &scheduler, ConversationList &list,
                     std::chrono::milliseconds delay)
    : m_parts(parts)
    , m_list(list)
    , m_delay(delay)
    , m_alarm(scheduler)
{
}

void ReadMarks::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    if (!isEnabled)
        m_alarm.stop();
}

void ReadMarks::mark(const ConversationId &id, Sequence upTo)
{
    const ConversationEntry *const entry = m_list.find(id);
    if (!entry)
        return;
    upTo = std::min(upTo, entry->lastSequence());
    if (upTo <= entry->readThrough)
        return;
    const UserId &self = m_parts.self.id;
    const Sequence from = std::max(entry->readThrough, upTo - mostMarked);
    // An own message that follows what is read: nobody needs to hear of it. One that comes after a gap does not say
    // whose the messages in between are.
    const auto &last = entry->conversation.lastMessage;
    if (entry->conversation.unreadCount == 0 && upTo == entry->readThrough + 1 && last && last->sequence == upTo
        && last->senderId == self) {
        m_parts.store.conversations().setReadMarkSent(id, upTo);
        m_list.change(id, [upTo](ConversationEntry &changed) { changed.readThrough = upTo; });
        return;
    }
    int left = 0;
    if (upTo < entry->lastSequence()) {
        const auto read = m_parts.store.messages().unread(id, self, from, upTo, int(mostMarked));
        left = std::max(0, entry->conversation.unreadCount - int(read.size()));
    }
    {
        const SqliteTransaction together = m_parts.store.transaction();
        m_parts.store.messages().markRead(id, self, from, upTo, m_parts.clock.now());
        m_parts.store.conversations().setReadThrough(id, upTo);
        m_list.change(id, [upTo, left](ConversationEntry &changed) {
            changed.readThrough = upTo;
            changed.conversation.unreadCount = left;
        });
        m_parts.store.conversations().save(m_list.find(id)->conversation);
    }
    Q_EMIT moved(id, upTo);
    if (!m_alarm.isActive())
        m_alarm.start(m_delay, [this] { flush(); });
}

void ReadMarks::note(const ConversationId &id, Sequence upTo)
{
    const ConversationEntry *const entry = m_list.find(id);
    if (!entry || entry->readThrough >= upTo)
        return;
    m_list.change(id, [upTo](ConversationEntry &changed) { changed.readThrough = upTo; });
    m_parts.store.conversations().setReadMarkSent(id, upTo);
    Q_EMIT moved(id, upTo);
}

void ReadMarks::flush()
{
    if (!m_isEnabled || m_parts.chatHub.state() != HubConnection::State::Connected)
        return;
    for (const auto &[id, upTo] : m_parts.store.conversations().unsentReadMarks()) {
        if (!m_underWay.contains(id))
            send(id, upTo);
    }
}

void ReadMarks::send(const ConversationId &id, Sequence upTo)
{
    const ConversationEntry *const entry = m_list.find(id);
    const Sequence last = entry ? entry->lastSequence() : 0;
    const auto newest = m_parts.store.messages().before(id, upTo + 1, 1);
    MessageId latest;
    if (last > 0 && last <= upTo)
        latest = entry->conversation.lastMessage->id; // the list knows it, though the store may not have it
    else if (!newest.empty())
        latest = newest.front().id;
    if (latest.isNull()) {
        m_parts.store.conversations().setReadMarkSent(id, upTo);
        return;
    }
    m_underWay.insert(id);
    const std::optional<QStringList> ids{QStringList{latest.toString()}};
    whenAnswered<MarkReadResult>(
        m_parts.chatHub.invoke<MarkReadResult>(HubMethods::markAsRead, id.toString(), ids), this,
        [this, id, upTo, last](const Result<MarkReadResult> &marked) { sent(id, upTo, last, marked); });
}

void ReadMarks::sent(const ConversationId &id, Sequence upTo, Sequence last, const Result<MarkReadResult> &marked)
{
    m_underWay.erase(id);
    if (!marked && isLost(marked.error()))
        return;
    m_parts.store.conversations().setReadMarkSent(id, upTo);
    const ConversationEntry *const now = m_list.find(id);
    if (!marked || !now || now->conversation.unreadCount == marked->unreadCount) {
        // as it should be
    } else if (now->readThrough != upTo || now->lastSequence() != last) {
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
