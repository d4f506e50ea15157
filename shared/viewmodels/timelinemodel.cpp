// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timelinemodel.h"

#include "viewmodels/rolenames.h"

namespace Tertulia::ViewModels {

TimelineModel::TimelineModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return 0;
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    Q_UNUSED(index)
    Q_UNUSED(role)
    return {};
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

void TimelineModel::loadOlder() { }

void TimelineModel::loadNewer() { }

void TimelineModel::jumpToLatest() { }

void TimelineModel::reload() { }

void TimelineModel::markVisible(int, int) { }

void TimelineModel::retry(const QString &) { }

void TimelineModel::remove(const QString &) { }

void TimelineModel::copyText(const QString &) { }

void TimelineModel::saveAnchor(const QString &, double) { }

int TimelineModel::anchorRow() const
{
    return -1;
}

double TimelineModel::anchorOffset() const
{
    return 0;
}

int TimelineModel::rowOf(const QString &) const
{
    return -1;
}

int TimelineModel::firstUnreadRow() const
{
    return -1;
}

} // namespace Tertulia::ViewModels
