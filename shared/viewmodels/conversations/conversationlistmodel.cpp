// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/conversations/conversationlistmodel.h"

#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "text/plaintext.h"
#include "text/searchwords.h"
#include "viewmodels/conversations/conversationtext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/persona.h"
#include "viewmodels/rolenames.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

using Client::ConversationClient;
using Client::ConversationEntry;
using Client::ConversationList;
using Client::PresenceClient;

ConversationListModel::ConversationListModel(ConversationClient &conversations, PresenceClient &presence,
                                             ViewContext &context, QObject *parent)
    : QAbstractListModel(parent)
    , m_conversations(conversations)
    , m_presence(presence)
    , m_context(context)
    , m_count(conversations.count())
{
    follow();
}

void ConversationListModel::follow()
{
    const auto *list = &m_conversations.list();
    connect(list, &ConversationList::aboutToBeInserted, this, [this](int index) {
        if (!isFiltered())
            beginInsertRows({}, index, index);
    });
    connect(list, &ConversationList::inserted, this, &ConversationListModel::inserted);
    connect(list, &ConversationList::changed, this, &ConversationListModel::changed);
    connect(list, &ConversationList::aboutToBeMoved, this, [this](int from, int to) {
        if (!isFiltered())
            beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    });
    connect(list, &ConversationList::moved, this, &ConversationListModel::moved);
    connect(list, &ConversationList::aboutToBeRemoved, this, &ConversationListModel::aboutToBeRemoved);
    connect(list, &ConversationList::removed, this, [this] {
        if (!isFiltered())
            endRemoveRows();
        afterRowsChanged();
    });
    connect(list, &ConversationList::aboutToReset, this, [this] { beginResetModel(); });
    connect(list, &ConversationList::wasReset, this, [this] {
        m_searchWords.clear();
        refill();
        endResetModel();
        afterRowsChanged();
    });
    connect(&m_conversations.directory(), &Client::Directory::changed, this, &ConversationListModel::renamed);
    connect(&m_conversations, &ConversationClient::stateChanged, this, &ConversationListModel::stateChanged);
    connect(&m_presence, &PresenceClient::presenceChanged, this, [this](const UserId &user) {
        touch(rowOf(m_conversations.directWith(user)), {IsOnlineRole, AccessibleTextRole});
    });
    connect(&m_presence, &PresenceClient::presenceReset, this, [this] {
        touchAll({IsOnlineRole, AccessibleTextRole, IsTypingRole, TypingTextRole});
    });
    connect(&m_presence, &PresenceClient::typingChanged, this, [this](const ConversationId &id) {
        touch(rowOf(id), {IsTypingRole, TypingTextRole, AccessibleTextRole});
    });
    connect(&m_context, &ViewContext::textsChanged, this, [this] {
        touchAll({});
        Q_EMIT stateChanged();
    });
}

void ConversationListModel::inserted(int index)
{
    if (!isFiltered()) {
        endInsertRows();
    } else if (isWanted(m_conversations.at(index))) {
        const int row = insertionRow(m_visible, index);
        beginInsertRows({}, row, row);
        m_visible.insert(m_visible.begin() + row, m_conversations.at(index).conversation.id);
        endInsertRows();
    }
    afterRowsChanged();
}

void ConversationListModel::aboutToBeRemoved(int index)
{
    const auto id = m_conversations.at(index).conversation.id;
    m_searchWords.erase(id);
    if (!isFiltered())
        return beginRemoveRows({}, index, index);
    if (const int row = rowOf(id); row >= 0) {
        beginRemoveRows({}, row, row);
        m_visible.erase(m_visible.begin() + row);
        endRemoveRows();
    }
}

void ConversationListModel::moved(int from, int to)
{
    Q_UNUSED(from)
    if (!isFiltered()) {
        endMoveRows();
        return afterRowsChanged();
    }
    const auto id = m_conversations.at(to).conversation.id;
    const auto place = std::ranges::find(m_visible, id);
    if (place == m_visible.end())
        return;
    const int old = int(place - m_visible.begin());
    auto without = m_visible;
    without.erase(without.begin() + old);
    const int row = insertionRow(without, to);
    if (row == old)
        return;
    beginMoveRows({}, old, old, {}, row > old ? row + 1 : row);
    m_visible = std::move(without);
    m_visible.insert(m_visible.begin() + row, id);
    endMoveRows();
    afterRowsChanged();
}

void ConversationListModel::changed(int index)
{
    const auto &entry = m_conversations.at(index);
    const auto id = entry.conversation.id;
    if (!isFiltered()) {
        m_searchWords.erase(id);
        return touch(index);
    }
    m_searchWords.erase(id);
    const int row = rowOf(id);
    const bool wanted = isWanted(entry);
    if (row >= 0 && wanted)
        return touch(row);
    if (row < 0 && wanted)
        return inserted(index);
    if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_visible.erase(m_visible.begin() + row);
        endRemoveRows();
        afterRowsChanged();
    }
}

void ConversationListModel::renamed(const UserId &user)
{
    for (int i = 0; i < m_conversations.count(); ++i) {
        if (ConversationText::concerns(m_conversations.at(i), user, m_conversations))
            changed(i);
    }
}

/// Where a conversation of the client's list stands among the visible ones, which do not hold it yet.
int ConversationListModel::insertionRow(const std::vector<ConversationId> &visible, int index) const
{
    const auto after = std::ranges::partition_point(
        visible, [&](const ConversationId &id) { return m_conversations.indexOf(id) < index; });
    return int(after - visible.begin());
}

void ConversationListModel::afterRowsChanged()
{
    if (m_count != rowCount()) {
        m_count = rowCount();
        Q_EMIT countChanged();
        Q_EMIT stateChanged();
    }
    if (const int row = m_current.isNull() ? -1 : rowOf(m_current); row != m_currentRow) {
        m_currentRow = row;
        Q_EMIT currentRowChanged();
    }
}

void ConversationListModel::touch(int row, const QList<int> &roles)
{
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row), roles);
}

void ConversationListModel::touchAll(const QList<int> &roles)
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
}

bool ConversationListModel::isWanted(const ConversationEntry &entry)
{
    auto &words = m_searchWords[entry.conversation.id];
    if (words.isEmpty())
        words = searchWords(ConversationText::searchText(entry, m_conversations));
    return matches(words, m_words);
}

void ConversationListModel::refill()
{
    m_visible.clear();
    if (!isFiltered())
        return;
    for (int i = 0; i < m_conversations.count(); ++i) {
        if (isWanted(m_conversations.at(i)))
            m_visible.push_back(m_conversations.at(i).conversation.id);
    }
}

void ConversationListModel::setFilter(const QString &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    if (const auto words = queryWords(filter); words != m_words) {
        beginResetModel();
        m_words = words;
        refill();
        endResetModel();
        afterRowsChanged();
    }
    Q_EMIT filterChanged();
}

void ConversationListModel::setCurrent(const ConversationId &id)
{
    if (m_current == id)
        return;
    const auto before = m_current;
    m_current = id;
    for (const auto &changedId : {before, id}) {
        if (!changedId.isNull())
            touch(rowOf(changedId),
                  {IsCurrentRole, PreviewRole, PreviewPrefixRole, IsDraftRole, StatusRole, AccessibleTextRole});
    }
    afterRowsChanged();
}

void ConversationListModel::retry()
{
    m_conversations.retry();
}

QString ConversationListModel::conversationIdAt(int row) const
{
    const auto *entry = entryAt(row);
    return entry ? entry->conversation.id.toString() : QString();
}

PageState::Value ConversationListModel::state() const
{
    if (rowCount() > 0)
        return PageState::Value::Content;
    if (isFiltered())
        return PageState::Value::Empty;
    switch (m_conversations.state()) {
    case ConversationClient::State::Loading:
        return PageState::Value::Loading;
    case ConversationClient::State::Error:
        return PageState::Value::Error;
    case ConversationClient::State::Content:
    case ConversationClient::State::Empty:
        break;
    }
    return PageState::Value::Empty;
}

QString ConversationListModel::errorText() const
{
    const auto &error = m_conversations.error();
    return error ? ErrorText::of(*error, ErrorText::Context::Load) : QString();
}

int ConversationListModel::rowOf(const ConversationId &id) const
{
    if (!isFiltered())
        return m_conversations.indexOf(id);
    const int row = insertionRow(m_visible, m_conversations.indexOf(id)); // they are in the list's order
    return row < int(m_visible.size()) && m_visible[size_t(row)] == id ? row : -1;
}

const ConversationEntry *ConversationListModel::entryAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    return isFiltered() ? m_conversations.find(m_visible[size_t(row)]) : &m_conversations.at(row);
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return isFiltered() ? int(m_visible.size()) : m_conversations.count();
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto *entry = entryAt(index.row());
    if (!entry)
        return {};
    const auto &conversation = entry->conversation;
    const auto *other = entry->other(m_conversations.self().id);
    switch (role) {
    case ConversationIdRole:
        return conversation.id.toString();
    case ColorIndexRole:
        return ConversationText::colorIndex(*entry, m_conversations.self().id);
    case IsOnlineRole:
        return other && m_presence.isOnline(other->id);
    case IsTypingRole:
        return m_presence.isTyping(conversation.id);
    case UnreadCountRole:
        return entry->unread();
    case IsMutedRole:
        return conversation.isMuted;
    case IsCurrentRole:
        return conversation.id == m_current;
    default:
        return textOf(*entry, role);
    }
}

QVariant ConversationListModel::textOf(const ConversationEntry &entry, int role) const
{
    const bool showsDraft = entry.conversation.id != m_current;
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return ConversationText::title(entry, m_conversations);
    case InitialsRole:
        return initialsOf(ConversationText::title(entry, m_conversations));
    case PreviewRole:
        return ConversationText::preview(entry, m_conversations, showsDraft).text;
    case PreviewPrefixRole:
        return ConversationText::preview(entry, m_conversations, showsDraft).prefix;
    case IsDraftRole:
        return ConversationText::preview(entry, m_conversations, showsDraft).isDraft;
    case StatusRole:
        return int(ConversationText::preview(entry, m_conversations, showsDraft).status);
    case TypingTextRole:
        return ConversationText::typing(entry, m_conversations, m_presence.typists(entry.conversation.id));
    case TimeTextRole:
        return entry.pending || entry.conversation.lastMessage ? m_context.time().brief(entry.sortTime()) : QString();
    case AccessibleTextRole:
        return accessibleText(entry);
    default:
        return {};
    }
}

QString ConversationListModel::accessibleText(const ConversationEntry &entry) const
{
    QStringList parts{isolated(ConversationText::title(entry, m_conversations))};
    if (const auto *other = entry.other(m_conversations.self().id); other && m_presence.isOnline(other->id))
        parts << tr("online", "of a person, read aloud");
    if (entry.unread() > 0)
        parts << tr("%n unread messages", nullptr, entry.unread());
    const auto typing = ConversationText::typing(entry, m_conversations, m_presence.typists(entry.conversation.id));
    const auto preview = ConversationText::preview(entry, m_conversations, entry.conversation.id != m_current);
    if (!typing.isEmpty())
        parts << typing;
    else if (!preview.text.isEmpty())
        parts << (preview.prefix + u' ' + isolated(preview.text)).trimmed();
    if (preview.status != DeliveryStatus::Value::None)
        parts << ConversationText::statusText(preview.status);
    if (entry.conversation.lastMessage)
        parts << m_context.time().brief(entry.sortTime());
    if (entry.conversation.isMuted)
        parts << tr("muted", "of a conversation, read aloud");
    return parts.join(QStringLiteral(", "));
}

QHash<int, QByteArray> ConversationListModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

} // namespace Tertulia::ViewModels
