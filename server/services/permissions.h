// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/conversation.h"
#include "services/actor.h"

namespace Tertulia::Server {

/// Where a person stands in a conversation; what decisions are made from. Pure values: no store, no clock.
struct Standing
{
    bool isMember = false;
    ConversationType type = ConversationType::Direct;
    MemberRole role = MemberRole::Member;
    bool isOtherDisabled = false; ///< direct: the other person's account is switched off
};

/// Who may do what. Pure functions that answer with the contract's error; whoever is not a member learns nothing:
/// NotFound.
namespace Permissions {
[[nodiscard]] Result<void> canSee(const Standing &standing);
[[nodiscard]] Result<void> canPost(const Standing &standing);
/// Reacting to a message that is deleted is Conflict.
[[nodiscard]] Result<void> canReact(const Standing &standing, const Message &message);
[[nodiscard]] Result<void> canLeave(const Standing &standing);
/// Opening a direct conversation.
[[nodiscard]] Result<void> canContact(const Actor &actor, UserId recipient, bool isRecipientDisabled);
} // namespace Permissions

} // namespace Tertulia::Server
