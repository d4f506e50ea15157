// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/clientparts.h"
#include "client/conversations/conversationentry.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace Tertulia::Client {

struct OutboxOptions
{
    std::chrono::milliseconds firstDelay{1'000}; ///< before the second attempt; doubled from one to the next
    std::chrono::milliseconds longestDelay{60'000};
    std::chrono::milliseconds longestPause{300'000}; ///< that a server may ask for
    std::chrono::milliseconds answerTimeout{30'000}; ///< then it is sent again
    int lanes = 4; ///< conversations that are sent to at the same time
    int internalErrors = 5; ///< attempts that end in the server's own failure before a message counts as failed
    int longestQueue = 1'000; ///< messages; more are refused
};

/// What a person does, whether there is a connection or not: messages, reactions. Each command is in the store before
/// the call returns (while that cannot be written, in memory: keepAll()), and stays there until the server has done it
/// or refuses it. A message carries an id that lets the server know it again, and other commands say what shall be, so
/// each counts once, though it may be sent twice. Within a conversation they go in the order in which they were given.
/// Over the hub while it is connected, else over REST.
class Outbox : public QObject
{
    Q_OBJECT
public:
    explicit Outbox(const ClientParts &parts, const OutboxOptions &options = {}, QObject *parent = nullptr);
    ~Outbox() override;

    /// From now on messages are sent; before it they only queue.
    void start();
    /// What is under way is finished; nothing new is begun.
    void stop();
    /// Tries now what waits for its next attempt.
    void sendNow();

    /// Gives the client message id at once. Control characters are taken out (text/plaintext.h). Invalid: nothing that
    /// can be seen; TooLarge: above Limits::messageCharacters; RateLimited: the queue is full.
    Result<QString> enqueue(const ConversationId &conversation, const QString &content);
    /// How this person reacts to a message from now on; empty: no more. A change of mind before it is under way
    /// replaces it. Refused, it is forgotten: removed() tells, with the failure. RateLimited: the queue is full.
    Result<QString> react(const ConversationId &conversation, const MessageId &message, const QString &reaction);
    /// A failed message queues again, behind what was written since. NotFound: it is not there or has not failed.
    Result<void> retry(const QString &clientMessageId);
    /// Forgets a message that is not under way. NotFound; Conflict: it is being sent just now.
    Result<void> remove(const QString &clientMessageId);
    /// The store was begun anew, or can be written again: takes what it has rescued, and writes all into it.
    void keepAll();
    /// Forgets all of a conversation that has been deleted.
    void removeAll(const ConversationId &conversation);
    /// The server has it, as an event said: the same as an answer.
    void acknowledge(const Message &message);

    /// Waiting or under way, not the failed ones.
    [[nodiscard]] int waitingCount() const;
    /// Messages, in order of writing.
    [[nodiscard]] std::vector<Command> pendingOf(const ConversationId &conversation) const;
    /// Reactions of this person that the server has not got yet, by message; empty: no more.
    [[nodiscard]] std::unordered_map<MessageId, QString> reactionsOf(const ConversationId &conversation) const;
    [[nodiscard]] std::optional<Command> find(const QString &clientMessageId) const;

Q_SIGNALS:
    void added(const Tertulia::Client::Command &pending);
    void changed(const Tertulia::Client::Command &pending);
    /// It has become `message`, which is in the store already.
    void sent(const Tertulia::Client::Command &pending, const Tertulia::Message &message);
    /// Another kind than a message; the message that it was about, in the store already, if the server told of it.
    void done(const Tertulia::Client::Command &command, const std::optional<Tertulia::Message> &message);
    void removed(const Tertulia::Client::Command &pending);
    /// The answer to one that is not here any more: it was removed, or acknowledged, while it was on its way.
    void cameLate(const Tertulia::Message &message);
    void waitingCountChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Client
