// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/outbox.h"

#include "base/logging.h"
#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/intake.h"
#include "client/limits.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "client/transport/scheduler.h"
#include "protocol/names.h"
#include "text/plaintext.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// Sending again may help: the way was at fault, or the server was busy. Unauthenticated: until somebody signs in
/// again.
bool isRetryable(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unauthenticated:
    case ErrorCode::RateLimited:
    case ErrorCode::Cancelled:
    case ErrorCode::Timeout:
    case ErrorCode::Unavailable:
    case ErrorCode::Internal:
        return true;
    case ErrorCode::Invalid:
    case ErrorCode::Forbidden:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::Gone:
    case ErrorCode::TooLarge:
    case ErrorCode::UnsupportedMediaType:
        break;
    }
    return false;
}

} // namespace

class Outbox::Private
{
public:
    /// One message under way.
    struct Attempt
    {
        Attempt(Scheduler &scheduler, int numberOfAttempt)
            : number(numberOfAttempt)
            , timeout(scheduler)
        {
        }
        int number;
        Alarm timeout;
    };

    /// The message as it is now; empty: it is done, and the server says nothing of the message.
    using Answer = Result<std::optional<Message>>;
    using Done = std::function<void(const Answer &)>;

    Private(Outbox &owner, const ClientParts &clientParts, const OutboxOptions &wanted)
        : q(owner)
        , parts(clientParts)
        , options(wanted)
        , scheduler(clientParts.scheduler ? *clientParts.scheduler : Scheduler::system())
        , pause(scheduler)
    {
        for (Command &one : parts.store.outbox().all())
            items.emplace(one.position, std::move(one));
        toldWaiting = waiting();
    }

    [[nodiscard]] Command *find(const QString &clientMessageId)
    {
        const auto at = std::find_if(items.begin(), items.end(), [&clientMessageId](const auto &item) {
            return item.second.clientMessageId == clientMessageId;
        });
        return at == items.end() ? nullptr : &at->second;
    }
    [[nodiscard]] int waiting() const
    {
        return int(std::count_if(items.begin(), items.end(),
                                 [](const auto &item) { return item.second.state != Command::State::Failed; }));
    }
    void tellWaiting()
    {
        const int now = waiting();
        if (std::exchange(toldWaiting, now) != now)
            Q_EMIT q.waitingCountChanged();
    }

    [[nodiscard]] qint64 nextPosition();
    void forgetRow(const QString &clientMessageId);
    Result<QString> add(Command command);
    void keepAll();
    /// Begins what can be begun.
    void pump();
    void send(Command &pending);
    void finished(const QString &id, int attempt, const Answer &answer);
    void succeeded(const QString &id, std::optional<Message> message);
    void failed(Command &pending, const Error &error);
    void drop(const Command &refused);
    void waitFor(const Error &error);
    [[nodiscard]] bool isConnected() const { return parts.chatHub.state() == HubConnection::State::Connected; }
    /// `message` is what a server can say to it; made ours where it leaves something out.
    [[nodiscard]] bool isAnswerTo(const Command &command, std::optional<Message> &message) const;

    // One function a kind
    void transmit(const Command &command, Done done);
    void transmitMessage(const Command &command, Done done);
    void transmitReaction(const Command &command, Done done);

    Outbox &q;
    const ClientParts parts;
    const OutboxOptions options;
    Scheduler &scheduler;
    std::map<qint64, Command> items; ///< by position
    std::unordered_map<QString, std::unique_ptr<Attempt>> underWay; ///< by client message id
    std::unordered_map<QString, int> internalErrors; ///< likewise
    std::unordered_set<QString> settled; ///< whose rows may still be there
    Alarm pause; ///< before the next attempt, of whichever message
    std::chrono::milliseconds delay{0};
    int attempts = 0;
    int toldWaiting = 0;
    bool isStarted = false;
    bool isPumping = false;
};

/// Behind all that ever were, in the store and here.
qint64 Outbox::Private::nextPosition()
{
    const qint64 stored = parts.store.outbox().nextPosition();
    return items.empty() ? stored : std::max(stored, items.rbegin()->first + 1);
}

void Outbox::Private::forgetRow(const QString &clientMessageId)
{
    parts.store.outbox().remove(clientMessageId);
    settled.insert(clientMessageId); // whether the row is gone shows when all around it is committed
}

void Outbox::Private::keepAll()
{
    std::vector<Command> found;
    for (Command &one : parts.store.outbox().all()) {
        if (find(one.clientMessageId) || settled.contains(one.clientMessageId))
            continue;
        if (items.contains(one.position))
            one.position = nextPosition();
        items.emplace(one.position, one);
        found.push_back(std::move(one));
    }
    {
        const SqliteTransaction together = parts.store.transaction();
        parts.store.outbox().clear();
        for (const auto &[position, pending] : items) {
            std::ignore = parts.store.outbox().insert(pending);
            parts.store.outbox().update(pending);
        }
    }
    for (const Command &one : found)
        Q_EMIT q.added(one);
    tellWaiting();
    pump();
}

Result<QString> Outbox::Private::add(Command command)
{
    if (items.size() >= size_t(options.longestQueue))
        return failure(Error::rateLimited(0, u"Too much waits to be sent."_s));
    if (parts.store.trouble() == StoreTrouble::None)
        settled.clear(); // no transaction is open here: their rows are gone
    command.clientMessageId = Uuid::generate().toString();
    command.createdAt = parts.clock.now();
    command.position = nextPosition();
    std::ignore = parts.store.outbox().insert(command); // the store's trouble is nothing to the others
    const QString id = command.clientMessageId;
    items.emplace(command.position, command);
    Q_EMIT q.added(command);
    tellWaiting();
    pump();
    return id;
}

void Outbox::Private::pump()
{
    if (!isStarted || pause.isActive() || std::exchange(isPumping, true))
        return;
    // Sending may answer at once and so change the list: look anew after each.
    for (bool isAnyLeft = true; isAnyLeft && !pause.isActive();) {
        isAnyLeft = false;
        std::set<ConversationId> busy;
        for (auto &[position, pending] : items) {
            if (pending.state == Command::State::Failed)
                continue;
            const bool isFirst = busy.insert(pending.conversation).second;
            if (!isFirst || pending.state != Command::State::Waiting)
                continue;
            if (underWay.size() >= size_t(options.lanes))
                break;
            isAnyLeft = true;
            send(pending);
            break;
        }
    }
    isPumping = false;
}

void Outbox::Private::transmit(const Command &command, Done done)
{
    switch (command.kind) {
    case Command::Kind::Send:
        transmitMessage(command, std::move(done));
        break;
    case Command::Kind::React:
        transmitReaction(command, std::move(done));
        break;
    }
}

void Outbox::Private::transmitMessage(const Command &command, Done done)
{
    SendMessageRequest request;
    request.conversationId = command.conversation.toString();
    request.content = withoutControls(command.content); // what an older version left in the store
    request.type = MessageType::Text;
    request.clientMessageId = command.clientMessageId;
    const auto answer = isConnected() ? parts.chatHub.invoke<Message>(HubMethods::sendMessage, request)
                                      : parts.api.post<Message>(QString(Routes::messages), request);
    whenAnswered<Message>(answer, &q, [done = std::move(done)](const Result<Message> &sent) { done(sent); });
}

void Outbox::Private::transmitReaction(const Command &command, Done done)
{
    const QString id = command.target.toString();
    if (isConnected()) {
        const auto reaction = command.content.isEmpty() ? std::nullopt : std::optional(command.content);
        whenAnswered<Message>(parts.chatHub.invoke<Message>(HubMethods::reactToMessage, id, reaction), &q,
                              [done = std::move(done)](const Result<Message> &changed) { done(changed); });
        return;
    }
    using Reactions = std::vector<Reaction>;
    const QString path = routePath(Routes::messageReactions, {id});
    const auto answer = command.content.isEmpty() ? parts.api.remove<Reactions>(path)
                                                  : parts.api.post<Reactions>(path, ReactRequest{command.content});
    whenAnswered<Reactions>(answer, &q,
                            [this, target = command.target, done = std::move(done)](const Result<Reactions> &all) {
                                // Of the message only its reactions are told, without their revision: it keeps its own
                                // until the event comes.
                                auto message = parts.store.messages().find(target);
                                if (all && message)
                                    message->reactions = *all;
                                done(all ? Answer(std::move(message)) : failure(all.error()));
                            });
}

void Outbox::Private::send(Command &pending)
{
    const QString id = pending.clientMessageId;
    const int number = ++attempts;
    pending.state = Command::State::Sending;
    ++pending.attempts;
    auto attempt = std::make_unique<Attempt>(scheduler, number);
    attempt->timeout.start(options.answerTimeout, [this, id, number] {
        finished(id, number,
                 failure(Error{.code = ErrorCode::Timeout,
                               .reason = {},
                               .message = u"The server did not answer."_s,
                               .field = {},
                               .retryAfterSeconds = 0}));
    });
    underWay[id] = std::move(attempt);
    const Command sending = pending;
    Q_EMIT q.changed(sending);
    transmit(sending, [this, id, number](const Answer &answer) { finished(id, number, answer); });
}

void Outbox::Private::finished(const QString &id, int attempt, const Answer &answer)
{
    const Command *const command = find(id);
    Answer result = answer;
    if (result && command && !isAnswerTo(*command, *result))
        result = failure(Error::internal(u"The server answered with another message."_s));
    const auto at = underWay.find(id);
    const bool isCurrent = at != underWay.end() && at->second->number == attempt;
    if (!isCurrent && !result)
        return; // given up before; a late success counts all the same
    if (isCurrent) {
        underWay.erase(at); // an alarm's own task may end it
    }
    if (result)
        succeeded(id, std::move(*result));
    else if (Command *const waiting = find(id))
        failed(*waiting, result.error());
    pump();
}

bool Outbox::Private::isAnswerTo(const Command &command, std::optional<Message> &message) const
{
    if (command.kind != Command::Kind::Send)
        return !message || (admit(*message) && message->id == command.target);
    const bool isOurs = message && admit(*message) && message->senderId == parts.self.id
        && message->clientMessageId.value_or(command.clientMessageId) == command.clientMessageId;
    if (isOurs)
        message->clientMessageId = command.clientMessageId;
    return isOurs;
}

void Outbox::Private::succeeded(const QString &id, std::optional<Message> message)
{
    delay = std::chrono::milliseconds(0);
    internalErrors.erase(id);
    underWay.erase(id);
    Command *const found = find(id);
    if (!found) {
        if (message && admit(*message) && message->senderId == parts.self.id)
            Q_EMIT q.cameLate(*message);
        return;
    }
    const Command command = *found;
    items.erase(command.position);
    {
        const SqliteTransaction together = parts.store.transaction();
        if (message) {
            parts.directory.take(*message);
            message = parts.store.messages().save(*std::move(message));
        }
        forgetRow(id);
    }
    if (command.kind == Command::Kind::Send)
        Q_EMIT q.sent(command, *message);
    else
        Q_EMIT q.done(command, message);
    tellWaiting();
}

void Outbox::Private::failed(Command &pending, const Error &error)
{
    const bool isServersFault = error.code == ErrorCode::Internal;
    const bool isTooOften = isServersFault && ++internalErrors[pending.clientMessageId] >= options.internalErrors;
    pending.failure = error;
    if (isRetryable(error) && !isTooOften) {
        pending.state = Command::State::Waiting;
        waitFor(error);
    } else {
        pending.state = Command::State::Failed;
        internalErrors.erase(pending.clientMessageId);
        qCInfo(logClient, "a command was refused: %s", qUtf8Printable(codeWord(error)));
        if (pending.kind != Command::Kind::Send) // what was written must not be lost; of all else the server is right
            return drop(pending);
    }
    parts.store.outbox().update(pending);
    const Command changed = pending;
    Q_EMIT q.changed(changed);
    tellWaiting();
}

void Outbox::Private::drop(const Command &refused)
{
    const Command gone = refused;
    items.erase(gone.position);
    forgetRow(gone.clientMessageId);
    Q_EMIT q.removed(gone);
    tellWaiting();
}

void Outbox::Private::waitFor(const Error &error)
{
    delay = delay.count() == 0 ? options.firstDelay : std::min(delay * 2, options.longestDelay);
    const auto asked = std::chrono::milliseconds(std::chrono::seconds(std::max(0, error.retryAfterSeconds)));
    pause.start(std::max(delay, std::min(asked, options.longestPause)), [this] { pump(); });
}

Outbox::Outbox(const ClientParts &parts, const OutboxOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, parts, options))
{
    connect(&parts.chatHub, &HubConnection::stateChanged, this, [this](HubConnection::State state) {
        if (state == HubConnection::State::Connected)
            sendNow();
    });
}

Outbox::~Outbox() = default;

void Outbox::start()
{
    d->isStarted = true;
    d->pump();
}

void Outbox::stop()
{
    d->isStarted = false;
    d->pause.stop();
}

void Outbox::sendNow()
{
    d->delay = std::chrono::milliseconds(0);
    d->pause.stop();
    d->pump();
}

Result<QString> Outbox::enqueue(const ConversationId &conversation, const QString &content)
{
    Command command;
    command.conversation = conversation;
    // As the server would: so what is shown while it waits is what the others will read, and nothing that was pasted
    // along makes it a message that can never be sent.
    command.content = withoutControls(content);
    if (isBlank(command.content))
        return failure(Error::invalid(u"content"_s, u"A message has at least one character."_s));
    if (characterCount(command.content) > Limits::messageCharacters) {
        return failure(Error{.code = ErrorCode::TooLarge,
                             .reason = {},
                             .message = u"The message is too long."_s,
                             .field = u"content"_s,
                             .retryAfterSeconds = 0});
    }
    return d->add(std::move(command));
}

Result<QString> Outbox::react(const ConversationId &conversation, const MessageId &message, const QString &reaction)
{
    // The last word counts: what waits says it instead.
    for (auto &[position, waiting] : d->items) {
        if (waiting.kind == Command::Kind::React && waiting.target == message
            && waiting.state == Command::State::Waiting) {
            waiting.content = reaction;
            d->parts.store.outbox().update(waiting);
            const Command now = waiting;
            Q_EMIT changed(now);
            return now.clientMessageId;
        }
    }
    Command command;
    command.conversation = conversation;
    command.kind = Command::Kind::React;
    command.target = message;
    command.content = reaction;
    return d->add(std::move(command));
}

Result<void> Outbox::retry(const QString &clientMessageId)
{
    Command *const found = d->find(clientMessageId);
    if (!found || found->state != Command::State::Failed)
        return failure(Error::notFound(u"No such failed message."_s));
    Command pending = *found;
    d->items.erase(pending.position);
    pending.position = d->nextPosition();
    pending.state = Command::State::Waiting;
    pending.failure.reset();
    pending.attempts = 0;
    d->parts.store.outbox().update(pending);
    d->items.emplace(pending.position, pending);
    Q_EMIT changed(pending);
    d->tellWaiting();
    d->pump();
    return {};
}

Result<void> Outbox::remove(const QString &clientMessageId)
{
    Command *const found = d->find(clientMessageId);
    if (!found)
        return failure(Error::notFound(u"No such message waits."_s));
    if (found->state == Command::State::Sending)
        return failure(Error::conflict(u"The message is being sent."_s));
    const Command pending = *found;
    d->items.erase(pending.position);
    d->internalErrors.erase(clientMessageId);
    d->forgetRow(clientMessageId);
    Q_EMIT removed(pending);
    d->tellWaiting();
    d->pump();
    return {};
}

void Outbox::keepAll()
{
    d->keepAll();
}

void Outbox::removeAll(const ConversationId &conversation)
{
    std::vector<Command> gone;
    std::erase_if(d->items, [&](const auto &item) {
        if (item.second.conversation != conversation)
            return false;
        gone.push_back(item.second);
        return true;
    });
    {
        const SqliteTransaction together = d->parts.store.transaction();
        for (const Command &pending : gone)
            d->forgetRow(pending.clientMessageId);
    }
    for (const Command &pending : gone) {
        d->underWay.erase(pending.clientMessageId);
        d->internalErrors.erase(pending.clientMessageId);
        Q_EMIT removed(pending);
    }
    d->tellWaiting();
    d->pump();
}

void Outbox::acknowledge(const Message &message)
{
    const Command *const command = message.clientMessageId ? d->find(*message.clientMessageId) : nullptr;
    if (!command || command->kind != Command::Kind::Send || message.senderId != d->parts.self.id)
        return;
    d->succeeded(*message.clientMessageId, message);
    d->pump();
}

int Outbox::waitingCount() const
{
    return d->waiting();
}

std::vector<Command> Outbox::pendingOf(const ConversationId &conversation) const
{
    std::vector<Command> found;
    for (const auto &[position, pending] : d->items) {
        if (pending.conversation == conversation && pending.kind == Command::Kind::Send)
            found.push_back(pending);
    }
    return found;
}

std::unordered_map<MessageId, QString> Outbox::reactionsOf(const ConversationId &conversation) const
{
    std::unordered_map<MessageId, QString> found;
    for (const auto &[position, command] : d->items) {
        if (command.conversation == conversation && command.kind == Command::Kind::React)
            found[command.target] = command.content; // the latest
    }
    return found;
}

std::optional<Command> Outbox::find(const QString &clientMessageId) const
{
    const Command *const found = d->find(clientMessageId);
    return found ? std::optional(*found) : std::nullopt;
}

} // namespace Tertulia::Client
