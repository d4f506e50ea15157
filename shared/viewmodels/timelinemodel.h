// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QAbstractListModel>

namespace Tertulia::ViewModels {

/// The messages of one conversation, row 0 the newest: what a list that grows from the bottom wants.
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
    Q_PROPERTY(int unreadBelow READ unreadBelow NOTIFY unreadBelowChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        RowIdRole = Qt::UserRole, ///< stays the same when a waiting message becomes a sent one
        MessageIdRole, ///< the server's; empty while it waits
        IsOwnRole,
        SenderNameRole,
        InitialsRole,
        ColorIndexRole,
        TextRole, ///< plain, for copying
        FormattedTextRole, ///< safe rich text when isRich, else plain text
        IsRichRole, ///< formattedText wants Text.RichText; else Text.PlainText
        IsEmojiOnlyRole, ///< one to three emoji and nothing else: shown large, without a bubble
        TimeTextRole,
        FullTimeTextRole,
        DayTextRole, ///< empty unless the message is the first of its day
        IsFirstUnreadRole,
        IsGroupStartRole, ///< the oldest of a run of one person's messages
        IsGroupEndRole, ///< the newest of it
        StatusRole, ///< DeliveryStatus
        StatusTextRole, ///< the same in words, for the tool tip and the screen reader
        FailureTextRole, ///< why it could not be sent; empty otherwise
        IsPendingRole, ///< not yet on the server
        IsDeletedRole,
        AccessibleTextRole, ///< the message as one sentence
    };
    Q_ENUM(Role)

    explicit TimelineModel(QObject *parent = nullptr);

    Q_INVOKABLE void loadOlder();
    Q_INVOKABLE void loadNewer();
    Q_INVOKABLE void jumpToLatest();
    /// Asks the server again after an error.
    Q_INVOKABLE void reload();
    /// The rows that can be seen now; they become read when the window is active.
    Q_INVOKABLE void markVisible(int firstRow, int lastRow);
    Q_INVOKABLE void retry(const QString &rowId);
    Q_INVOKABLE void remove(const QString &rowId);
    /// Puts the plain text on the clipboard.
    Q_INVOKABLE void copyText(const QString &rowId);

    /// Where the view was when the conversation was left: the row and how far (in pixels) its bottom edge was from the
    /// view's. Row -1: at the latest message.
    Q_INVOKABLE [[nodiscard]] int anchorRow() const;
    Q_INVOKABLE [[nodiscard]] double anchorOffset() const;
    Q_INVOKABLE void saveAnchor(const QString &rowId, double offset);
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &rowId) const;
    /// The row of the first unread message, -1 without one.
    Q_INVOKABLE [[nodiscard]] int firstUnreadRow() const;

    [[nodiscard]] PageState::Value state() const { return PageState::Value::Loading; }
    [[nodiscard]] QString errorText() const { return {}; }
    [[nodiscard]] bool isLoadingOlder() const { return false; }
    [[nodiscard]] bool isLoadingNewer() const { return false; }
    [[nodiscard]] bool hasOlder() const { return false; }
    [[nodiscard]] bool hasNewer() const { return false; }
    /// Messages of others that came below what can be seen.
    [[nodiscard]] int unreadBelow() const { return 0; }
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void stateChanged();
    void isLoadingOlderChanged();
    void isLoadingNewerChanged();
    void hasOlderChanged();
    void hasNewerChanged();
    void unreadBelowChanged();
    void countChanged();
    /// The person has sent something: the view goes to the bottom.
    void ownMessageAdded();
};

} // namespace Tertulia::ViewModels
