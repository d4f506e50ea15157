// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/conversations/peoplesearchmodel.h"

#include "client/async.h"
#include "client/contacts/directory.h"
#include "client/contacts/peopleclient.h"
#include "text/plaintext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/persona.h"
#include "viewmodels/rolenames.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

PeopleSearchModel::PeopleSearchModel(Client::PeopleClient &people, ViewContext &context, QObject *parent)
    : QAbstractListModel(parent)
    , m_people(people)
{
    connect(&people.directory(), &Client::Directory::changed, this, &PeopleSearchModel::renamed);
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &PeopleSearchModel::search);
    connect(&context, &ViewContext::textsChanged, this, &PeopleSearchModel::stateChanged);
}

void PeopleSearchModel::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    ++m_search;
    m_error.reset();
    m_isSearching = !query.trimmed().isEmpty();
    if (m_isSearching) {
        m_timer.start();
        show(m_people.searchStored(query.trimmed()));
    } else {
        m_timer.stop();
        m_people.cancel();
        show({});
    }
}

void PeopleSearchModel::retry()
{
    m_error.reset();
    m_isSearching = !m_query.trimmed().isEmpty();
    Q_EMIT stateChanged();
    search();
}

void PeopleSearchModel::search()
{
    if (!m_isSearching)
        return;
    Client::whenAnswered(m_people.search(m_query.trimmed()), this,
                         [this, number = ++m_search](const Result<std::vector<UserCard>> &found) {
                             if (number != m_search)
                                 return;
                             m_isSearching = false;
                             if (found)
                                 return show(*found);
                             if (found.error().code != ErrorCode::Cancelled)
                                 m_error = found.error();
                             Q_EMIT stateChanged();
                         });
}

void PeopleSearchModel::show(const std::vector<UserCard> &people)
{
    std::vector<UserId> rows;
    rows.reserve(people.size());
    for (const UserCard &card : people)
        rows.push_back(card.id);
    if (rows != m_rows) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        Q_EMIT countChanged();
    }
    Q_EMIT stateChanged();
}

void PeopleSearchModel::renamed(const UserId &user)
{
    if (const auto found = std::ranges::find(m_rows, user); found != m_rows.end()) {
        const QModelIndex row = index(int(found - m_rows.begin()));
        Q_EMIT dataChanged(row, row, {TitleRole, UsernameRole, InitialsRole, AccessibleTextRole});
    }
}

void PeopleSearchModel::activate(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    const auto user = m_rows[size_t(row)];
    setQuery({});
    Q_EMIT personChosen(user);
}

PageState::Value PeopleSearchModel::state() const
{
    if (!m_rows.empty())
        return PageState::Value::Content;
    if (m_isSearching)
        return PageState::Value::Loading;
    return m_error ? PageState::Value::Error : PageState::Value::Empty;
}

QString PeopleSearchModel::errorText() const
{
    return m_error ? ErrorText::of(*m_error) : QString();
}

int PeopleSearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PeopleSearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto person = m_people.directory().card(m_rows[size_t(index.row())]);
    const auto name = cleanName(person.fullName, person.username);
    switch (role) {
    case UserIdRole:
        return person.id.toString();
    case Qt::DisplayRole:
    case TitleRole:
        return name;
    case UsernameRole:
        return handleOf(person.username);
    case InitialsRole:
        return initialsOf(name);
    case ColorIndexRole:
        return colorIndexOf(person.id);
    case AccessibleTextRole:
        return tr("%1, username %2", "a person found by a search, read aloud")
            .arg(isolated(name), handleOf(person.username));
    default:
        return {};
    }
}

QHash<int, QByteArray> PeopleSearchModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

} // namespace Tertulia::ViewModels
