// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"
#include "protocol/marks.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace Tertulia::Client {

class Directory;
class LocalStore;
class MessageFetcher;
class Scheduler;
class TimelineRows;

/// One row of a timeline.
struct TimelineEntry
{
    quint64 rowId = 0; ///< stays the same while the row is loaded, also when the pending entry becomes the message
    /// The server's message; how it stands, Timeline::statusOf() knows. Of a pending entry: sequence 0, a null id,
    /// status Sending or Failed, createdAt of writing.
    Message message;
    qint64 position = 0; ///< of a pending entry in the outbox
    std::optional<Error> failure; ///< status Failed: why
    /// How this person reacts, as the server will learn; empty: no more. Absent: it knows.
    std::optional<QString> pendingReaction;

    /// As they are shown: with what the server does not know yet.
    [[nodiscard]] std::vector<Reaction> reactions(const UserId &self) const;
    [[nodiscard]] bool isPending() const { return message.sequence == 0; }
};

struct TimelineOptions
{
    int pageSize = 50; ///< entries loaded at a time
    int windowSize = 2'000; ///< entries held; the far end is let go
    int gapFill = 500; ///< missing messages that are fetched into the window; beyond it the window ends there
    std::chrono::milliseconds retryDelay{2'000}; ///< after a failed page, before scrolling asks for it again
    int requestsPerFill = 12; ///< calls for one filling: what an endless or empty history may cost
};

/// What a timeline works with; outlives it.
struct TimelineParts
{
    LocalStore &store;
    Directory &directory;
    MessageFetcher &fetcher;
    UserCard self;
    Scheduler *scheduler = nullptr; ///< null: real time
};

/// What ConversationClient knows when it opens a timeline.
struct TimelineStart
{
    Sequence lastSequence = 0;
    Sequence firstUnread = 0; ///< it begins there, whatever the anchor; 0 = all is read
    Sequence anchor = 0; ///< where to begin when all is read; 0 = at the latest message
    std::vector<Command> pending; ///< messages, in order of writing
    std::unordered_map<MessageId, QString> reactions; ///< Outbox::reactionsOf()
    RecipientMarks others = {};
    Sequence hiddenThrough = 0;
};

/// The loaded window of one conversation: row 0 is the newest. Pending messages come first (the newest written on top),
/// then the server's by sequence. Everything can be applied again and in any order: the same messages give the same
/// rows. Made by ConversationClient::open().
class Timeline : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 {
        Loading, ///< nothing to show yet, a request is under way
        Content,
        Empty, ///< there are no messages
        Error, ///< nothing to show, and loading failed: error(); retry()
    };
    Q_ENUM(State)

    /// How the last wish to be elsewhere stands. Each wish replaces the one before, whose answer then does not count.
    enum class Jump : quint8 {
        None,
        Loading, ///< the server is asked
        Failed, ///< jumpError(); retryJump(), which also comes by itself with the next catchUp()
    };
    Q_ENUM(Jump)

    Timeline(const ConversationId &conversation, const TimelineParts &parts, const TimelineStart &start,
             const TimelineOptions &options = {}, QObject *parent = nullptr);
    ~Timeline() override;

    /// They tell of their changes themselves.
    [[nodiscard]] const TimelineRows &rows() const;
    [[nodiscard]] int count() const;
    [[nodiscard]] const TimelineEntry &at(int row) const;
    /// -1 when it is not loaded.
    [[nodiscard]] int indexOfRow(quint64 rowId) const;
    /// The row of this message, or of the nearest older one; -1 when the window begins above it.
    [[nodiscard]] int indexOfSequence(Sequence sequence) const;

    /// Of one's own message: from the others' marks. Of a pending entry its own.
    [[nodiscard]] MessageStatus statusOf(const TimelineEntry &entry) const;

    // State
    [[nodiscard]] ConversationId conversation() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] const std::optional<Error> &error() const;
    [[nodiscard]] bool hasOlder() const; ///< there is more behind the last row, here or on the server
    [[nodiscard]] bool hasNewer() const; ///< the window ends before the latest message; pending rows are hidden then
    [[nodiscard]] bool isLoadingOlder() const;
    [[nodiscard]] bool isLoadingNewer() const;
    [[nodiscard]] Jump jump() const;
    [[nodiscard]] const std::optional<Error> &jumpError() const;
    /// The first message that was unread when the timeline was opened; 0 = none.
    [[nodiscard]] Sequence firstUnread() const;
    /// The latest message that is known to exist, loaded or not.
    [[nodiscard]] Sequence lastSequence() const;

    // Commands; what comes of them is told by signals. They do nothing where nothing is to be done.
    void loadOlder();
    void loadNewer();
    /// The window is to end at the latest message: arrived(0) follows at once, with the best that the store has and all
    /// pending rows, and once more when the server has told the rest.
    void jumpToLatest();
    /// The window is to hold a message: arrived() follows, after a request when it is not here.
    void jumpTo(Sequence sequence);
    void retryJump();
    /// The person has gone elsewhere: what was wished for last is wished for no more.
    void dropJump();
    /// After an error.
    void retry();

    // What happened, from ConversationClient
    void apply(const Message &message);
    /// Something is known better of a message, in its place if it is loaded.
    void update(const Message &message);
    /// How far the others have come.
    void setMarks(const RecipientMarks &others);
    /// What is up to here was deleted: it goes, and history begins behind it.
    void setHidden(Sequence through);
    void applyPending(const Command &pending);
    void removePending(const QString &clientMessageId);
    void setPendingReaction(const MessageId &id, const std::optional<QString> &reaction);
    void removeMessage(const MessageId &id);
    /// What is shown may have changed, and nobody tells: asks for the latest of it anew, and lets the rest go.
    void renew();
    /// The latest message's sequence as the list knows it: what is missing is fetched.
    void catchUp(Sequence lastSequence);

Q_SIGNALS:
    /// What jumpTo() asked for is loaded, or the nearest that there is; 0: jumpToLatest().
    void arrived(Tertulia::Sequence sequence);
    void jumpChanged(); ///< jump(), jumpError()
    void stateChanged(); ///< state() or error()
    void loadingChanged(); ///< isLoadingOlder(), isLoadingNewer(), hasOlder(), hasNewer()
    void lastSequenceChanged();
    /// The server said this of history, admitted, before it is kept.
    void fetched(const std::vector<Tertulia::Message> &messages);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Client
