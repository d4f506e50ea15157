// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/timelinewindow.h"

#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/intake.h"
#include "client/limits.h"

#include <algorithm>

namespace Tertulia::Client {

namespace {

/// The server's own bound of a page.
constexpr int largestPage = 100;
/// Known holes in one window; more are a server's joke.
constexpr size_t mostHoles = 10'000;

} // namespace

Timeline::Private::Private(Timeline &owner, const ConversationId &conversationId, const TimelineParts &parts,
                           const TimelineOptions &wanted)
    : q(owner)
    , conversation(conversationId)
    , store(parts.store)
    , directory(parts.directory)
    , fetcher(parts.fetcher)
    , scheduler(parts.scheduler ? *parts.scheduler : Scheduler::system())
    , options(wanted)
    , rows(parts.self)
{
}

void Timeline::Private::begin(const TimelineStart &start)
{
    lastSequence = std::max(start.lastSequence, store.messages().last(conversation));
    firstUnread = start.firstUnread;
    historyStart = store.conversations().historyStart(conversation);
    hiddenThrough = start.hiddenThrough;
    rows.setMarks(start.others);
    for (const auto &[id, reaction] : start.reactions)
        rows.setPendingReaction(id, reaction);
    for (const Command &one : start.pending)
        m_pending.emplace(one.position, one);
    const Sequence place = firstUnread > 0 ? firstUnread : start.anchor;
    std::vector<Message> first;
    if (place > 0)
        first = storedAround(place);
    const bool isMissing = firstUnread > 0 && first.empty();
    if (isMissing && firstUnread > 1)
        first = storedAround(firstUnread - 1); // what was read last, until the rest is here
    const bool isAnchored = !first.empty();
    if (!isAnchored)
        first = stored(Limits::maxSequence + 1, Direction::Older, options.pageSize);
    isFollowing = !isAnchored || first.front().sequence >= lastSequence;
    m_isTouched = isAnchored;
    rows.reset(std::move(first), isFollowing ? pendingList() : std::vector<Command>());
    if (isMissing)
        jumpTo(firstUnread);
    updateState();
}

bool Timeline::Private::hasOlder() const
{
    const Message *const oldest = rows.oldest();
    return oldest && oldest->sequence > std::max({Sequence(1), historyStart, hiddenThrough + 1});
}

std::vector<Command> Timeline::Private::pendingList() const
{
    std::vector<Command> list;
    for (const auto &[position, pending] : m_pending)
        list.push_back(pending);
    return list;
}

// The store

std::vector<Message> Timeline::Private::stored(Sequence from, Direction direction, int limit)
{
    const bool isOlder = direction == Direction::Older;
    auto found = isOlder ? store.messages().before(conversation, from, limit)
                         : store.messages().after(conversation, from, limit);
    // Beyond every message stands nothing: then the first one found is as good as a neighbour.
    Sequence last = from > Limits::maxSequence && !found.empty() ? found.front().sequence + 1 : from;
    const auto end = std::find_if(found.begin(), found.end(), [&](const Message &message) {
        const bool isNeighbour = isOlder ? message.sequence == last - 1 || m_holes.contains(last)
                                         : message.sequence == last + 1 || m_holes.contains(message.sequence);
        last = message.sequence;
        return !isNeighbour;
    });
    found.erase(end, found.end());
    return found;
}

std::vector<Message> Timeline::Private::storedAround(Sequence sequence)
{
    const int half = std::max(1, options.pageSize / 2);
    auto messages = stored(sequence - 1, Direction::Newer, half);
    std::reverse(messages.begin(), messages.end());
    if (messages.empty())
        return messages;
    for (Message &message : stored(sequence, Direction::Older, half))
        messages.push_back(std::move(message));
    return messages;
}

bool Timeline::Private::addStoredNewer(int limit)
{
    const Message *const newest = rows.newest();
    auto found = newest ? stored(newest->sequence, Direction::Newer, limit)
                        : stored(Limits::maxSequence + 1, Direction::Older, options.pageSize);
    const bool isAny = !found.empty();
    rows.add(std::move(found));
    return isAny;
}

void Timeline::Private::noteHoles(const std::vector<Message> &oldestFirst)
{
    if (m_holes.size() > mostHoles)
        m_holes.clear();
    for (size_t i = 1; i < oldestFirst.size(); ++i) {
        if (oldestFirst[i].sequence - oldestFirst[i - 1].sequence > 1)
            m_holes.insert(oldestFirst[i].sequence);
    }
}

void Timeline::Private::setHistoryStart(Sequence sequence)
{
    if (historyStart == sequence)
        return;
    historyStart = sequence;
    store.conversations().setHistoryStart(conversation, sequence);
}

// The server

void Timeline::Private::fetch(const HistoryQuery &query, Answer answer, bool isSecond)
{
    whenAnswered<MessagePage>(
        fetcher.fetch(conversation, query), &q,
        [this, query, answer = std::move(answer), isSecond](const Result<MessagePage> &result) {
            Result<MessagePage> page = result;
            bool isOutdated = false;
            if (page) {
                admit(*page, conversation);
                const SqliteTransaction together = store.transaction();
                directory.take(page->messages);
                Q_EMIT q.fetched(page->messages);
                std::sort(page->messages.begin(), page->messages.end(),
                          [](const Message &a, const Message &b) { return a.sequence < b.sequence; });
                const size_t told = page->messages.size();
                page->messages = store.messages().save(std::move(page->messages)); // an event may have come first
                isOutdated = page->messages.size() < told;
            }
            if (isOutdated && !isSecond)
                fetch(query, answer, true); // made before they were deleted: what it says of the others is old, too
            else
                answer(std::move(page));
        });
}

void Timeline::Private::ask(const HistoryQuery &query, Answer answer)
{
    fetch(query, [this, generation = m_generation, answer = std::move(answer)](Result<MessagePage> page) {
        if (generation == m_generation)
            answer(std::move(page));
    });
}

void Timeline::Private::loadOlder()
{
    const Message *const oldest = rows.oldest();
    if (isLoadingOlder || !oldest || !hasOlder())
        return;
    m_isTouched = true;
    auto found = stored(oldest->sequence, Direction::Older, options.pageSize);
    if (!found.empty()) {
        rows.add(std::move(found));
        if (rows.messageCount() > options.windowSize) {
            setFollowing(false);
            rows.keepOldest(options.windowSize);
        }
        Q_EMIT q.loadingChanged();
        return;
    }
    if (scheduler.now() < m_noPageBefore)
        return;
    isLoadingOlder = true;
    Q_EMIT q.loadingChanged();
    ask({.before = oldest->id, .after = {}, .skip = 0, .take = options.pageSize},
        [this, from = oldest->id](const Result<MessagePage> &page) {
            isLoadingOlder = false;
            if (!page)
                m_noPageBefore = scheduler.now() + options.retryDelay;
            else if (rows.oldest() && rows.oldest()->id == from)
                takeOlder(*page);
            Q_EMIT q.loadingChanged();
        });
}

void Timeline::Private::takeOlder(const MessagePage &page)
{
    const Sequence bound = rows.oldest()->sequence;
    std::vector<Message> older = page.messages;
    std::erase_if(older, [bound](const Message &message) { return message.sequence >= bound; });
    if (older.empty()) {
        setHistoryStart(bound);
        return;
    }
    noteHoles(older);
    if (bound - older.back().sequence > 1)
        m_holes.insert(bound);
    if (!page.pagination.hasMore)
        setHistoryStart(older.front().sequence);
    rows.add(std::move(older));
    if (rows.messageCount() > options.windowSize) {
        setFollowing(false);
        rows.keepOldest(options.windowSize);
    }
}

void Timeline::Private::loadNewer()
{
    const Message *const newest = rows.newest();
    if (isLoadingNewer || isFollowing || !newest)
        return;
    if (addStoredNewer(options.pageSize)) {
        takeNewer({});
        Q_EMIT q.loadingChanged();
        return;
    }
    if (scheduler.now() < m_noPageBefore)
        return;
    isLoadingNewer = true;
    Q_EMIT q.loadingChanged();
    const Sequence missing = lastSequence - newest->sequence;
    askNewer(newest->id, int(std::clamp<Sequence>(missing - options.pageSize, 0, mostSkipped)), false);
}

void Timeline::Private::askNewer(const MessageId &after, int skip, bool isSecond)
{
    ask({.before = {}, .after = after, .skip = skip, .take = options.pageSize},
        [this, after, skip, isSecond](const Result<MessagePage> &page) {
            const Message *const newest = rows.newest();
            // Messages came or went meanwhile: the block that follows is elsewhere, and the answer says where.
            const int total = page ? page->pagination.total.value_or(0) : 0;
            const int exact = std::max(0, total - options.pageSize);
            if (page && !isSecond && newest && exact != skip
                && (page->messages.empty() || page->messages.front().sequence > newest->sequence + 1)) {
                askNewer(after, exact, true);
                return;
            }
            isLoadingNewer = false;
            if (!page)
                m_noPageBefore = scheduler.now() + options.retryDelay;
            else if (newest && newest->id == after)
                takeNewer(*page);
            Q_EMIT q.loadingChanged();
        });
}

void Timeline::Private::takeNewer(const MessagePage &page)
{
    const Sequence bound = rows.newest()->sequence;
    std::vector<Message> newer = page.messages;
    std::erase_if(newer, [bound](const Message &message) { return message.sequence <= bound; });
    if (!newer.empty()) {
        noteHoles(newer);
        if (newer.front().sequence - bound > 1)
            m_holes.insert(newer.front().sequence);
        const Sequence last = newer.back().sequence;
        rows.add(std::move(newer));
        raiseLast(last);
    } else if (page.conversationId == conversation) {
        lastSequence = bound; // there is nothing newer, whatever was said before
    }
    rows.keepNewest(options.windowSize);
    if (rows.newest()->sequence >= lastSequence)
        setFollowing(true);
}

void Timeline::Private::fetchLatest()
{
    const Message *const newest = rows.newest();
    if (m_isFetchingLatest)
        return;
    m_isFetchingLatest = true;
    error.reset();
    updateState();
    const Sequence missing = newest ? lastSequence - newest->sequence : 0;
    ask({.before = {},
         .after = {},
         .skip = 0,
         .take = int(std::clamp<Sequence>(missing, options.pageSize, largestPage))},
        [this](const Result<MessagePage> &page) {
            m_isFetchingLatest = false;
            if (page) {
                takeLatest(*page);
                takeRenewed(*page);
            } else {
                error = page.error();
            }
            updateState();
            Q_EMIT q.loadingChanged();
            if (wish != Sequence(0))
                return;
            if (page)
                arrive();
            else
                failJump(page.error());
        });
}

void Timeline::Private::takeLatest(const MessagePage &page)
{
    const Message *const newest = rows.newest();
    const Sequence known = newest ? newest->sequence : 0;
    const Sequence last = std::max(known, page.messages.empty() ? 0 : page.messages.back().sequence);
    if (last != lastSequence) { // the server is right, whatever it said before
        lastSequence = last;
        Q_EMIT q.lastSequenceChanged();
    }
    if (page.messages.empty() || !isFollowing)
        return;
    const bool isWholeHistory = !page.pagination.hasMore;
    const Sequence first = page.messages.front().sequence;
    if (newest && first - newest->sequence > options.gapFill) {
        if (m_isTouched)
            setFollowing(false);
        else
            resetTo(page.messages);
        return;
    }
    noteHoles(page.messages);
    rows.add(page.messages);
    rows.keepNewest(options.windowSize);
    if (isWholeHistory && rows.oldest()->sequence == first)
        setHistoryStart(first);
    fillGaps();
}

void Timeline::Private::renew()
{
    m_isStale = true;
    m_holes.clear(); // what stands beyond one is not known any more
    const Message *const newest = rows.newest();
    if (isFollowing || !newest) {
        fetchLatest();
        return;
    }
    if (std::exchange(m_isRenewing, true))
        return;
    ask({.before = {},
         .after = {},
         .skip = int(std::clamp<Sequence>(lastSequence - newest->sequence, 0, mostSkipped)),
         .take = largestPage},
        [this](const Result<MessagePage> &page) {
            m_isRenewing = false;
            if (page)
                takeRenewed(*page);
        });
}

void Timeline::Private::takeRenewed(const MessagePage &page)
{
    if (!std::exchange(m_isStale, false) || page.messages.empty())
        return;
    for (const Message &message : page.messages)
        rows.update(message);
    int told = 0;
    for (int i = rows.pendingCount(); i < rows.count(); ++i)
        told += rows.at(i).message.sequence >= page.messages.front().sequence ? 1 : 0;
    if (told > 0)
        rows.keepNewest(told); // what is older comes again when it is looked at
}

void Timeline::Private::setHidden(Sequence through)
{
    const Sequence before = std::exchange(hiddenThrough, through);
    if (before >= through)
        return;
    rows.removeThrough(through);
    if (rows.messageCount() == 0)
        setFollowing(true); // what the window was put to is gone
    if (lastSequence > 0 && lastSequence <= through) {
        lastSequence = 0;
        Q_EMIT q.lastSequenceChanged();
    }
    catchUp(lastSequence);
}

// Gaps

void Timeline::Private::fillGaps()
{
    if (m_isFilling)
        return;
    for (int i = rows.pendingCount(); i + 1 < rows.count();) {
        const Message &upper = rows.at(i).message;
        const Message &lower = rows.at(i + 1).message;
        if (upper.sequence - lower.sequence <= 1 || m_holes.contains(upper.sequence)) {
            ++i;
        } else if (!fillFromStore(upper, lower)) { // else look again from here
            fill(upper, lower);
            return;
        }
    }
}

bool Timeline::Private::fillFromStore(const Message &upper, const Message &lower)
{
    auto found = store.messages().after(conversation, lower.sequence, options.gapFill);
    std::erase_if(found, [top = upper.sequence](const Message &message) { return message.sequence >= top; });
    return rows.add(std::move(found));
}

void Timeline::Private::fill(const Message &upper, const Message &lower)
{
    if (m_fillBudget-- <= 0)
        return;
    m_isFilling = true;
    ask({.before = upper.id, .after = lower.id, .skip = 0, .take = largestPage},
        [this, top = upper.sequence, bottom = lower.sequence](const Result<MessagePage> &page) {
            m_isFilling = false;
            if (!page)
                return; // the next catchUp() tries again
            std::vector<Message> inside = page->messages;
            std::erase_if(inside, [top, bottom](const Message &message) {
                return message.sequence >= top || message.sequence <= bottom;
            });
            noteHoles(inside);
            const Sequence highest = inside.empty() ? bottom : inside.back().sequence;
            if (inside.empty() || top - highest > 1)
                m_holes.insert(top);
            if (!inside.empty() && !page->pagination.hasMore && inside.front().sequence - bottom > 1)
                m_holes.insert(inside.front().sequence);
            rows.add(std::move(inside));
            fillGaps();
        });
}

// What happened

void Timeline::Private::raiseLast(Sequence sequence)
{
    if (sequence <= lastSequence)
        return;
    lastSequence = sequence;
    Q_EMIT q.lastSequenceChanged();
}

void Timeline::Private::apply(const Message &message)
{
    std::erase_if(m_pending, [&message](const auto &one) {
        return message.clientMessageId && one.second.clientMessageId == *message.clientMessageId;
    });
    // Told when the row is there: until then nobody could know whose it is.
    const Sequence known = std::exchange(lastSequence, std::max(lastSequence, message.sequence));
    const Sequence top = rows.newest() ? rows.newest()->sequence : 0;
    const bool isInside = top > 0 && message.sequence >= rows.oldest()->sequence && message.sequence <= top;
    const bool isNext =
        isFollowing && message.sequence > top && (top == 0 || message.sequence - top <= options.gapFill);
    m_fillBudget = options.requestsPerFill;
    if (isInside || isNext) {
        rows.add({message});
        if (isFollowing)
            rows.keepNewest(options.windowSize);
        fillGaps();
    } else {
        if (message.clientMessageId)
            rows.removePending(*message.clientMessageId);
        if (isFollowing && message.sequence > top)
            fetchLatest();
    }
    if (lastSequence != known)
        Q_EMIT q.lastSequenceChanged();
    updateState();
    Q_EMIT q.loadingChanged();
}

void Timeline::Private::catchUp(Sequence sequence)
{
    raiseLast(sequence);
    m_noPageBefore = {};
    m_fillBudget = options.requestsPerFill;
    if (wish && jumpError)
        retryJump();
    if (m_isStale)
        renew();
    if (isFollowing && !isJumping()) {
        while (addStoredNewer(options.gapFill)) {
            rows.keepNewest(options.windowSize);
            if (rows.newest()->sequence >= lastSequence)
                break;
        }
        const Message *const newest = rows.newest();
        if (newest ? newest->sequence < lastSequence : lastSequence > 0)
            fetchLatest();
    }
    fillGaps();
    updateState();
    Q_EMIT q.loadingChanged();
}

void Timeline::Private::applyPending(const Command &one)
{
    std::erase_if(m_pending, [&one](const auto &other) { return other.second.clientMessageId == one.clientMessageId; });
    m_pending.emplace(one.position, one);
    if (isFollowing)
        rows.setPending(one);
    updateState();
}

void Timeline::Private::removePending(const QString &clientMessageId)
{
    std::erase_if(m_pending,
                  [&clientMessageId](const auto &other) { return other.second.clientMessageId == clientMessageId; });
    rows.removePending(clientMessageId);
    updateState();
}

// The window

void Timeline::Private::setFollowing(bool isOn)
{
    if (isFollowing == isOn)
        return;
    isFollowing = isOn;
    if (!isOn) {
        if (wish == Sequence(0))
            dropJump();
        rows.removeAllPending();
        return;
    }
    for (const Command &one : pendingList())
        rows.setPending(one);
}

void Timeline::Private::resetTo(std::vector<Message> messages)
{
    ++m_generation;
    m_isStale = m_isFilling = m_isFetchingLatest = m_isRenewing = isLoadingOlder = isLoadingNewer = false;
    m_holes.clear();
    std::sort(messages.begin(), messages.end(),
              [](const Message &a, const Message &b) { return a.sequence < b.sequence; });
    noteHoles(messages);
    const Sequence last = messages.empty() ? lastSequence : messages.back().sequence;
    isFollowing = last >= lastSequence;
    rows.reset(std::move(messages), isFollowing ? pendingList() : std::vector<Command>());
    raiseLast(last);
    updateState();
    Q_EMIT q.loadingChanged();
}

void Timeline::Private::updateState()
{
    State now = State::Content;
    if (rows.count() == 0) {
        if (m_isFetchingLatest || isJumping())
            now = State::Loading;
        else if (error)
            now = State::Error;
        else
            now = lastSequence > 0 ? State::Loading : State::Empty;
    }
    if (std::exchange(state, now) != now || now == State::Error)
        Q_EMIT q.stateChanged();
}

} // namespace Tertulia::Client
