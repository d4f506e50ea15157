// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/conversationclient.h"

#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclientprivate.h"
#include "client/conversations/intake.h"
#include "client/transport/apiclient.h"
#include "protocol/names.h"

#include <algorithm>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// Of one batch of trimming, so that the loop is never held up, and between two.
constexpr int trimBatch = 500;
constexpr auto trimInterval = std::chrono::milliseconds(50);
/// Unread messages whose first one is looked for in the store.
constexpr int mostCounted = 1'000;

} // namespace

ConversationClient::Private::Private(ConversationClient &owner, const ClientParts &clientParts,
                                     const ConversationOptions &wanted)
    : q(owner)
    , parts(clientParts)
    , options(wanted)
    , scheduler(clientParts.scheduler ? *clientParts.scheduler : Scheduler::system())
    , list(clientParts.self.id)
    , outbox(clientParts, wanted.outbox)
    , sync(clientParts, wanted)
    , fetcher(clientParts.api)
    , heads(clientParts, scheduler, list, wanted.firstRetry, wanted.longestRetry)
    , marks(clientParts, scheduler, list, wanted.readDelay)
    , deletions(clientParts.store, list)
    , attendance(clientParts, scheduler, wanted.typingInterval)
    , news(clientParts.self.id)
    , m_positionAlarm(scheduler)
    , m_trimAlarm(scheduler)
{
    load();
    connectOutbox();
    QObject::connect(&marks, &Marks::moved, &q, &ConversationClient::readThroughChanged);
    QObject::connect(&marks, &Marks::countUnknown, &heads, &ConversationFetcher::fetch);
    QObject::connect(&heads, &ConversationFetcher::fetched, &q,
                     [this](const Conversation &conversation, Sequence mark) { takeFetched(conversation, mark); });
    QObject::connect(&heads, &ConversationFetcher::missed, &q, [this](const ConversationId &id) {
        m_untold.erase(id);
        if (list.find(id))
            drop(id); // it is not this person's any more
    });
    QObject::connect(&list, &ConversationList::changed, &q, [this](int index) {
        const ConversationEntry &entry = list.at(index);
        const auto opened = timelines.find(entry.conversation.id);
        if (opened == timelines.end() || !opened->second)
            return;
        opened->second->setMarks(entry.others());
        opened->second->setHidden(entry.hiddenThrough());
    });
}

void ConversationClient::Private::load()
{
    parts.directory.load(); // the list names nearly all of them
    auto entries = parts.store.conversations().all();
    for (ConversationEntry &entry : entries) {
        const auto pending = outbox.pendingOf(entry.conversation.id);
        if (!pending.empty())
            entry.pending = pending.back();
    }
    for (const ConversationEntry &entry : entries)
        news.markHeard(entry.conversation.id, entry.lastSequence());
    list.reset(std::move(entries));
    state = list.count() > 0 ? State::Content : State::Empty;
}

void ConversationClient::Private::connectOutbox()
{
    QObject::connect(&outbox, &Outbox::added, &q, [this](const Command &pending) {
        if (pending.kind == Command::Kind::Send)
            attendance.noteSent(pending.conversation);
        showPending(pending);
    });
    QObject::connect(&outbox, &Outbox::changed, &q, [this](const Command &pending) { showPending(pending); });
    QObject::connect(&outbox, &Outbox::removed, &q, [this](const Command &pending) {
        if (pending.kind != Command::Kind::Send) {
            showPending(pending);
            if (pending.state == Command::State::Failed)
                Q_EMIT q.refused(pending);
            return;
        }
        if (Timeline *const timeline = q.timeline(pending.conversation))
            timeline->removePending(pending.clientMessageId);
        refreshPending(pending.conversation);
    });
    QObject::connect(&outbox, &Outbox::sent, &q, [this](const Command &command, const Message &message) {
        refreshPending(message.conversationId);
        takeMessages({message});
        // Its row is the message's by now, unless that was deleted meanwhile.
        if (Timeline *const timeline = q.timeline(message.conversationId))
            timeline->removePending(command.clientMessageId);
    });
    QObject::connect(&outbox, &Outbox::cameLate, &q, [this](const Message &message) { takeMessages({message}); });
    QObject::connect(&outbox, &Outbox::done, &q, [this](const Command &command, const std::optional<Message> &message) {
        if (message)
            takeMessages({*message});
        showPending(command);
    });
}

void ConversationClient::Private::showPending(const Command &command)
{
    Timeline *const timeline = q.timeline(command.conversation);
    switch (command.kind) {
    case Command::Kind::Send:
        if (timeline)
            timeline->applyPending(command);
        refreshPending(command.conversation);
        break;
    case Command::Kind::React:
        if (timeline) {
            // There may be a later one.
            const auto waiting = outbox.reactionsOf(command.conversation);
            const auto own = waiting.find(command.target);
            timeline->setPendingReaction(command.target,
                                         own == waiting.end() ? std::nullopt : std::optional(own->second));
        }
        break;
    }
}

void ConversationClient::Private::refreshPending(const ConversationId &id)
{
    const ConversationEntry *const entry = list.find(id);
    if (!entry)
        return;
    const auto waiting = outbox.pendingOf(id);
    const auto newest = waiting.empty() ? std::nullopt : std::optional(waiting.back());
    if (entry->pending != newest)
        list.change(id, [&newest](ConversationEntry &changed) { changed.pending = newest; });
}

void ConversationClient::Private::start()
{
    if (std::exchange(isStarted, true))
        return;
    setEnabled(true);
    outbox.start();
    if (parts.chatHub.state() == HubConnection::State::Connected)
        hubChanged(HubConnection::State::Connected);
    else if (!sync.hasCursor())
        sync.run(); // the very first time: nothing can be shown before
    for (const auto &[id, timeline] : timelines)
        timeline->catchUp(timeline->lastSequence());
    updateState();
}

void ConversationClient::Private::setEnabled(bool isEnabled)
{
    fetcher.setEnabled(isEnabled);
    heads.setEnabled(isEnabled);
    marks.setEnabled(isEnabled);
    attendance.setEnabled(isEnabled);
}

void ConversationClient::Private::stop()
{
    isStarted = false;
    setEnabled(false);
    outbox.stop();
    sync.stop();
    updateState();
}

void ConversationClient::Private::updateState()
{
    State now = State::Content;
    if (list.count() == 0) {
        if (sync.isRunning())
            now = State::Loading;
        else if (error)
            now = State::Error;
        else
            now = State::Empty;
    }
    if (std::exchange(state, now) != now)
        Q_EMIT q.stateChanged();
}

Timeline *ConversationClient::Private::open(const ConversationId &id)
{
    const ConversationEntry *const entry = list.find(id);
    if (!entry)
        return nullptr;
    auto &timeline = timelines[id];
    if (timeline)
        return timeline.get();
    TimelineStart start;
    start.lastSequence = entry->lastSequence();
    start.others = entry->others();
    start.hiddenThrough = entry->hiddenThrough();
    if (const int unread = entry->conversation.unreadCount; unread > 0) {
        // The store may not have all of them, and may not know how far was read elsewhere: the count decides.
        const Sequence first = unread > mostCounted
            ? 0
            : parts.store.messages().newestIncoming(id, parts.self.id, entry->readThrough(), unread);
        start.firstUnread = first > 0 ? first : std::max<Sequence>(1, start.lastSequence - unread + 1);
    }
    start.anchor = viewPosition(id).sequence;
    start.pending = outbox.pendingOf(id);
    start.reactions = outbox.reactionsOf(id);
    parts.store.conversations().touch(id, parts.clock.now());
    timeline = std::make_unique<Timeline>(
        id, TimelineParts{parts.store, parts.directory, fetcher, parts.self, parts.scheduler}, start, options.timeline);
    Timeline *const opened = timeline.get();
    QObject::connect(opened, &Timeline::fetched, &q, [this](const std::vector<Message> &messages) {
        marks.take(messages);
        for (const Message &message : messages)
            outbox.acknowledge(message); // its event may have been lost
    });
    attendance.join(id);
    opened->catchUp(start.lastSequence);
    trimLater();
    return opened;
}

void ConversationClient::Private::close(const ConversationId &id)
{
    const auto found = timelines.find(id);
    if (found == timelines.end())
        return;
    found->second.release()->deleteLater();
    timelines.erase(found);
    keepPositions();
    const int index = list.indexOf(id);
    if (index < 0 || index >= options.joined)
        attendance.leave(id);
    trimLater();
}

void ConversationClient::Private::join()
{
    for (int i = 0; i < std::min(options.joined, list.count()); ++i)
        attendance.join(list.at(i).conversation.id);
    for (const auto &[id, timeline] : timelines)
        attendance.join(id);
}

void ConversationClient::Private::trimLater()
{
    if (!m_trimAlarm.isActive())
        m_trimAlarm.start(options.trimDelay, [this] { trim(); });
}

void ConversationClient::Private::trim()
{
    if (parts.store.trim(trimBatch))
        m_trimAlarm.start(trimInterval, [this] { trim(); });
}

ViewPosition ConversationClient::Private::viewPosition(const ConversationId &id) const
{
    const auto waiting = m_positions.find(id);
    return waiting == m_positions.end() ? parts.store.conversations().viewPosition(id) : waiting->second;
}

void ConversationClient::Private::setViewPosition(const ConversationId &id, const ViewPosition &position)
{
    if (!list.find(id) || viewPosition(id) == position)
        return;
    m_positions[id] = position;
    if (!m_positionAlarm.isActive())
        m_positionAlarm.start(options.positionDelay, [this] { keepPositions(); });
}

void ConversationClient::Private::keepPositions()
{
    m_positionAlarm.stop();
    for (const auto &[id, position] : std::exchange(m_positions, {}))
        parts.store.conversations().setViewPosition(id, position);
}

void ConversationClient::Private::keepAll()
{
    parts.directory.keepAll();
    {
        const SqliteTransaction together = parts.store.transaction();
        auto &store = parts.store.conversations();
        for (int i = 0; i < list.count(); ++i) {
            const ConversationEntry &entry = list.at(i);
            const ConversationId &id = entry.conversation.id;
            const auto kept = store.find(id);
            store.save(entry.conversation);
            if (!kept || kept->draft != entry.draft)
                store.setDraft(id, entry.draft, int(entry.draft.size()));
            // What a file begun anew is told of here has not been told to the server, for all that is known.
            const auto &last = entry.conversation.lastMessage;
            const bool isAll = last && last->sequence <= entry.readThrough();
            store.setReadThrough(id, entry.readThrough(), isAll ? last->id : MessageId());
            store.raiseMarks(id, 0, entry.others());
        }
    }
    outbox.keepAll();
    // A file that was found again: what of its list is no more, the sync says.
    for (ConversationEntry &entry : parts.store.conversations().all()) {
        const ConversationId id = entry.conversation.id;
        if (list.find(id))
            continue;
        news.markHeard(id, entry.lastSequence());
        list.insert(std::move(entry));
        refreshPending(id);
    }
    sync.rewind();
    if (isStarted)
        sync.run();
}

ConversationClient::ConversationClient(const ClientParts &parts, const ConversationOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, parts, options))
{
    const ConversationSync *const sync = &d->sync;
    connect(sync, &ConversationSync::received, this, [this](const SyncResult &page) { d->takeSync(page); });
    connect(sync, &ConversationSync::begunAnew, this, [this] { d->beginAnew(); });
    connect(sync, &ConversationSync::listed, this,
            [this](const std::vector<Conversation> &conversations) { d->takeList(conversations); });
    connect(sync, &ConversationSync::listComplete, this,
            [this](const std::unordered_set<ConversationId> &all) { d->keepOnly(all); });
    connect(sync, &ConversationSync::runningChanged, this, [this] {
        if (!d->sync.isRunning())
            d->tellNews();
        d->updateState();
        Q_EMIT syncingChanged();
    });
    connect(sync, &ConversationSync::failed, this, [this](const Error &why) {
        d->error = why;
        d->updateState();
        Q_EMIT stateChanged();
        // Offline: the next connection begins anew. Only who has never seen anything keeps asking.
        if (d->sync.hasCursor() && d->parts.chatHub.state() != HubConnection::State::Connected)
            d->sync.stop();
    });
    connect(sync, &ConversationSync::done, this, [this] {
        d->error.reset();
        d->updateState();
        d->join();
        d->trimLater();
    });
    d->listen();
}

ConversationClient::~ConversationClient()
{
    d->keepPositions();
}

void ConversationClient::start()
{
    d->start();
}

void ConversationClient::stop()
{
    d->stop();
}

void ConversationClient::keepAll()
{
    d->keepAll();
}

void ConversationClient::retry()
{
    if (d->isStarted)
        d->sync.run();
    d->outbox.sendNow();
}

const ConversationList &ConversationClient::list() const
{
    return d->list;
}

ConversationClient::State ConversationClient::state() const
{
    return d->state;
}

const std::optional<Error> &ConversationClient::error() const
{
    return d->error;
}

bool ConversationClient::isSyncing() const
{
    return d->sync.isRunning();
}

Directory &ConversationClient::directory() const
{
    return d->parts.directory;
}

const UserCard &ConversationClient::self() const
{
    return d->parts.self;
}

Timeline *ConversationClient::open(const ConversationId &id)
{
    return d->open(id);
}

void ConversationClient::close(const ConversationId &id)
{
    d->close(id);
}

Timeline *ConversationClient::timeline(const ConversationId &id) const
{
    const auto found = d->timelines.find(id);
    return found == d->timelines.end() ? nullptr : found->second.get();
}

ViewPosition ConversationClient::viewPosition(const ConversationId &id) const
{
    return d->viewPosition(id);
}

void ConversationClient::setViewPosition(const ConversationId &id, const ViewPosition &position)
{
    d->setViewPosition(id, position);
}

Future<ConversationId> ConversationClient::openDirect(const UserId &user)
{
    if (const ConversationId known = directWith(user); !known.isNull())
        return answered<ConversationId>(known);
    if (!d->isStarted)
        return answered<ConversationId>(failure(Error::unavailable(u"The client works offline."_s)));
    Promise<ConversationId> promise;
    auto future = promise.future();
    whenAnswered<Conversation>(
        d->parts.api.post<Conversation>(QString(Routes::conversations), OpenConversationRequest{user.toString()}), this,
        [this, promise = std::move(promise)](const Result<Conversation> &answer) mutable {
            if (!answer) {
                promise.finish(failure(answer.error()));
                return;
            }
            Conversation conversation = *answer;
            admit(conversation);
            d->takeConversation(conversation);
            promise.finish(conversation.id);
        });
    return future;
}

Future<void> ConversationClient::remove(const ConversationId &id)
{
    if (!d->isStarted)
        return answered<void>(failure(Error::unavailable(u"The client works offline."_s)));
    Promise<void> promise;
    auto future = promise.future();
    whenAnswered<ConversationRef>(
        d->parts.api.remove<ConversationRef>(routePath(Routes::conversation, {id.toString()})), this,
        [this, id, promise = std::move(promise)](const Result<ConversationRef> &answer) mutable {
            if (answer) {
                d->takeDeleted({id, answer->hiddenThrough});
                d->outbox.removeAll(id);
            }
            promise.finish(answer ? Result<void>() : Result<void>(failure(answer.error())));
        });
    return future;
}

void ConversationClient::markRead(const ConversationId &id, Sequence upTo)
{
    d->marks.mark(id, upTo);
}

Result<QString> ConversationClient::react(const ConversationId &id, const MessageId &message, const QString &reaction)
{
    return d->outbox.react(id, message, reaction);
}

void ConversationClient::setWatched(const ConversationId &id, bool isWatched)
{
    const ConversationEntry *const entry = d->list.find(id);
    if (entry && entry->isWatched != isWatched)
        d->list.change(id, [isWatched](ConversationEntry &changed) { changed.isWatched = isWatched; });
}

void ConversationClient::setDraft(const ConversationId &id, const QString &text, int cursor)
{
    const ConversationEntry *const entry = d->list.find(id);
    if (!entry)
        return;
    const bool isChanged = entry->draft != text;
    if (!isChanged && (text.isEmpty() || draftCursor(id) == cursor))
        return;
    d->parts.store.conversations().setDraft(id, text, cursor);
    if (isChanged) // where the cursor is shows nowhere else
        d->list.change(id, [&text](ConversationEntry &changed) { changed.draft = text; });
}

std::optional<int> ConversationClient::draftCursor(const ConversationId &id) const
{
    return d->parts.store.conversations().draftCursor(id);
}

void ConversationClient::setTyping(const ConversationId &id, bool isTyping)
{
    d->attendance.setTyping(id, isTyping);
}

Outbox &ConversationClient::outbox()
{
    return d->outbox;
}

} // namespace Tertulia::Client
