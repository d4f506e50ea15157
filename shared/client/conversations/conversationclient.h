// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/conversations/conversationlist.h"
#include "client/conversations/outbox.h"
#include "client/conversations/timeline.h"
#include "protocol/chat.h"

#include <chrono>
#include <memory>

namespace Tertulia::Client {

class Directory;

struct ConversationOptions
{
    TimelineOptions timeline;
    OutboxOptions outbox;
    int listPage = 100; ///< conversations of one call
    int syncPage = 200; ///< messages of one call
    int syncPages =
        50; ///< calls of one catching up; beyond it the list is fetched afresh, history when it is looked at
    int joined = 30; ///< conversations, the newest, whose typing is listened to
    std::chrono::milliseconds typingInterval{3'000}; ///< typing is told again after it
    std::chrono::milliseconds readDelay{250}; ///< read marks of a scrolling view are told together
    std::chrono::milliseconds positionDelay{1'000}; ///< positions of a scrolling view are written together
    std::chrono::milliseconds trimDelay{30'000}; ///< after it the store lets go what is too much
    std::chrono::milliseconds firstRetry{1'000}; ///< of a sync that failed; doubled up to longestRetry
    std::chrono::milliseconds longestRetry{60'000};
};

/// The conversations of one account: the list, newest first, and the open timelines. Everything is read from the store
/// at once and works without a server; start() lets it follow the server: it syncs whenever the hub has (re)connected
/// and applies events in between.
class ConversationClient : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 {
        Loading, ///< nothing to show yet, the first sync is under way
        Content,
        Empty, ///< there are no conversations
        Error, ///< nothing to show, and the first sync failed: error(); retry()
    };
    Q_ENUM(State)

    explicit ConversationClient(const ClientParts &parts, const ConversationOptions &options = {},
                                QObject *parent = nullptr);
    ~ConversationClient() override;

    /// Follows the hub from now on, and sends what waits. Never called: the store's content, offline.
    void start();
    void stop();
    /// The store was begun anew, or can be written again (LocalStore::mend()): writes into it what is in memory, and
    /// syncs from where the store is.
    void keepAll();
    /// Syncs now, whatever the back-off says.
    void retry();

    /// It tells of its changes itself.
    [[nodiscard]] const ConversationList &list() const;
    [[nodiscard]] int count() const { return list().count(); }
    [[nodiscard]] const ConversationEntry &at(int index) const { return list().at(index); }
    [[nodiscard]] const ConversationEntry *find(const ConversationId &id) const { return list().find(id); }
    [[nodiscard]] int indexOf(const ConversationId &id) const { return list().indexOf(id); }
    [[nodiscard]] ConversationId directWith(const UserId &user) const { return list().directWith(user); }
    [[nodiscard]] int unreadTotal() const { return list().unreadTotal(); }
    [[nodiscard]] State state() const;
    [[nodiscard]] const std::optional<Error> &error() const;
    [[nodiscard]] bool isSyncing() const;
    [[nodiscard]] const UserCard &self() const;
    /// Who people are; messages and participants hold ids alone.
    [[nodiscard]] Directory &directory() const;

    // Timelines
    /// The same object for the same conversation until close(). Its first rows are there at once. Null: unknown.
    Timeline *open(const ConversationId &id);
    /// The timeline goes later, in the event loop; so it does by itself when its conversation is removed.
    void close(const ConversationId &id);
    [[nodiscard]] Timeline *timeline(const ConversationId &id) const; ///< null when it is not open
    /// Written a little later, or when the conversation is closed: a view may tell each frame of a scroll.
    [[nodiscard]] ViewPosition viewPosition(const ConversationId &id) const;
    void setViewPosition(const ConversationId &id, const ViewPosition &position);

    // Commands. Those without a future take effect at once here, and reach the server when it can be reached.
    [[nodiscard]] Future<ConversationId> openDirect(const UserId &user);
    [[nodiscard]] Future<void> remove(const ConversationId &id);
    Result<QString> send(const ConversationId &id, const QString &content) { return outbox().enqueue(id, content); }
    /// This person's reaction to a message; empty: no more.
    Result<QString> react(const ConversationId &id, const MessageId &message, const QString &reaction);
    void markRead(const ConversationId &id, Sequence upTo);
    /// All of it has been seen, and its latest messages are in sight: no badge for what comes now.
    void setWatched(const ConversationId &id, bool isWatched);
    /// With the cursor's place in it, in UTF-16 units.
    void setDraft(const ConversationId &id, const QString &text, int cursor);
    /// Empty: there is no draft, or nobody knows.
    [[nodiscard]] std::optional<int> draftCursor(const ConversationId &id) const;
    void setTyping(const ConversationId &id, bool isTyping);
    [[nodiscard]] Outbox &outbox();

Q_SIGNALS:
    void stateChanged(); ///< state() or error()
    void syncingChanged();
    /// Somebody else's message that is new to this client, live or after a reconnect (not the first sync's), in a
    /// conversation that is not muted: for notifications. Told after the list has changed.
    void messageReceived(const Tertulia::Message &message);
    /// The server will not do what was done here, and it is undone: its failure says why. Messages stay, as failed
    /// ones.
    void refused(const Tertulia::Client::Command &command);
    /// The server told of people: whether they are online.
    void participantsSeen(const std::vector<Tertulia::Participant> &participants);
    /// Read here or on another device up to here: for notifications that should go.
    void readThroughChanged(const Tertulia::ConversationId &id, Tertulia::Sequence upTo);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Client
