// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/conversations/switchermodel.h"

#include "client/async.h"
#include "client/contacts/directory.h"
#include "client/contacts/peopleclient.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "text/plaintext.h"
#include "text/searchwords.h"
#include "viewmodels/conversations/conversationtext.h"
#include "viewmodels/persona.h"
#include "viewmodels/rolenames.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

SwitcherModel::SwitcherModel(Client::ConversationClient &conversations, Client::PresenceClient &presence,
                             Client::PeopleClient &people, ViewContext &context, QObject *parent)
    : QAbstractListModel(parent)
    , m_conversations(conversations)
    , m_presence(presence)
    , m_people(people)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &SwitcherModel::askServer);
    // Opened before the first conversations have come, it waits for them; else it stands still.
    const auto fill = [this] {
        if (m_isAsked && m_rows.empty())
            refresh();
    };
    connect(&conversations.list(), &Client::ConversationList::wasReset, this, fill);
    connect(&conversations, &Client::ConversationClient::syncingChanged, this, fill);
    // Its rows stand still, what they say of unread messages and presence does not.
    const auto touch = [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {UnreadCountRole, IsOnlineRole});
    };
    connect(&conversations.list(), &Client::ConversationList::changed, this, touch);
    connect(&conversations.list(), &Client::ConversationList::moved, this, touch);
    connect(&conversations.list(), &Client::ConversationList::removed, this, touch);
    connect(&conversations.list(), &Client::ConversationList::wasReset, this, touch);
    connect(&presence, &Client::PresenceClient::presenceChanged, this, touch);
    connect(&presence, &Client::PresenceClient::presenceReset, this, touch);
    connect(&conversations.directory(), &Client::Directory::changed, this, &SwitcherModel::renamed);
    connect(&context, &ViewContext::textsChanged, this, [this] {
        if (!m_rows.empty())
            refresh();
    });
}

void SwitcherModel::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    refresh();
}

void SwitcherModel::refresh()
{
    ++m_search;
    m_isAsked = true;
    auto rows = conversationRows();
    const bool asks = !queryWords(m_query).isEmpty();
    if (asks) {
        addPeople(rows, m_people.searchStored(m_query.trimmed()));
        m_timer.start();
    } else {
        m_timer.stop();
    }
    setSearching(asks);
    show(std::move(rows));
}

std::vector<SwitcherModel::Row> SwitcherModel::conversationRows() const
{
    const auto words = queryWords(m_query);
    const auto &self = m_conversations.self().id;
    std::vector<std::pair<int, int>> ranked; // rank, index in the list: of equal ones the latest first
    for (int i = 0; i < m_conversations.count(); ++i) {
        if (words.isEmpty() && i >= mostConversations)
            break;
        const auto rank =
            matchRank(searchWords(ConversationText::searchText(m_conversations.at(i), m_conversations)), words);
        if (rank >= 0)
            ranked.emplace_back(words.isEmpty() ? 0 : rank, i);
    }
    std::ranges::sort(ranked);
    std::vector<Row> rows;
    for (const auto &[rank, index] : ranked) {
        if (rows.size() >= size_t(mostConversations))
            break;
        const auto &entry = m_conversations.at(index);
        rows.push_back({SwitcherKind::Value::Conversation,
                        entry.conversation.id,
                        {},
                        {},
                        {},
                        ConversationText::colorIndex(entry, self)});
        name(rows.back());
        if (const auto *other = entry.other(self))
            rows.back().person = other->id;
    }
    return rows;
}

void SwitcherModel::addPeople(std::vector<Row> &rows, const std::vector<UserCard> &people) const
{
    for (const auto &person : people) {
        if (std::ranges::find(rows, person.id, &Row::person) != rows.end())
            continue;
        rows.push_back({SwitcherKind::Value::Person, {}, person.id, {}, {}, colorIndexOf(person.id)});
        name(rows.back());
    }
}

void SwitcherModel::name(Row &row) const
{
    if (row.kind == SwitcherKind::Value::Person) {
        const UserCard card = m_conversations.directory().card(row.person);
        row.title = cleanName(card.fullName, card.username);
        row.subtitle = handleOf(card.username);
    } else if (const auto *entry = m_conversations.find(row.conversation)) {
        row.title = ConversationText::title(*entry, m_conversations);
        row.subtitle = ConversationText::subtitle(*entry, m_conversations);
    }
}

void SwitcherModel::renamed(const UserId &user)
{
    for (int i = 0; i < rowCount(); ++i) {
        Row &row = m_rows[size_t(i)];
        const auto *entry = row.conversation.isNull() ? nullptr : m_conversations.find(row.conversation);
        if (row.person != user && !(entry && ConversationText::concerns(*entry, user, m_conversations)))
            continue;
        name(row);
        Q_EMIT dataChanged(index(i), index(i), {TitleRole, SubtitleRole, InitialsRole, AccessibleTextRole});
    }
}

void SwitcherModel::askServer()
{
    Client::whenAnswered(m_people.search(m_query.trimmed()), this,
                         [this, number = ++m_search](const Result<std::vector<UserCard>> &found) {
                             if (number != m_search)
                                 return;
                             setSearching(false);
                             if (!found) // offline: what this machine knows is there already
                                 return;
                             auto rows = conversationRows();
                             addPeople(rows, *found);
                             show(std::move(rows));
                         });
}

void SwitcherModel::show(std::vector<Row> rows)
{
    const bool countIsNew = rows.size() != m_rows.size();
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    if (countIsNew)
        Q_EMIT countChanged();
}

void SwitcherModel::setSearching(bool searching)
{
    if (m_isSearching == searching)
        return;
    m_isSearching = searching;
    Q_EMIT isSearchingChanged();
}

void SwitcherModel::activate(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    const auto chosen = m_rows[size_t(row)];
    setQuery({});
    if (chosen.kind == SwitcherKind::Value::Conversation)
        Q_EMIT conversationChosen(chosen.conversation);
    else
        Q_EMIT personChosen(chosen.person);
}

int SwitcherModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SwitcherModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &row = m_rows[size_t(index.row())];
    const auto *entry = row.conversation.isNull() ? nullptr : m_conversations.find(row.conversation);
    switch (role) {
    case KindRole:
        return int(row.kind);
    case TargetIdRole:
        return row.kind == SwitcherKind::Value::Conversation ? row.conversation.toString() : row.person.toString();
    case Qt::DisplayRole:
    case TitleRole:
        return row.title;
    case SubtitleRole:
        return row.subtitle;
    case InitialsRole:
        return initialsOf(row.title);
    case ColorIndexRole:
        return row.colorIndex;
    case IsOnlineRole:
        return !row.person.isNull() && m_presence.isOnline(row.person);
    case UnreadCountRole:
        return entry ? entry->unread() : 0;
    case AccessibleTextRole:
        return row.kind == SwitcherKind::Value::Conversation
            ? tr("Conversation with %1", "read aloud").arg(isolated(row.title))
            : tr("New conversation with %1", "read aloud").arg(isolated(row.title));
    default:
        return {};
    }
}

QHash<int, QByteArray> SwitcherModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

} // namespace Tertulia::ViewModels
