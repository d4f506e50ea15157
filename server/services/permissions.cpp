// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/permissions.h"

namespace Tertulia::Server::Permissions {

using namespace Qt::StringLiterals;

Result<void> canSee(const Standing &standing)
{
    if (!standing.isMember)
        return failure(Error::notFound(u"There is no such conversation."_s));
    return {};
}

Result<void> canPost(const Standing &standing)
{
    if (auto seen = canSee(standing); !seen)
        return seen;
    if (standing.type == ConversationType::Direct && standing.isOtherDisabled)
        return failure(Error::forbidden(u"This person's account is switched off."_s, u"RECIPIENT_DISABLED"_s));
    return {};
}

Result<void> canReact(const Standing &standing, const Message &message)
{
    if (auto allowed = canPost(standing); !allowed)
        return allowed;
    if (message.isDeleted)
        return failure(Error::conflict(u"This message was deleted."_s, u"MESSAGE_DELETED"_s));
    return {};
}

Result<void> canLeave(const Standing &standing)
{
    if (auto seen = canSee(standing); !seen)
        return seen;
    if (standing.type == ConversationType::Direct)
        return failure(Error::invalid(u"conversationId"_s, u"A direct conversation cannot be left, only deleted."_s));
    return {};
}

Result<void> canContact(const Actor &actor, UserId recipient, bool isRecipientDisabled)
{
    if (recipient == actor.id)
        return failure(Error::invalid(u"recipientId"_s, u"A conversation with yourself is not possible."_s));
    if (isRecipientDisabled)
        return failure(Error::forbidden(u"This person's account is switched off."_s, u"RECIPIENT_DISABLED"_s));
    return {};
}

} // namespace Tertulia::Server::Permissions
