// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QAbstractListModel>

namespace Tertulia::ViewModels {

/// The conversations of one account, the latest first, by the words of the filter. One change is one row: never a reset
/// but for another filter.
class ConversationListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an account.")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(Tertulia::ViewModels::PageState::Value state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int currentRow READ currentRow NOTIFY currentRowChanged)

public:
    enum Role {
        ConversationIdRole = Qt::UserRole,
        TitleRole,
        InitialsRole,
        ColorIndexRole,
        IsOnlineRole,
        PreviewRole, ///< one line of plain text
        PreviewPrefixRole, ///< "You:" or "Draft:" or empty
        IsDraftRole,
        IsTypingRole,
        TypingTextRole,
        TimeTextRole,
        StatusRole, ///< DeliveryStatus, of the last message when it is one's own
        UnreadCountRole,
        IsMutedRole,
        IsCurrentRole,
        AccessibleTextRole, ///< the row as one sentence
    };
    Q_ENUM(Role)

    explicit ConversationListModel(QObject *parent = nullptr);

    void setFilter(const QString &filter);
    /// Asks the server again after an error.
    Q_INVOKABLE void retry();
    /// The conversation in that row, empty when there is none; for the keys that walk through the list.
    Q_INVOKABLE [[nodiscard]] QString conversationIdAt(int row) const;

    [[nodiscard]] QString filter() const { return m_filter; }
    [[nodiscard]] PageState::Value state() const { return PageState::Value::Loading; }
    [[nodiscard]] QString errorText() const { return {}; }
    [[nodiscard]] int count() const { return rowCount(); }
    /// The row of the open conversation, -1 when it is not in the list.
    [[nodiscard]] int currentRow() const { return -1; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void filterChanged();
    void stateChanged();
    void countChanged();
    void currentRowChanged();

private:
    QString m_filter;
};

} // namespace Tertulia::ViewModels
