// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/peoplesearchmodel.h"

#include "viewmodels/rolenames.h"

namespace Tertulia::ViewModels {

PeopleSearchModel::PeopleSearchModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int PeopleSearchModel::rowCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return 0;
}

QVariant PeopleSearchModel::data(const QModelIndex &index, int role) const
{
    Q_UNUSED(index)
    Q_UNUSED(role)
    return {};
}

QHash<int, QByteArray> PeopleSearchModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

void PeopleSearchModel::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
}

void PeopleSearchModel::retry() { }

void PeopleSearchModel::activate(int) { }

} // namespace Tertulia::ViewModels
