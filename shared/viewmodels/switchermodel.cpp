// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/switchermodel.h"

#include "viewmodels/rolenames.h"

namespace Tertulia::ViewModels {

SwitcherModel::SwitcherModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int SwitcherModel::rowCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return 0;
}

QVariant SwitcherModel::data(const QModelIndex &index, int role) const
{
    Q_UNUSED(index)
    Q_UNUSED(role)
    return {};
}

QHash<int, QByteArray> SwitcherModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

void SwitcherModel::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
}

void SwitcherModel::activate(int) { }

} // namespace Tertulia::ViewModels
