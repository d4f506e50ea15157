// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QAbstractListModel>

namespace Tertulia::ViewModels {

/// Ctrl+K: conversations and people in one list, the best match first. With an empty query: the latest conversations.
class SwitcherModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an account.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool isSearching READ isSearching NOTIFY isSearchingChanged)

public:
    enum Role {
        KindRole = Qt::UserRole, ///< SwitcherKind
        TargetIdRole, ///< of the conversation or the person
        TitleRole,
        SubtitleRole,
        InitialsRole,
        ColorIndexRole,
        IsOnlineRole,
        UnreadCountRole,
        AccessibleTextRole,
    };
    Q_ENUM(Role)

    explicit SwitcherModel(QObject *parent = nullptr);

    void setQuery(const QString &query);
    Q_INVOKABLE void activate(int row);

    [[nodiscard]] QString query() const { return m_query; }
    /// The server is being asked for people.
    [[nodiscard]] bool isSearching() const { return false; }
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void queryChanged();
    void countChanged();
    void isSearchingChanged();

private:
    QString m_query;
};

} // namespace Tertulia::ViewModels
