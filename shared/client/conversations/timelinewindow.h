// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/conversations/messagefetcher.h"
#include "client/conversations/timelinerows.h"
#include "client/transport/scheduler.h"

#include <map>
#include <unordered_set>

namespace Tertulia::Client {

/// Messages between the end of history and what is asked for.
constexpr Sequence mostSkipped = 1'000'000'000;

/// How the window of a timeline moves: what is taken from the store, what is asked of the server, and which answers
/// still count. The messages of the window have no gaps between them but those that are being filled, and those that
/// the server itself says are none (`holes`).
class Timeline::Private
{
public:
    Private(Timeline &owner, const ConversationId &conversationId, const TimelineParts &parts,
            const TimelineOptions &wanted);

    void begin(const TimelineStart &start);
    void loadOlder();
    void loadNewer();
    void jumpToLatest();
    void jumpTo(Sequence sequence);
    void retryJump();
    void dropJump();
    void apply(const Message &message);
    void catchUp(Sequence sequence);
    void applyPending(const Command &one);
    void removePending(const QString &clientMessageId);
    void fetchLatest();
    /// See Timeline; tried again with each catchUp() until an answer has come.
    void renew();
    void setHidden(Sequence through);
    void updateState();

    [[nodiscard]] bool hasOlder() const;

    Timeline &q;
    const ConversationId conversation;
    LocalStore &store;
    Directory &directory;
    MessageFetcher &fetcher;
    Scheduler &scheduler;
    const TimelineOptions options;
    TimelineRows rows;

    State state = State::Loading;
    std::optional<Error> error;
    std::optional<Sequence> wish; ///< where to be, as long as it is not so; 0: at the latest message
    std::optional<Error> jumpError; ///< why the wish has not come true
    Sequence lastSequence = 0;
    Sequence firstUnread = 0;
    Sequence historyStart = 0;
    Sequence hiddenThrough = 0;
    bool isFollowing = true; ///< the window is meant to end at the latest message
    bool isLoadingOlder = false;
    bool isLoadingNewer = false;

private:
    using Answer = std::function<void(Result<MessagePage>)>;
    enum class Direction : quint8 { Newer, Older };

    /// What comes is kept in the store, whoever still wants it.
    void fetch(const HistoryQuery &query, Answer answer, bool isSecond = false);
    /// The answer is dropped when the window was put elsewhere meanwhile.
    void ask(const HistoryQuery &query, Answer answer);
    void wishFor(Sequence sequence);
    void arrive();
    void failJump(const Error &why);
    void askAround(Sequence sequence, int skip, bool isSecond);
    /// As much of the latest as the store has. False: there is more.
    [[nodiscard]] bool showStoredLatest();
    [[nodiscard]] bool isJumping() const { return wish && !jumpError; }
    void askNewer(const MessageId &after, int skip, bool isSecond);
    void takeOlder(const MessagePage &page);
    void takeNewer(const MessagePage &page);
    void takeLatest(const MessagePage &page);
    /// After renew(): rows that the page does not tell of go.
    void takeRenewed(const MessagePage &page);
    void fillGaps();
    [[nodiscard]] bool fillFromStore(const Message &upper, const Message &lower);
    void fill(const Message &upper, const Message &lower);
    void resetTo(std::vector<Message> messages);
    void setFollowing(bool isOn);
    void raiseLast(Sequence sequence);
    /// What follows without a gap in the store.
    [[nodiscard]] std::vector<Message> stored(Sequence from, Direction direction, int limit);
    [[nodiscard]] std::vector<Message> storedAround(Sequence sequence);
    [[nodiscard]] bool addStoredNewer(int limit);
    /// Messages of one answer are neighbours, whatever their numbers say.
    void noteHoles(const std::vector<Message> &oldestFirst);
    void setHistoryStart(Sequence sequence);
    [[nodiscard]] std::vector<Command> pendingList() const;

    std::map<qint64, Command> m_pending; ///< all there are, by position
    std::unordered_set<Sequence> m_holes; ///< of the message above each
    std::chrono::steady_clock::time_point m_noPageBefore{};
    int m_generation = 0; ///< of the window; answers to an earlier one do not count
    int m_wishNumber = 0; ///< the same of wishes
    int m_fillBudget = 0;
    bool m_isFilling = false;
    bool m_isFetchingLatest = false;
    bool m_isRenewing = false;
    bool m_isStale = false; ///< rows may have changed, and nobody has told
    bool m_isTouched = false; ///< somebody has looked around
};

} // namespace Tertulia::Client
