// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

namespace Tertulia {

enum class ConversationType : quint8 { Direct, Group };
template <> struct EnumNames<ConversationType>
{
    static constexpr std::string_view names[] = {"direct", "group"};
};

enum class MemberRole : quint8 { Member, Admin };
template <> struct EnumNames<MemberRole>
{
    static constexpr std::string_view names[] = {"member", "admin"};
};

/// A user card with what the conversation adds.
struct Participant
{
    UserId id;
    QString fullName;
    QString username;
    std::optional<QString> avatar;
    MemberRole role = MemberRole::Member;
    bool isOnline = false;
    std::optional<Timestamp> lastSeenAt;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &Participant::id),
                          required("fullName", &Participant::fullName),
                          required("username", &Participant::username),
                          optional("avatar", &Participant::avatar),
                          optional("role", &Participant::role),
                          optional("isOnline", &Participant::isOnline),
                          optional("lastSeenAt", &Participant::lastSeenAt)};
    }
    friend bool operator==(const Participant &, const Participant &) = default;
};

struct LastMessage
{
    MessageId id;
    QString content;
    UserId senderId;
    Timestamp createdAt;
    MessageType type = MessageType::Text;
    MessageStatus status = MessageStatus::Sent;
    Sequence sequence = 0;
    bool isDeleted = false;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &LastMessage::id),
                          required("content", &LastMessage::content),
                          required("senderId", &LastMessage::senderId),
                          required("createdAt", &LastMessage::createdAt),
                          optional("type", &LastMessage::type),
                          optional("status", &LastMessage::status),
                          optional("sequence", &LastMessage::sequence),
                          optional("isDeleted", &LastMessage::isDeleted)};
    }
    friend bool operator==(const LastMessage &, const LastMessage &) = default;
};

/// A conversation as one of its members sees it (contract.md 4.1).
struct Conversation
{
    ConversationId id;
    ConversationType type = ConversationType::Direct;
    Revision revision = 0; ///< of what all members see of it: not of marks, nor of what is the viewer's own
    std::vector<Participant> participants; ///< empty, and not written: not said (ConversationUpdated of a group)
    std::optional<LastMessage> lastMessage;
    int unreadCount = 0;
    /// Marks, as sequences: how far the viewer has read, and how far the least advanced of the others has come (direct:
    /// the other). They are here at least; 0: nothing is said.
    Sequence readThrough = 0, othersDelivered = 0, othersRead = 0;
    /// The viewer has deleted what is up to here; nobody else hears of it. 0, and not written: nothing.
    Sequence hiddenThrough = 0;
    Timestamp updatedAt;
    std::optional<QString> name, description, avatar; ///< groups
    bool isMuted = false, isArchived = false, isBlocked = false;
    std::optional<Timestamp> mutedUntil;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &Conversation::id),
                          required("type", &Conversation::type),
                          optional("revision", &Conversation::revision),
                          omitEmpty("participants", &Conversation::participants),
                          optional("lastMessage", &Conversation::lastMessage),
                          required("unreadCount", &Conversation::unreadCount),
                          optional("readThrough", &Conversation::readThrough),
                          optional("othersDelivered", &Conversation::othersDelivered),
                          optional("othersRead", &Conversation::othersRead),
                          omitEmpty("hiddenThrough", &Conversation::hiddenThrough),
                          required("updatedAt", &Conversation::updatedAt),
                          optional("name", &Conversation::name),
                          optional("description", &Conversation::description),
                          optional("avatar", &Conversation::avatar),
                          optional("isMuted", &Conversation::isMuted),
                          optional("mutedUntil", &Conversation::mutedUntil),
                          optional("isArchived", &Conversation::isArchived),
                          optional("isBlocked", &Conversation::isBlocked)};
    }
    friend bool operator==(const Conversation &, const Conversation &) = default;
};

} // namespace Tertulia
