// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/timeline.h"

#include "client/conversations/timelinewindow.h"

namespace Tertulia::Client {

std::vector<Reaction> TimelineEntry::reactions(const UserId &self) const
{
    std::vector<Reaction> shown = message.reactions;
    if (!pendingReaction)
        return shown;
    std::erase_if(shown, [&self](const Reaction &one) { return one.userId == self; });
    if (!pendingReaction->isEmpty())
        shown.push_back({.userId = self, .reaction = *pendingReaction, .createdAt = {}});
    return shown;
}

Timeline::Timeline(const ConversationId &conversation, const TimelineParts &parts, const TimelineStart &start,
                   const TimelineOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, conversation, parts, options))
{
    d->begin(start);
}

Timeline::~Timeline() = default;

const TimelineRows &Timeline::rows() const
{
    return d->rows;
}

int Timeline::count() const
{
    return d->rows.count();
}

const TimelineEntry &Timeline::at(int row) const
{
    return d->rows.at(row);
}

int Timeline::indexOfRow(quint64 rowId) const
{
    return d->rows.indexOfRow(rowId);
}

int Timeline::indexOfSequence(Sequence sequence) const
{
    return d->rows.indexOfSequence(sequence);
}

MessageStatus Timeline::statusOf(const TimelineEntry &entry) const
{
    return d->rows.statusOf(entry);
}

ConversationId Timeline::conversation() const
{
    return d->conversation;
}

Timeline::State Timeline::state() const
{
    return d->state;
}

const std::optional<Error> &Timeline::error() const
{
    return d->error;
}

bool Timeline::hasOlder() const
{
    return d->hasOlder();
}

bool Timeline::hasNewer() const
{
    return !d->isFollowing;
}

bool Timeline::isLoadingOlder() const
{
    return d->isLoadingOlder;
}

bool Timeline::isLoadingNewer() const
{
    return d->isLoadingNewer;
}

Timeline::Jump Timeline::jump() const
{
    if (!d->wish)
        return Jump::None;
    return d->jumpError ? Jump::Failed : Jump::Loading;
}

const std::optional<Error> &Timeline::jumpError() const
{
    return d->jumpError;
}

Sequence Timeline::firstUnread() const
{
    return d->firstUnread;
}

Sequence Timeline::lastSequence() const
{
    return d->lastSequence;
}

void Timeline::loadOlder()
{
    d->loadOlder();
}

void Timeline::loadNewer()
{
    d->loadNewer();
}

void Timeline::jumpToLatest()
{
    d->jumpToLatest();
}

void Timeline::jumpTo(Sequence sequence)
{
    d->jumpTo(sequence);
}

void Timeline::retryJump()
{
    d->retryJump();
}

void Timeline::dropJump()
{
    d->dropJump();
}

void Timeline::retry()
{
    if (d->state != State::Error)
        return;
    if (d->wish)
        d->retryJump();
    else
        d->fetchLatest();
}

void Timeline::apply(const Message &message)
{
    d->apply(message);
}

void Timeline::update(const Message &message)
{
    d->rows.update(message);
}

void Timeline::setMarks(const RecipientMarks &others)
{
    d->rows.setMarks(others);
}

void Timeline::setHidden(Sequence through)
{
    d->setHidden(through);
}

void Timeline::applyPending(const Command &pending)
{
    d->applyPending(pending);
}

void Timeline::removePending(const QString &clientMessageId)
{
    d->removePending(clientMessageId);
}

void Timeline::setPendingReaction(const MessageId &id, const std::optional<QString> &reaction)
{
    d->rows.setPendingReaction(id, reaction);
}

void Timeline::removeMessage(const MessageId &id)
{
    d->rows.removeMessage(id);
    d->updateState();
}

void Timeline::renew()
{
    d->renew();
}

void Timeline::catchUp(Sequence lastSequence)
{
    d->catchUp(lastSequence);
}

} // namespace Tertulia::Client
