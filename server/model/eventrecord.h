// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/domainevents.h"

namespace Tertulia::Server {

/// A domain event as it may leave the process: what happened to what, by ids and numbers, whatever the size of a group
/// or a text. Whoever hears of it looks up what they need, as it is then: a revision tells whether they have it.
struct EventRecord
{
    QString kind; ///< message.sent, message.reacted, marks.delivered, marks.read, conversation.changed …
    std::optional<ConversationId> conversation; ///< whose members it is for, unless `user` alone is
    std::optional<MessageId> message;
    std::optional<Sequence> sequence; ///< of the message; of marks: how far they came
    std::optional<Revision> revision; ///< of the conversation since then
    std::optional<UserId> by; ///< whose doing it is
    std::optional<UserId> user; ///< for this person alone
    std::optional<SessionId> session; ///< session.ended: absent: all of the user's
    std::optional<Timestamp> until; ///< session.ended: until when its foreign token would have been good

    static constexpr auto fields()
    {
        return std::tuple{
            required("kind", &EventRecord::kind),          omitEmpty("conversation", &EventRecord::conversation),
            omitEmpty("message", &EventRecord::message),   omitEmpty("sequence", &EventRecord::sequence),
            omitEmpty("revision", &EventRecord::revision), omitEmpty("by", &EventRecord::by),
            omitEmpty("user", &EventRecord::user),         omitEmpty("session", &EventRecord::session),
            omitEmpty("until", &EventRecord::until)};
    }
    friend bool operator==(const EventRecord &, const EventRecord &) = default;
};

[[nodiscard]] EventRecord recordOf(const DomainEvent &event);

} // namespace Tertulia::Server
