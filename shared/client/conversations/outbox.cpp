// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/outbox.h"

#include "base/logging.h"
#include "client/async.h"
#include "client/cache/localstore.h"
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

    Private(Outbox &owner, const ClientParts &clientParts, const OutboxOptions &wanted)
        : q(owner)
        , parts(clientParts)
        , options(wanted)
        , scheduler(clientParts.scheduler ? *clientParts.scheduler : Scheduler::system())
        , pause(scheduler)
    {
        for (PendingMessage &one : parts.store.outbox().all())
            items.emplace(one.position, std::move(one));
        toldWaiting = waiting();
    }

    [[nodiscard]] PendingMessage *find(const QString &clientMessageId)
    {
        const auto at = std::find_if(items.begin(), items.end(), [&clientMessageId](const auto &item) {
            return item.second.clientMessageId == clientMessageId;
        });
        return at == items.end() ? nullptr : &at->second;
    }
    [[nodiscard]] int waiting() const
    {
        return int(std::count_if(items.begin(), items.end(),
                                 [](const auto &item) { return item.second.state != PendingMessage::State::Failed; }));
    }
    void tellWaiting()
    {
        const int now = waiting();
        if (std::exchange(toldWaiting, now) != now)
            Q_EMIT q.waitingCountChanged();
    }

    [[nodiscard]] qint64 nextPosition();
    void forgetRow(const QString &clientMessageId);
    Result<QString> enqueue(PendingMessage pending);
    void keepAll();
    /// Begins what can be begun.
    void pump();
    void send(PendingMessage &pending);
    void finished(const QString &clientMessageId, int attempt, const Result<Message> &answer);
    void succeeded(const QString &clientMessageId, Message message);
    void failed(PendingMessage &pending, const Error &error);
    void waitFor(const Error &error);
    [[nodiscard]] Future<Message> transmit(const PendingMessage &pending);

    Outbox &q;
    const ClientParts parts;
    const OutboxOptions options;
    Scheduler &scheduler;
    std::map<qint64, PendingMessage> items; ///< by position
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
    std::vector<PendingMessage> found;
    for (PendingMessage &one : parts.store.outbox().all()) {
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
    for (const PendingMessage &one : found)
        Q_EMIT q.added(one);
    tellWaiting();
    pump();
}

Result<QString> Outbox::Private::enqueue(PendingMessage pending)
{
    // As the server would: so what is shown while it waits is what the others will read, and nothing that was pasted
    // along makes it a message that can never be sent.
    pending.content = withoutControls(std::move(pending.content));
    if (isBlank(pending.content))
        return failure(Error::invalid(u"content"_s, u"A message has at least one character."_s));
    if (characterCount(pending.content) > Limits::messageCharacters) {
        return failure(Error{.code = ErrorCode::TooLarge,
                             .reason = {},
                             .message = u"The message is too long."_s,
                             .field = u"content"_s,
                             .retryAfterSeconds = 0});
    }
    if (items.size() >= size_t(options.longestQueue))
        return failure(Error::rateLimited(0, u"Too many messages wait."_s));
    if (parts.store.trouble() == StoreTrouble::None)
        settled.clear(); // no transaction is open here: their rows are gone
    pending.clientMessageId = Uuid::generate().toString();
    pending.createdAt = parts.clock.now();
    pending.position = nextPosition();
    std::ignore = parts.store.outbox().insert(pending); // the store's trouble is nothing to the others
    const QString id = pending.clientMessageId;
    items.emplace(pending.position, pending);
    Q_EMIT q.added(pending);
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
            if (pending.state == PendingMessage::State::Failed)
                continue;
            const bool isFirst = busy.insert(pending.conversation).second;
            if (!isFirst || pending.state != PendingMessage::State::Waiting)
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

Future<Message> Outbox::Private::transmit(const PendingMessage &pending)
{
    SendMessageRequest request;
    request.conversationId = pending.conversation.toString();
    request.content = withoutControls(pending.content); // what an older version left in the store
    request.type = MessageType::Text;
    request.clientMessageId = pending.clientMessageId;
    if (parts.chatHub.state() == HubConnection::State::Connected)
        return parts.chatHub.invoke<Message>(HubMethods::sendMessage, request);
    return parts.api.post<Message>(QString(Routes::messages), request);
}

void Outbox::Private::send(PendingMessage &pending)
{
    const QString id = pending.clientMessageId;
    const int number = ++attempts;
    pending.state = PendingMessage::State::Sending;
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
    const PendingMessage sending = pending;
    Q_EMIT q.changed(sending);
    whenAnswered<Message>(transmit(sending), &q,
                          [this, id, number](const Result<Message> &answer) { finished(id, number, answer); });
}

void Outbox::Private::finished(const QString &clientMessageId, int attempt, const Result<Message> &answer)
{
    Result<Message> result = answer;
    if (result && (!admit(*result) || result->senderId != parts.self.id))
        result = failure(Error::internal(u"The server answered with another message."_s));
    if (result && result->clientMessageId.value_or(clientMessageId) != clientMessageId)
        result = failure(Error::internal(u"The server answered with another message."_s));
    const auto at = underWay.find(clientMessageId);
    const bool isCurrent = at != underWay.end() && at->second->number == attempt;
    if (!isCurrent && !result)
        return; // given up before; a late success counts all the same
    if (isCurrent) {
        underWay.erase(at); // an alarm's own task may end it
    }
    if (result) {
        result->clientMessageId = clientMessageId;
        succeeded(clientMessageId, std::move(*result));
    } else if (PendingMessage *const pending = find(clientMessageId)) {
        failed(*pending, result.error());
    }
    pump();
}

void Outbox::Private::succeeded(const QString &clientMessageId, Message message)
{
    delay = std::chrono::milliseconds(0);
    internalErrors.erase(clientMessageId);
    underWay.erase(clientMessageId);
    PendingMessage *const found = find(clientMessageId);
    if (!found)
        return;
    const PendingMessage pending = *found;
    items.erase(pending.position);
    {
        const SqliteTransaction together = parts.store.transaction();
        parts.store.messages().save(message);
        forgetRow(clientMessageId);
    }
    Q_EMIT q.sent(pending, message);
    tellWaiting();
}

void Outbox::Private::failed(PendingMessage &pending, const Error &error)
{
    const bool isServersFault = error.code == ErrorCode::Internal;
    const bool isTooOften = isServersFault && ++internalErrors[pending.clientMessageId] >= options.internalErrors;
    pending.failure = error;
    if (isRetryable(error) && !isTooOften) {
        pending.state = PendingMessage::State::Waiting;
        waitFor(error);
    } else {
        pending.state = PendingMessage::State::Failed;
        internalErrors.erase(pending.clientMessageId);
        qCInfo(logClient, "a message was refused: %s", qUtf8Printable(codeWord(error)));
    }
    parts.store.outbox().update(pending);
    const PendingMessage changed = pending;
    Q_EMIT q.changed(changed);
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
    PendingMessage pending;
    pending.conversation = conversation;
    pending.content = content;
    return d->enqueue(std::move(pending));
}

Result<void> Outbox::retry(const QString &clientMessageId)
{
    PendingMessage *const found = d->find(clientMessageId);
    if (!found || found->state != PendingMessage::State::Failed)
        return failure(Error::notFound(u"No such failed message."_s));
    PendingMessage pending = *found;
    d->items.erase(pending.position);
    pending.position = d->nextPosition();
    pending.state = PendingMessage::State::Waiting;
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
    PendingMessage *const found = d->find(clientMessageId);
    if (!found)
        return failure(Error::notFound(u"No such message waits."_s));
    if (found->state == PendingMessage::State::Sending)
        return failure(Error::conflict(u"The message is being sent."_s));
    const PendingMessage pending = *found;
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
    std::vector<PendingMessage> gone;
    std::erase_if(d->items, [&](const auto &item) {
        if (item.second.conversation != conversation)
            return false;
        gone.push_back(item.second);
        return true;
    });
    {
        const SqliteTransaction together = d->parts.store.transaction();
        for (const PendingMessage &pending : gone)
            d->forgetRow(pending.clientMessageId);
    }
    for (const PendingMessage &pending : gone) {
        d->underWay.erase(pending.clientMessageId);
        d->internalErrors.erase(pending.clientMessageId);
        Q_EMIT removed(pending);
    }
    d->tellWaiting();
    d->pump();
}

void Outbox::acknowledge(const Message &message)
{
    if (!message.clientMessageId || message.senderId != d->parts.self.id || !d->find(*message.clientMessageId))
        return;
    d->succeeded(*message.clientMessageId, message);
    d->pump();
}

int Outbox::waitingCount() const
{
    return d->waiting();
}

std::vector<PendingMessage> Outbox::pendingOf(const ConversationId &conversation) const
{
    std::vector<PendingMessage> found;
    for (const auto &[position, pending] : d->items) {
        if (pending.conversation == conversation)
            found.push_back(pending);
    }
    return found;
}

std::optional<PendingMessage> Outbox::find(const QString &clientMessageId) const
{
    const PendingMessage *const found = d->find(clientMessageId);
    return found ? std::optional(*found) : std::nullopt;
}

} // namespace Tertulia::Client
