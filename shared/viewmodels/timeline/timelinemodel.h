// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "text/messageformatter.h"
#include "viewmodels/enums.h"
#include "viewmodels/timeline/messagecontent.h"
#include "viewmodels/timeline/seenmessages.h"

#include <QAbstractListModel>
#include <QCache>
#include <QDate>
#include <QTimer>

namespace Tertulia::Client {
class ConversationClient;
class Timeline;
struct TimelineEntry;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

class ViewContext;

/// The messages of one conversation, row 0 the newest: what a list that grows from the bottom wants. The rows are the
/// timeline's own; only what is shown is formatted. What has been seen in an active window becomes read.
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a conversation.")
    Q_PROPERTY(Tertulia::ViewModels::PageState::Value state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(bool isLoadingOlder READ isLoadingOlder NOTIFY isLoadingOlderChanged)
    Q_PROPERTY(bool isLoadingNewer READ isLoadingNewer NOTIFY isLoadingNewerChanged)
    Q_PROPERTY(bool hasOlder READ hasOlder NOTIFY hasOlderChanged)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY hasNewerChanged)
    Q_PROPERTY(bool isJumping READ isJumping NOTIFY jumpChanged)
    Q_PROPERTY(QString jumpErrorText READ jumpErrorText NOTIFY jumpChanged)
    Q_PROPERTY(int unreadCount READ unreadCount NOTIFY unreadChanged)
    Q_PROPERTY(Tertulia::ViewModels::NextUnread::Value nextUnread READ nextUnread NOTIFY unreadChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        RowIdRole = Qt::UserRole, ///< stays the same when a waiting message becomes a sent one
        ContentRole, ///< MessageContent: all that is shown of the message
        DayTextRole, ///< empty unless the message is the first of its day
        IsFirstUnreadRole,
        IsGroupStartRole, ///< the oldest of a run of one person's messages
        IsGroupEndRole, ///< the newest of it
    };
    Q_ENUM(Role)

    /// All of them outlive the model, the timeline until close().
    TimelineModel(Client::Timeline &timeline, Client::ConversationClient &conversations, ViewContext &context,
                  QObject *parent = nullptr);
    /// Before the timeline goes: tells what was seen.
    void close();

    Q_INVOKABLE void loadOlder();
    Q_INVOKABLE void loadNewer();
    /// latestReached() follows, and once more when more has come from the server.
    Q_INVOKABLE void goToLatest();
    /// To the first message that was not in sight yet: messageReached() follows, perhaps after a request.
    Q_INVOKABLE void goToNextUnread();
    Q_INVOKABLE void retryJump();
    /// The person moves through the messages: where they wanted to be before does not matter any more.
    Q_INVOKABLE void dropJump();
    Q_INVOKABLE void markAllRead();
    /// Asks the server again after an error.
    Q_INVOKABLE void reload();
    /// The rows that can be seen now, -1 for none: in an active window they have been seen (SeenMessages).
    Q_INVOKABLE void markVisible(int firstRow, int lastRow);
    Q_INVOKABLE void retry(const QString &rowId);
    Q_INVOKABLE void remove(const QString &rowId);
    /// This person's reaction to a message from now on; empty: no more.
    Q_INVOKABLE void react(const QString &rowId, const QString &reaction);
    /// Puts the plain text on the clipboard.
    Q_INVOKABLE void copyText(const QString &rowId);
    /// The addresses that the message's links lead to.
    Q_INVOKABLE [[nodiscard]] QStringList linksOf(const QString &rowId) const;

    /// Where the view was when it was left: the row (-1: the latest) and how far its bottom edge was from the view's.
    Q_INVOKABLE [[nodiscard]] int anchorRow() const;
    Q_INVOKABLE [[nodiscard]] double anchorOffset() const;
    Q_INVOKABLE void saveAnchor(const QString &rowId, double offset);
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &rowId) const;
    /// The day of any row ("Yesterday"), for what floats above moving messages; empty for a row that is not.
    Q_INVOKABLE [[nodiscard]] QString dayText(int row) const;
    /// The row below the line "unread messages", -1 when there is none or it is not loaded.
    Q_INVOKABLE [[nodiscard]] int firstUnreadRow() const;
    /// A view that follows the latest message goes no further than this row lets it; -1: all the way.
    Q_INVOKABLE [[nodiscard]] int arrivedRow() const { return m_seen.arrivedRow(); }

    /// The person has written something: it is shown, wherever the window was.
    void showWritten();
    [[nodiscard]] PageState::Value state() const;
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] bool isLoadingOlder() const;
    [[nodiscard]] bool isLoadingNewer() const;
    [[nodiscard]] bool hasOlder() const;
    [[nodiscard]] bool hasNewer() const;
    /// What was wished for last is not here yet.
    [[nodiscard]] bool isJumping() const;
    [[nodiscard]] QString jumpErrorText() const; ///< why it could not be had; empty otherwise
    [[nodiscard]] int unreadCount() const { return m_unreadCount; } ///< of others, not in sight yet
    [[nodiscard]] NextUnread::Value nextUnread() const { return m_nextUnread; }
    [[nodiscard]] int count() const { return rowCount(); }
    /// What the row of this number shows; it is there.
    [[nodiscard]] MessageContent contentOf(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void stateChanged();
    void isLoadingOlderChanged();
    void isLoadingNewerChanged();
    void hasOlderChanged();
    void hasNewerChanged();
    void jumpChanged();
    void unreadChanged();
    void countChanged();
    /// The view goes to the bottom.
    void latestReached();
    /// The view goes to this row.
    void messageReached(const QString &rowId);

private:
    /// What is worth keeping of a row that is shown.
    struct Shown
    {
        FormattedMessage formatted;
        QDate date;
    };

    void follow();
    void rowsInserted(int first, int last);
    void rowsRemoved(int first, int last);
    void rowsChanged(int first, int last);
    void afterRowsChanged();
    /// Days and groups depend on the rows above and below.
    void touchNeighbours(int first, int last);
    void touchAll();
    void renamed(const UserId &user);
    void markRead();
    void tellWatched();
    void tellRead();
    void readElsewhere(const ConversationId &id, Sequence upTo);
    void arrive(Sequence sequence);
    void updateUnread();
    /// New messages begin here, while nobody looks.
    void setFirstUnread(Sequence sequence);
    [[nodiscard]] NextUnread::Value sideOf(Sequence sequence) const;
    [[nodiscard]] const Client::TimelineEntry &at(int row) const;
    [[nodiscard]] const Client::TimelineEntry *entryOf(const QString &rowId) const;
    [[nodiscard]] bool isOwn(const Client::TimelineEntry &entry) const;
    [[nodiscard]] const Shown &shown(int row) const;
    [[nodiscard]] bool isFirstOfDay(int row) const;
    [[nodiscard]] bool isFirstUnread(int row) const;
    [[nodiscard]] bool isGroupStart(int row) const;
    [[nodiscard]] DeliveryStatus::Value status(const Client::TimelineEntry &entry) const;
    [[nodiscard]] QString senderName(const Client::TimelineEntry &entry) const;
    [[nodiscard]] QString plainText(const Client::TimelineEntry &entry) const;
    [[nodiscard]] QString failureText(const Client::TimelineEntry &entry) const;
    /// All but the words to be read aloud comes first: those are made of it.
    [[nodiscard]] QString accessibleText(const Client::TimelineEntry &entry, const MessageContent &content) const;
    [[nodiscard]] QString reactionsBy(const Client::TimelineEntry &entry, QChar between) const;
    [[nodiscard]] QString statusText(const Client::TimelineEntry &entry) const;

    Client::Timeline &m_timeline;
    Client::ConversationClient &m_conversations;
    ViewContext &m_context;
    const UserId m_self;
    mutable QCache<quint64, Shown> m_shown; ///< by the timeline's row id
    RowsInSight m_inSight;
    bool m_isAtLatest = false; ///< as the view said last
    SeenMessages m_seen;
    Sequence m_firstUnread = 0; ///< below the line; 0: no line
    QTimer m_readSoon; ///< runs while something seen is not marked as read yet
    int m_unreadCount = 0;
    NextUnread::Value m_nextUnread = NextUnread::Value::None;
    int m_count = 0; ///< as last told
};

} // namespace Tertulia::ViewModels
