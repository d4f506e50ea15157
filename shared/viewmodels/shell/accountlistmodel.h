// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace Tertulia::ViewModels {

class AccountViewModel;

/// The accounts on this machine, in the order in which they were added. Owns their view models.
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
    ~AccountListModel() override;

    AccountViewModel &add(std::unique_ptr<AccountViewModel> account);
    /// Null: unknown.
    [[nodiscard]] std::unique_ptr<AccountViewModel> take(const QString &accountId);
    void setCurrent(const AccountViewModel *account);

    [[nodiscard]] const std::vector<std::unique_ptr<AccountViewModel>> &accounts() const { return m_accounts; }
    [[nodiscard]] AccountViewModel *find(const QString &accountId) const;
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    void touch(const AccountViewModel *account, const QList<int> &roles);

    std::vector<std::unique_ptr<AccountViewModel>> m_accounts;
    const AccountViewModel *m_current = nullptr;
};

} // namespace Tertulia::ViewModels
