// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/domainevents.h"

namespace Tertulia::Server {

bool isForMany(const std::vector<DomainEvent> &events)
{
    return std::any_of(events.begin(), events.end(), [](const DomainEvent &event) {
        const auto *const changed = std::get_if<MessageChanged>(&event);
        return changed && changed->roster && !changed->roster->isSmall();
    });
}

Unread MessageChanged::unreadOf(UserId viewer) const
{
    if (roster) {
        const Roster::Entry *const entry = roster->find(viewer);
        return entry ? entry->unread(message.sequence).value_or(Unread()) : Unread();
    }
    for (const MemberState &member : members) {
        if (member.card.id == viewer)
            return member.unread;
    }
    return {};
}

Conversation MessageChanged::conversationWith(const Unread &unread) const
{
    Conversation seen;
    seen.id = message.conversationId;
    seen.type = conversationType;
    seen.revision = message.revision;
    seen.updatedAt = message.createdAt;
    seen.unreadCount = unread.count;
    seen.readThrough = unread.readThrough;
    seen.hiddenThrough = unread.hiddenThrough;
    seen.participants.reserve(members.size());
    for (const MemberState &member : members) {
        seen.participants.push_back({.id = member.card.id,
                                     .fullName = member.card.fullName,
                                     .username = member.card.username,
                                     .avatar = member.card.avatar,
                                     .role = member.role,
                                     .isOnline = true, // something was said: both see each other
                                     .lastSeenAt = member.lastSeenAt});
    }
    seen.lastMessage = LastMessage{.id = message.id,
                                   .content = message.content,
                                   .senderId = message.senderId,
                                   .createdAt = message.createdAt,
                                   .type = message.type,
                                   .status = message.status,
                                   .sequence = message.sequence,
                                   .isDeleted = message.isDeleted};
    return seen;
}

} // namespace Tertulia::Server
