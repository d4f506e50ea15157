// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with one message of a TimelineModel.
#include "viewmodels/timeline/timelinemodel.h"

#include "client/conversations/conversationclient.h"
#include "viewmodels/timeline/reactiontext.h"

#include <QClipboard>
#include <QGuiApplication>

namespace Tertulia::ViewModels {

void TimelineModel::retry(const QString &rowId)
{
    const auto *entry = entryOf(rowId);
    if (entry && entry->isPending() && entry->message.clientMessageId)
        Q_UNUSED(m_conversations.outbox().retry(*entry->message.clientMessageId)) // false: it is under way already
}

void TimelineModel::remove(const QString &rowId)
{
    const auto *entry = entryOf(rowId);
    if (entry && entry->isPending() && entry->message.clientMessageId)
        Q_UNUSED(m_conversations.outbox().remove(*entry->message.clientMessageId)) // false: it is being sent
}

void TimelineModel::react(const QString &rowId, const QString &reaction)
{
    const auto *entry = entryOf(rowId);
    if (entry && !entry->isPending() && ReactionText::own(entry->reactions(m_self), m_self) != reaction)
        Q_UNUSED(m_conversations.react(m_timeline.conversation(), entry->message.id, reaction)) // false: too much waits
}

void TimelineModel::copyText(const QString &rowId)
{
    const auto *entry = entryOf(rowId);
    if (entry && QGuiApplication::clipboard())
        QGuiApplication::clipboard()->setText(plainText(*entry));
}

QStringList TimelineModel::linksOf(const QString &rowId) const
{
    const auto *entry = entryOf(rowId);
    return entry && !entry->message.isDeleted ? MessageFormatter::links(entry->message.content) : QStringList();
}

} // namespace Tertulia::ViewModels
