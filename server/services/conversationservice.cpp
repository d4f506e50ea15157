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

} // namespace

Result<void> ConversationService::checkSearch(const QString &term) const
{
    if (term.size() <= m_settings.searchLimit)
        return {};
    return failure(
        Error::invalid(u"search"_s, u"A search term has at most %1 characters."_s.arg(m_settings.searchLimit)));
}

Result<ConversationPage> ConversationService::list(ReadTransaction &tx, const Actor &actor,
                                                   const ConversationQuery &query) const
{
    const PageRequest page{.skip = std::max(0, query.page.skip),
                           .take = std::clamp(query.page.take, 1, m_settings.pageLimit)};
    if (auto good = checkSearch(query.search); !good)
        return failure(good.error());
    const qint64 listed = ConversationStore::listedCount(tx, actor.id);
    if (!query.isFiltered() && page.skip >= listed)
        return ConversationPage{.conversations = {}, .pagination = page.answer(false, int(listed))};
    const auto entries = query.isFiltered() ? ConversationStore::matching(tx, actor.id, query.type, query.search)
                                            : ConversationStore::newest(tx, actor.id, qint64(page.skip) + page.take);
    const qint64 total = query.isFiltered() ? qint64(entries.size()) : listed;
    std::vector<ConversationNumber> numbers;
    const size_t end = std::min(entries.size(), size_t(page.skip) + size_t(page.take));
    for (size_t i = size_t(page.skip); i < end; ++i)
        numbers.push_back(entries[i].number);
    ConversationPage result;
    result.conversations = viewsOf(tx, ConversationStore::findAll(tx, actor.id, numbers), actor.id);
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
    const auto conversation = id ? ConversationStore::findMarks(tx, actor.id, *id) : std::nullopt;
    if (!conversation || !conversation->member(actor.id))
        return failure(Permissions::canSee({}).error());
    return Membership{.conversation = conversation->id, .type = conversation->type};
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
    bool isNew = false;
    if (!conversation) {
        if (auto allowed = Permissions::canContact(actor, *recipient, person->isDisabled); !allowed)
            return failure(allowed.error());
        auto made = ConversationStore::createDirect(tx, *self, *person, m_clock.now());
        conversation = std::move(made.conversation);
        isNew = made.isNew;
    }
    MemberRow &member = *conversation->member(actor.id);
    const bool wasListed = conversation->isListed(member);
    if (!wasListed)
        ConversationStore::list(tx, member, tx.nextChange());
    OpenedConversation opened{.conversation = viewOf(tx, *conversation, actor.id), .created = isNew};
    if (!wasListed)
        tx.record(ConversationChanged{.user = actor.id, .conversation = opened.conversation});
    return opened;
}

Result<ConversationRef> ConversationService::remove(Transaction &tx, const Actor &actor,
                                                    QStringView conversationId) const
{
    auto conversation = conversationOf(tx, actor, conversationId);
    if (!conversation)
        return failure(conversation.error());
    MemberRow &member = *conversation->member(actor.id);
    if (!conversation->isListed(member))
        return ConversationRef{conversation->id, member.hiddenThrough}; // deleted before
    const ChangeNumber change = tx.nextChange();
    member.hiddenThrough = conversation->lastSequence;
    member.hiddenChange = change;
    ConversationStore::saveHidden(tx, member);
    ConversationStore::recountOwn(tx, member);
    ConversationStore::unlist(tx, member);
    ConversationStore::touch(tx, member, change);
    tx.record(
        ConversationDeleted{.user = actor.id, .conversation = conversation->id, .hiddenThrough = member.hiddenThrough});
    return ConversationRef{conversation->id, member.hiddenThrough};
}

Result<ConversationRef> ConversationService::leave(Transaction &tx, const Actor &actor,
                                                   QStringView conversationId) const
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
