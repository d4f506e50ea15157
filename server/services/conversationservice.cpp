// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/conversationservice.h"

#include "services/permissions.h"
#include "services/views.h"

#include <limits>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// The conversation, if the actor is in it.
Result<ConversationRow> conversationOf(ReadTransaction &tx, const Actor &actor, QStringView conversationId)
{
    const auto id = ConversationId::parse(conversationId);
    auto conversation = id ? ConversationStore::find(tx, *id) : std::nullopt;
    const MemberRow *member = conversation ? conversation->member(actor.id) : nullptr;
    Standing standing;
    standing.isMember = member != nullptr;
    if (auto allowed = Permissions::canSee(standing); !allowed)
        return failure(allowed.error());
    return *std::move(conversation);
}

bool matches(const ConversationRow &conversation, const Actor &actor, const ConversationQuery &query)
{
    if (query.type && *query.type != conversation.type)
        return false;
    if (query.search.isEmpty())
        return true;
    return std::any_of(conversation.members.begin(), conversation.members.end(), [&](const MemberRow &member) {
        return member.user() != actor.id
            && (member.card.fullName.contains(query.search, Qt::CaseInsensitive)
                || member.card.username.contains(query.search, Qt::CaseInsensitive));
    });
}

} // namespace

Result<ConversationPage> ConversationService::list(ReadTransaction &tx, const Actor &actor,
                                                   const ConversationQuery &query) const
{
    const PageRequest page{.skip = std::max(0, query.page.skip),
                           .take = std::clamp(query.page.take, 1, m_settings.pageLimit)};
    if (query.search.size() > m_settings.searchLimit) {
        return failure(
            Error::invalid(u"search"_s, u"A search term has at most %1 characters."_s.arg(m_settings.searchLimit)));
    }
    const bool isFiltered = query.type || !query.search.isEmpty();
    const qint64 listed = ConversationStore::listedCount(tx, actor.id);
    if (!isFiltered && page.skip >= listed)
        return ConversationPage{.conversations = {}, .pagination = page.answer(false, int(listed))};
    const auto entries = ConversationStore::newest(tx, actor.id, isFiltered ? listed : qint64(page.skip) + page.take);
    ConversationPage result;
    qint64 place = isFiltered ? 0 : page.skip;
    for (size_t i = size_t(place); i < entries.size(); ++i) {
        if (!isFiltered && place >= page.skip + page.take)
            break;
        const auto conversation = ConversationStore::find(tx, entries[i].number);
        if (!conversation || (isFiltered && !matches(*conversation, actor, query)))
            continue;
        if (place >= page.skip && place < page.skip + page.take)
            result.conversations.push_back(viewOf(tx, *conversation, actor.id));
        ++place;
    }
    const qint64 total = isFiltered ? place : listed;
    result.pagination = page.answer(page.skip < total - page.take, int(total));
    return result;
}

Result<Conversation> ConversationService::conversation(ReadTransaction &tx, const Actor &actor,
                                                       QStringView conversationId) const
{
    const auto conversation = conversationOf(tx, actor, conversationId);
    if (!conversation)
        return failure(conversation.error());
    return viewOf(tx, *conversation, actor.id);
}

Result<Membership> ConversationService::membership(ReadTransaction &tx, const Actor &actor,
                                                   QStringView conversationId) const
{
    const auto id = ConversationId::parse(conversationId);
    const auto conversation = id ? ConversationStore::findMarks(tx, *id) : std::nullopt;
    if (!conversation || !conversation->member(actor.id))
        return failure(Permissions::canSee({}).error());
    Membership result{.conversation = conversation->id, .type = conversation->type, .members = {}};
    for (const MemberRow &member : conversation->members)
        result.members.push_back(member.user());
    return result;
}

Result<OpenedConversation> ConversationService::openDirect(Transaction &tx, const Actor &actor,
                                                           QStringView recipientId) const
{
    const auto recipient = UserId::parse(recipientId);
    const auto person = recipient ? ConversationStore::person(tx, *recipient) : std::nullopt;
    const auto self = ConversationStore::person(tx, actor.id);
    if (!person || !self)
        return failure(Error::notFound(u"There is no such person."_s));
    if (auto allowed = Permissions::canContact(actor, *recipient, false); !allowed)
        return failure(allowed.error());
    auto conversation = ConversationStore::findDirect(tx, actor.id, *recipient);
    const bool isNew = !conversation;
    if (isNew) {
        if (auto allowed = Permissions::canContact(actor, *recipient, person->isDisabled); !allowed)
            return failure(allowed.error());
        conversation = ConversationStore::createDirect(tx, *self, *person, m_clock.now());
    }
    MemberRow &member = *conversation->member(actor.id);
    const bool wasListed = member.listed > 0;
    if (!wasListed)
        ConversationStore::list(tx, member, tx.nextChange());
    OpenedConversation opened{.conversation = viewOf(tx, *conversation, actor.id), .created = isNew};
    if (!wasListed)
        tx.record(ConversationChanged{.user = actor.id, .conversation = opened.conversation});
    return opened;
}

Result<ConversationId> ConversationService::remove(Transaction &tx, const Actor &actor,
                                                   QStringView conversationId) const
{
    auto conversation = conversationOf(tx, actor, conversationId);
    if (!conversation)
        return failure(conversation.error());
    MemberRow &member = *conversation->member(actor.id);
    if (member.listed == 0)
        return conversation->id; // deleted before
    const ChangeNumber change = tx.nextChange();
    member.hiddenThrough = conversation->lastSequence;
    member.hiddenChange = change;
    member.ownUnread = 0;
    ConversationStore::saveHidden(tx, member);
    ConversationStore::unlist(tx, member);
    ConversationStore::touch(tx, member, change);
    tx.record(ConversationDeleted{.user = actor.id, .conversation = conversation->id});
    return conversation->id;
}

Result<ConversationId> ConversationService::leave(Transaction &tx, const Actor &actor, QStringView conversationId) const
{
    const auto conversation = conversationOf(tx, actor, conversationId);
    if (!conversation)
        return failure(conversation.error());
    const Standing standing{.isMember = true, .type = conversation->type};
    if (auto allowed = Permissions::canLeave(standing); !allowed)
        return failure(allowed.error());
    return remove(tx, actor, conversationId);
}

} // namespace Tertulia::Server
