// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contacts/directory.h"

#include "client/cache/localstore.h"
#include "text/searchwords.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

namespace {

UserCard unnamed(const UserId &id)
{
    return {.id = id, .fullName = {}, .username = {}, .avatar = {}};
}

bool isNamed(const UserCard &card)
{
    return !card.fullName.isEmpty() || !card.username.isEmpty();
}

} // namespace

Directory::Directory(LocalStore &store, size_t most, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_most(most)
{
}

Directory::~Directory() = default;

Directory::Person *Directory::find(const UserId &id)
{
    const auto found = m_people.find(id);
    if (found == m_people.end())
        return nullptr;
    Person &person = found->second;
    Order &order = orderOf(person.isHereOnly);
    order.splice(order.begin(), order, person.place);
    return &person;
}

Directory::Person &Directory::add(UserCard card, bool isHereOnly)
{
    const UserId id = card.id;
    Order &order = orderOf(isHereOnly);
    order.push_front(id);
    Person &added = m_people[id] = Person{std::move(card), isHereOnly, order.begin()};
    makeRoom();
    return added;
}

void Directory::makeRoom()
{
    while (m_people.size() > m_most) {
        // Not the one who has just come, who stands first.
        Order &order = m_kept.size() > 1 || m_hereOnly.empty() ? m_kept : m_hereOnly;
        m_people.erase(order.back());
        order.pop_back();
        m_isComplete = false;
    }
}

UserCard Directory::card(const UserId &id)
{
    if (id.isNull())
        return {};
    if (const Person *const known = find(id))
        return known->card;
    auto stored = m_isComplete ? std::nullopt : m_store.people().find(id);
    return add(std::move(stored).value_or(unnamed(id)), false).card;
}

void Directory::hear(const UserCard &card)
{
    if (card.id.isNull() || !isNamed(card))
        return;
    Person *const known = find(card.id);
    if (known && known->card == card)
        return;
    const auto stored = known || m_isComplete ? std::nullopt : m_store.people().find(card.id);
    if (stored == card) {
        add(card, false);
        return;
    }
    const bool isHereOnly = !m_store.people().save(card);
    if (known) {
        orderOf(isHereOnly).splice(orderOf(isHereOnly).begin(), orderOf(known->isHereOnly), known->place);
        known->isHereOnly = isHereOnly;
        known->card = card;
    } else {
        add(card, isHereOnly);
    }
    if (known || stored)
        Q_EMIT changed(card.id);
}

void Directory::take(Message &message)
{
    hear(message.sender);
    message.sender = unnamed(message.senderId);
}

void Directory::take(std::vector<Message> &messages)
{
    for (Message &message : messages)
        take(message);
}

void Directory::take(Conversation &conversation)
{
    for (Participant &one : conversation.participants) {
        hear({one.id, std::exchange(one.fullName, {}), std::exchange(one.username, {}),
              std::exchange(one.avatar, std::nullopt)});
    }
}

void Directory::take(std::vector<Conversation> &conversations)
{
    for (Conversation &conversation : conversations)
        take(conversation);
}

std::vector<UserCard> Directory::search(const QString &text, int limit)
{
    const QStringList words = queryWords(text);
    if (words.isEmpty() || limit <= 0)
        return {};
    load();
    std::vector<const UserCard *> found;
    for (const auto &[id, person] : m_people) {
        if (isNamed(person.card) && matches(searchWords(person.card.fullName + u' ' + person.card.username), words))
            found.push_back(&person.card);
    }
    std::sort(found.begin(), found.end(), [](const UserCard *a, const UserCard *b) {
        const int order = QString::localeAwareCompare(a->fullName, b->fullName);
        return order != 0 ? order < 0 : a->id < b->id;
    });
    std::vector<UserCard> people;
    for (const UserCard *card : found) {
        if (people.size() < size_t(limit))
            people.push_back(*card);
    }
    return people;
}

void Directory::load()
{
    if (std::exchange(m_isComplete, true))
        return;
    for (UserCard &card : m_store.people().all()) {
        const auto known = m_people.find(card.id);
        if (known == m_people.end()) {
            add(std::move(card), false);
        } else if (!isNamed(known->second.card)) {
            const UserId id = card.id;
            known->second.card = std::move(card);
            Q_EMIT changed(id);
        }
    }
}

void Directory::keepAll()
{
    {
        const SqliteTransaction together = m_store.transaction();
        for (auto &[id, person] : m_people) {
            const bool isHereOnly = isNamed(person.card) && !m_store.people().save(person.card);
            Order &order = orderOf(isHereOnly);
            order.splice(order.begin(), orderOf(person.isHereOnly), person.place);
            person.isHereOnly = isHereOnly;
        }
    }
    m_isComplete = false;
    load();
}

} // namespace Tertulia::Client
