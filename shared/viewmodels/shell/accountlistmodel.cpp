// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/accountlistmodel.h"

#include "viewmodels/rolenames.h"
#include "viewmodels/shell/accountviewmodel.h"

#include <algorithm>
#include <utility>

namespace Tertulia::ViewModels {

AccountListModel::AccountListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

AccountListModel::~AccountListModel() = default;

AccountViewModel &AccountListModel::add(std::unique_ptr<AccountViewModel> account)
{
    auto *added = account.get();
    beginInsertRows({}, rowCount(), rowCount());
    m_accounts.push_back(std::move(account));
    endInsertRows();
    connect(added, &AccountViewModel::profileChanged, this, [this, added] {
        touch(added, {DisplayNameRole, UsernameRole, InitialsRole});
    });
    connect(added, &AccountViewModel::unreadCountChanged, this, [this, added] { touch(added, {UnreadCountRole}); });
    connect(added, &AccountViewModel::connectivityChanged, this, [this, added] { touch(added, {ConnectivityRole}); });
    Q_EMIT countChanged();
    return *added;
}

std::unique_ptr<AccountViewModel> AccountListModel::take(const QString &accountId)
{
    const auto found = std::ranges::find_if(m_accounts, [&](const auto &a) { return a->accountId() == accountId; });
    if (found == m_accounts.end())
        return {};
    const int row = int(found - m_accounts.begin());
    beginRemoveRows({}, row, row);
    auto account = std::move(*found);
    m_accounts.erase(found);
    endRemoveRows();
    account->disconnect(this);
    if (m_current == account.get())
        m_current = nullptr;
    Q_EMIT countChanged();
    return account;
}

void AccountListModel::setCurrent(const AccountViewModel *account)
{
    const auto *before = std::exchange(m_current, account);
    touch(before, {IsCurrentRole});
    touch(account, {IsCurrentRole});
}

void AccountListModel::touch(const AccountViewModel *account, const QList<int> &roles)
{
    const auto found = std::ranges::find(m_accounts, account, &std::unique_ptr<AccountViewModel>::get);
    if (found == m_accounts.end())
        return;
    const auto row = index(int(found - m_accounts.begin()));
    Q_EMIT dataChanged(row, row, roles);
}

AccountViewModel *AccountListModel::find(const QString &accountId) const
{
    const auto found = std::ranges::find_if(m_accounts, [&](const auto &a) { return a->accountId() == accountId; });
    return found == m_accounts.end() ? nullptr : found->get();
}

int AccountListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_accounts.size());
}

QVariant AccountListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &account = *m_accounts[size_t(index.row())];
    switch (role) {
    case AccountIdRole:
        return account.accountId();
    case Qt::DisplayRole:
    case DisplayNameRole:
        return account.displayName();
    case UsernameRole:
        return account.username();
    case ServerNameRole:
        return account.serverName();
    case InitialsRole:
        return account.initials();
    case ColorIndexRole:
        return account.colorIndex();
    case UnreadCountRole:
        return account.unreadCount();
    case ConnectivityRole:
        return int(account.connectivity());
    case IsCurrentRole:
        return &account == m_current;
    default:
        return {};
    }
}

QHash<int, QByteArray> AccountListModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

} // namespace Tertulia::ViewModels
