// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QAbstractListModel>

namespace Tertulia::ViewModels {

/// The accounts on this machine, in the order in which they were added.
class AccountListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of the application.")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        AccountIdRole = Qt::UserRole,
        DisplayNameRole,
        UsernameRole,
        ServerNameRole,
        InitialsRole,
        ColorIndexRole,
        UnreadCountRole,
        ConnectivityRole,
        IsCurrentRole,
    };
    Q_ENUM(Role)

    explicit AccountListModel(QObject *parent = nullptr);

    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
};

} // namespace Tertulia::ViewModels
