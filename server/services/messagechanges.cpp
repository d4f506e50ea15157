// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messagechanges.h"

#include "services/messageservice.h"
#include "services/views.h"
#include "text/plaintext.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// Of the UTF-8 of a reaction (contract.md section 12): the longest emoji of a family fits.
constexpr qsizetype reactionBytes = 32;

} // namespace

Result<FoundMessage> findMessage(ReadTransaction &tx, const Actor &actor, QStringView messageId)
{
    const auto id = MessageId::parse(messageId);
    auto stored = id ? MessageStore::find(tx, *id) : std::nullopt;
    auto conversation = stored ? ConversationStore::findView(tx, actor.id, stored->conversation) : std::nullopt;
    const MemberRow *member = conversation ? conversation->member(actor.id) : nullptr;
    if (!member || stored->message.sequence <= member->hiddenThrough)
        return failure(Error::notFound(u"There is no such message."_s));
    return FoundMessage{.conversation = std::move(*conversation), .message = std::move(stored->message)};
}

Standing standingOf(const ConversationRow &conversation, UserId user)
{
    const MemberRow *member = conversation.member(user);
    const MemberRow *other = conversation.other(user);
    return {.isMember = member != nullptr,
            .type = conversation.type,
            .role = member ? member->role : MemberRole::Member,
            .isOtherDisabled = other && other->isDisabled};
}

Message changeMessage(Transaction &tx, FoundMessage &found, MessageChange what, UserId by)
{
    ConversationRow &conversation = found.conversation;
    const Sequence sequence = found.message.sequence;
    const ChangeNumber change = tx.nextChange();
    ConversationStore::revise(tx, conversation, change);
    MessageStore::touch(tx, conversation.number, sequence, conversation.revision, change);
    ConversationStore::touch(tx, conversation, change);
    Message changed;
    for (Message &message : MessageStore::range(tx, conversation, sequence, sequence))
        changed = std::move(message);
    MessageView(tx, conversation, sequence, sequence).complete(changed);
    tellChanged(tx, conversation, changed, what, by);
    return changed;
}

void tellChanged(Transaction &tx, const ConversationRow &conversation, const Message &message, MessageChange what,
                 UserId by)
{
    MessageChanged event{
        .what = what, .by = by, .message = message, .conversationType = conversation.type, .members = {}, .roster = {}};
    if (conversation.type == ConversationType::Group) {
        event.roster = ConversationStore::roster(tx, conversation);
        tx.record(std::move(event));
        return;
    }
    event.members.reserve(conversation.members.size());
    for (const MemberRow &member : conversation.members) {
        if (message.sequence <= member.hiddenThrough)
            continue; // whoever deleted the conversation hears nothing of what was in it
        event.members.push_back({.card = member.card,
                                 .role = member.role,
                                 .unread = {.count = member.unread(conversation.lastSequence),
                                            .readThrough = member.read.through,
                                            .hiddenThrough = member.hiddenThrough},
                                 .lastSeenAt = member.lastSeenAt,
                                 .received = member.received(),
                                 .deliveredAt = member.delivered.at});
    }
    tx.record(std::move(event));
}

Result<void> MessageService::checkReaction(const QString &reaction)
{
    if (isBlank(reaction) || reaction != withoutControls(reaction) || !reaction.isValidUtf16())
        return failure(Error::invalid(u"reaction"_s, u"A reaction is an emoji or a word."_s));
    if (reaction.toUtf8().size() > reactionBytes)
        return failure(Error::invalid(u"reaction"_s, u"A reaction has at most %1 bytes."_s.arg(reactionBytes)));
    return {};
}

Result<Message> MessageService::react(Transaction &tx, const Actor &actor, QStringView messageId,
                                      const std::optional<QString> &reaction) const
{
    if (reaction) {
        if (auto good = checkReaction(*reaction); !good)
            return failure(good.error());
    }
    auto found = findMessage(tx, actor, messageId);
    if (!found)
        return failure(found.error());
    Message &message = found->message;
    if (auto allowed = Permissions::canReact(standingOf(found->conversation, actor.id), message); !allowed)
        return failure(allowed.error());
    tx.promiseSuccess();
    if (MessageStore::setReaction(tx, found->conversation.number, message.sequence, actor.id, reaction, m_clock.now()))
        return changeMessage(tx, *found, MessageChange::Reacted, actor.id);
    MessageView(tx, found->conversation, message.sequence, message.sequence).complete(message);
    return std::move(message);
}

} // namespace Tertulia::Server
