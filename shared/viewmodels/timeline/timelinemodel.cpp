// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/timelinemodel.h"

#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/conversations/timelinerows.h"
#include "viewmodels/conversations/conversationtext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/rolenames.h"
#include "viewmodels/timeline/reactiontext.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

using Client::Timeline;
using Client::TimelineEntry;
using Client::TimelineRows;

namespace {
constexpr auto groupGap = std::chrono::minutes(5); // between messages of one group
constexpr int keptFormatted = 500; // rows; a view shows some thirty
constexpr auto readDelay = std::chrono::milliseconds(100);
} // namespace

TimelineModel::TimelineModel(Timeline &timeline, Client::ConversationClient &conversations, ViewContext &context,
                             QObject *parent)
    : QAbstractListModel(parent)
    , m_timeline(timeline)
    , m_conversations(conversations)
    , m_context(context)
    , m_self(conversations.self().id)
    , m_shown(keptFormatted)
    , m_seen(timeline, m_self, timeline.firstUnread() > 0 ? timeline.firstUnread() - 1 : timeline.lastSequence())
    , m_firstUnread(timeline.firstUnread())
    , m_count(timeline.count())
{
    // Later: the store's work must not hold up the frame in which the messages come into sight.
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(readDelay);
    connect(&m_readSoon, &QTimer::timeout, this, &TimelineModel::tellRead);
    follow();
    updateUnread();
}

void TimelineModel::follow()
{
    auto *timeline = &m_timeline;
    const auto *rows = &timeline->rows();
    connect(rows, &TimelineRows::rowsAboutToBeInserted, this,
            [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(rows, &TimelineRows::rowsInserted, this, &TimelineModel::rowsInserted);
    connect(rows, &TimelineRows::rowsAboutToBeRemoved, this,
            [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(rows, &TimelineRows::rowsRemoved, this, &TimelineModel::rowsRemoved);
    connect(rows, &TimelineRows::rowAboutToBeMoved, this,
            [this](int from, int to) { beginMoveRows({}, from, from, {}, to > from ? to + 1 : to); });
    connect(rows, &TimelineRows::rowMoved, this, [this](int from, int to) {
        endMoveRows();
        rowsChanged(to, to);
        touchNeighbours(to, to);
        touchNeighbours(from, from);
        afterRowsChanged();
    });
    connect(rows, &TimelineRows::rowsChanged, this, &TimelineModel::rowsChanged);
    connect(rows, &TimelineRows::aboutToReset, this, [this] { beginResetModel(); });
    connect(rows, &TimelineRows::wasReset, this, [this] {
        m_shown.clear();
        m_inSight = {};
        endResetModel();
        afterRowsChanged();
    });
    connect(timeline, &Timeline::stateChanged, this, &TimelineModel::stateChanged);
    connect(timeline, &Timeline::loadingChanged, this, [this] {
        Q_EMIT isLoadingOlderChanged();
        Q_EMIT isLoadingNewerChanged();
        Q_EMIT hasOlderChanged();
        Q_EMIT hasNewerChanged();
    });
    connect(timeline, &Timeline::lastSequenceChanged, this, &TimelineModel::updateUnread);
    connect(timeline, &Timeline::jumpChanged, this, &TimelineModel::jumpChanged);
    connect(timeline, &Timeline::arrived, this, &TimelineModel::arrive);
    connect(&m_conversations, &Client::ConversationClient::readThroughChanged, this, &TimelineModel::readElsewhere);
    connect(&m_conversations.directory(), &Client::Directory::changed, this, &TimelineModel::renamed);
    connect(&m_context, &ViewContext::windowActiveChanged, this, &TimelineModel::markRead);
    connect(&m_context, &ViewContext::textsChanged, this, &TimelineModel::touchAll);
    connect(&m_context, &ViewContext::textsChanged, this, &TimelineModel::jumpChanged);
}

void TimelineModel::rowsInserted(int first, int last)
{
    endInsertRows();
    touchNeighbours(first, last);
    m_inSight.insert(first, last);
    afterRowsChanged();
}

void TimelineModel::rowsRemoved(int first, int last)
{
    endRemoveRows();
    touchNeighbours(first, first - 1);
    m_inSight.remove(first, last);
    afterRowsChanged();
}

void TimelineModel::rowsChanged(int first, int last)
{
    for (int row = first; row <= last; ++row)
        m_shown.remove(at(row).rowId);
    Q_EMIT dataChanged(index(first), index(last));
    updateUnread(); // a pending one may have become a message
}

void TimelineModel::touchNeighbours(int first, int last)
{
    static const QList<int> roles{DayTextRole, IsFirstUnreadRole, IsGroupStartRole, IsGroupEndRole};
    for (const int row : {first - 1, last + 1}) {
        if (row >= 0 && row < rowCount())
            Q_EMIT dataChanged(index(row), index(row), roles);
    }
}

void TimelineModel::touchAll()
{
    m_shown.clear();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT stateChanged();
}

void TimelineModel::renamed(const UserId &user)
{
    for (int row = 0; row < rowCount(); ++row) {
        const auto &entry = at(row);
        if (entry.message.senderId == user || !ReactionText::own(entry.message.reactions, user).isEmpty())
            Q_EMIT dataChanged(index(row), index(row), {ContentRole});
    }
}

void TimelineModel::afterRowsChanged()
{
    if (m_count != rowCount()) {
        m_count = rowCount();
        Q_EMIT countChanged();
    }
    updateUnread();
}

// Commands

void TimelineModel::loadOlder()
{
    m_timeline.loadOlder();
}

void TimelineModel::loadNewer()
{
    m_timeline.loadNewer();
}

void TimelineModel::goToLatest()
{
    m_timeline.jumpToLatest();
}

void TimelineModel::goToNextUnread()
{
    if (const Sequence next = m_seen.next(); next > 0)
        m_timeline.jumpTo(next);
}

void TimelineModel::retryJump()
{
    m_timeline.retryJump();
}

void TimelineModel::dropJump()
{
    m_timeline.dropJump();
}

void TimelineModel::showWritten()
{
    if (m_seen.next() == 0)
        setFirstUnread(0);
    goToLatest();
}

void TimelineModel::arrive(Sequence sequence)
{
    if (sequence == 0) {
        m_seen.pass();
        Q_EMIT latestReached();
        return;
    }
    const int row = m_timeline.indexOfSequence(sequence);
    if (rowCount() > 0)
        Q_EMIT messageReached(QString::number(at(row < 0 ? rowCount() - 1 : row).rowId));
}

void TimelineModel::reload()
{
    m_timeline.retry();
}

void TimelineModel::markVisible(int firstRow, int lastRow)
{
    m_inSight = {std::min(firstRow, rowCount() - 1), std::min(lastRow, rowCount() - 1)};
    m_isAtLatest = m_inSight.newest == 0 && !m_timeline.hasNewer();
    markRead();
}

void TimelineModel::markRead()
{
    if (!m_inSight.isEmpty() && m_context.isWindowActive() && m_seen.see(m_inSight) && !m_readSoon.isActive())
        m_readSoon.start();
    updateUnread();
    tellWatched();
}

void TimelineModel::markAllRead()
{
    if (m_seen.seeThrough(m_timeline.lastSequence()))
        tellRead();
    updateUnread();
    tellWatched();
}

void TimelineModel::tellWatched()
{
    m_conversations.setWatched(m_timeline.conversation(),
                               m_isAtLatest && m_context.isWindowActive() && m_seen.next() == 0);
}

void TimelineModel::tellRead()
{
    m_conversations.markRead(m_timeline.conversation(), m_seen.through());
}

void TimelineModel::readElsewhere(const ConversationId &id, Sequence upTo)
{
    if (id != m_timeline.conversation() || !m_seen.seeThrough(upTo))
        return;
    updateUnread();
    tellWatched();
}

void TimelineModel::close()
{
    if (m_readSoon.isActive())
        tellRead();
    m_readSoon.stop();
    m_conversations.setWatched(m_timeline.conversation(), false);
}

void TimelineModel::updateUnread()
{
    const Sequence next = m_seen.next();
    if (m_unreadCount == 0 && next > 0 && !(m_isAtLatest && m_context.isWindowActive()))
        setFirstUnread(next);
    const int count = m_seen.count();
    const NextUnread::Value side = sideOf(next);
    if (count == m_unreadCount && side == m_nextUnread)
        return;
    m_unreadCount = count;
    m_nextUnread = side;
    Q_EMIT unreadChanged();
}

NextUnread::Value TimelineModel::sideOf(Sequence sequence) const
{
    if (sequence == 0 || m_inSight.isEmpty())
        return NextUnread::Value::None;
    const int row = m_timeline.indexOfSequence(sequence);
    if (row < 0 || row > m_inSight.oldest)
        return NextUnread::Value::Above;
    const bool isHere = at(row).message.sequence == sequence && row >= m_inSight.newest;
    return isHere ? NextUnread::Value::None : NextUnread::Value::Below;
}

void TimelineModel::setFirstUnread(Sequence sequence)
{
    if (std::exchange(m_firstUnread, sequence) == sequence || rowCount() == 0)
        return;
    static const QList<int> roles{IsFirstUnreadRole, IsGroupStartRole, IsGroupEndRole};
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
}

int TimelineModel::anchorRow() const
{
    const auto position = m_conversations.viewPosition(m_timeline.conversation());
    return position.sequence == 0 ? -1 : m_timeline.indexOfSequence(position.sequence);
}

double TimelineModel::anchorOffset() const
{
    return m_conversations.viewPosition(m_timeline.conversation()).offset;
}

void TimelineModel::saveAnchor(const QString &rowId, double offset)
{
    Client::ViewPosition position;
    const int row = rowOf(rowId);
    // at the bottom, or on something that is not on the server: next time the latest is shown
    if (row >= 0 && !at(row).isPending() && (row > 0 || offset > 0 || m_timeline.hasNewer()))
        position = {at(row).message.sequence, offset};
    m_conversations.setViewPosition(m_timeline.conversation(), position);
}

int TimelineModel::rowOf(const QString &rowId) const
{
    bool isNumber = false;
    const auto id = rowId.toULongLong(&isNumber);
    return isNumber ? m_timeline.indexOfRow(id) : -1;
}

int TimelineModel::firstUnreadRow() const
{
    const int row = m_firstUnread == 0 ? -1 : m_timeline.indexOfSequence(m_firstUnread);
    return row >= 0 && at(row).message.sequence == m_firstUnread ? row : -1;
}

// State

PageState::Value TimelineModel::state() const
{
    switch (m_timeline.state()) {
    case Timeline::State::Loading:
        return PageState::Value::Loading;
    case Timeline::State::Content:
        return PageState::Value::Content;
    case Timeline::State::Empty:
        return PageState::Value::Empty;
    case Timeline::State::Error:
        break;
    }
    return PageState::Value::Error;
}

QString TimelineModel::errorText() const
{
    const auto &error = m_timeline.error();
    return error ? ErrorText::of(*error, ErrorText::Context::Load) : QString();
}

bool TimelineModel::isJumping() const
{
    return m_timeline.jump() == Timeline::Jump::Loading;
}

QString TimelineModel::jumpErrorText() const
{
    const auto &error = m_timeline.jumpError();
    return error ? tr("The messages could not be loaded. %1", "and a sentence that says why")
                       .arg(ErrorText::of(*error, ErrorText::Context::Load))
                 : QString();
}

bool TimelineModel::isLoadingOlder() const
{
    return m_timeline.isLoadingOlder();
}

bool TimelineModel::isLoadingNewer() const
{
    return m_timeline.isLoadingNewer();
}

bool TimelineModel::hasOlder() const
{
    return m_timeline.hasOlder();
}

bool TimelineModel::hasNewer() const
{
    return m_timeline.hasNewer();
}

// Rows

const TimelineEntry &TimelineModel::at(int row) const
{
    return m_timeline.at(row);
}

const TimelineEntry *TimelineModel::entryOf(const QString &rowId) const
{
    const int row = rowOf(rowId);
    return row < 0 ? nullptr : &at(row);
}

bool TimelineModel::isOwn(const TimelineEntry &entry) const
{
    return entry.message.senderId == m_self;
}

bool TimelineModel::isFirstOfDay(int row) const
{
    return row + 1 >= rowCount() || shown(row + 1).date != shown(row).date;
}

bool TimelineModel::isFirstUnread(int row) const
{
    const auto first = m_firstUnread;
    if (first == 0 || at(row).isPending() || at(row).message.sequence < first)
        return false;
    return row + 1 >= rowCount() ? !hasOlder() || at(row).message.sequence == first
                                 : at(row + 1).message.sequence < first;
}

bool TimelineModel::isGroupStart(int row) const
{
    if (row + 1 >= rowCount() || isFirstOfDay(row) || isFirstUnread(row))
        return true;
    const auto &older = at(row + 1).message;
    const auto &message = at(row).message;
    return older.senderId != message.senderId || message.createdAt - older.createdAt > groupGap;
}

DeliveryStatus::Value TimelineModel::status(const TimelineEntry &entry) const
{
    return isOwn(entry) && !entry.message.isDeleted ? ConversationText::statusOf(m_timeline.statusOf(entry))
                                                    : DeliveryStatus::Value::None;
}

QString TimelineModel::dayText(int row) const
{
    return row >= 0 && row < rowCount() ? m_context.time().day(at(row).message.createdAt) : QString();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_timeline.count();
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int row = index.row();
    switch (role) {
    case RowIdRole:
        return QString::number(at(row).rowId);
    case ContentRole:
        return QVariant::fromValue(contentOf(row));
    case Qt::DisplayRole:
        return shown(row).formatted.text;
    case DayTextRole:
        return isFirstOfDay(row) ? dayText(row) : QString();
    case IsFirstUnreadRole:
        return isFirstUnread(row);
    case IsGroupStartRole:
        return isGroupStart(row);
    case IsGroupEndRole:
        return row == 0 || isGroupStart(row - 1);
    default:
        return {};
    }
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

} // namespace Tertulia::ViewModels
