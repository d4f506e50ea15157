// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/emojimodel.h"

#include "viewmodels/rolenames.h"

namespace Tertulia::ViewModels {

EmojiModel::EmojiModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int EmojiModel::rowCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return 0;
}

QVariant EmojiModel::data(const QModelIndex &index, int role) const
{
    Q_UNUSED(index)
    Q_UNUSED(role)
    return {};
}

QHash<int, QByteArray> EmojiModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

void EmojiModel::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    Q_EMIT searchChanged();
}

void EmojiModel::use(const QString &) { }

int EmojiModel::firstRow(int) const
{
    return -1;
}

QString EmojiModel::emojiAt(int) const
{
    return {};
}

} // namespace Tertulia::ViewModels
