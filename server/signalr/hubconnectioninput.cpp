// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"
#include "signalr/hubconnectionextra.h"
#include "signalr/hubdispatcher.h"
#include "signalr/huberrors.h"
#include "signalr/hubframes.h"

// The reading half of HubConnectionContext: bytes to messages to what they ask for.

namespace Tertulia::Server {

namespace {

/// Ids of what clients are asked for are "<connection id>:<number>".
bool isResultId(const QByteArray &id)
{
    constexpr qsizetype length = 22;
    return id.size() > length && id.at(length) == ':'
        && parseConnectionText<ConnectionId>(id.first(length)).has_value();
}

Error tooLarge(qsizetype limit)
{
    return Error::invalid({}, QStringLiteral("The maximum message size of %1B was exceeded.").arg(limit));
}

} // namespace

void HubConnectionContext::started()
{
    m_lastPing = thread().clock().steadyNow();
    m_lastMessage = m_lastPing;
}

void HubConnectionContext::receive(QByteArrayView bytes, bool last)
{
    Q_UNUSED(last)
    if (m_phase == Phase::Closing || m_phase == Phase::Closed)
        return;
    const auto self = shared_from_this();
    if (m_isBlocked || m_input.isBeingRead()) {
        m_input.append(bytes);
    } else if (m_input.isEmpty()) {
        static_cast<void>(m_input.beginReading());
        const qsizetype taken = process(bytes, 0);
        m_input.endReading(0, bytes.sliced(taken));
    } else {
        m_input.append(bytes);
        handleInput();
    }
    keptChanged();
    if (m_isBlocked && !m_isReadingPaused && m_input.size() > settings().inputBytes && transport()) {
        m_isReadingPaused = true;
        transport()->setReading(false);
    }
}

void HubConnectionContext::handleInput()
{
    m_input.endReading(process(m_input.beginReading(), m_input.takeSearched()));
}

void HubConnectionContext::unblock()
{
    if (m_isBlocked)
        thread().resumeLater(*this);
}

void HubConnectionContext::resumeInput()
{
    if (!m_isBlocked || m_phase == Phase::Closing || m_phase == Phase::Closed)
        return;
    m_isBlocked = false;
    handleInput();
    keptChanged();
    if (!m_isBlocked && std::exchange(m_isReadingPaused, false) && transport())
        transport()->setReading(true);
}

qsizetype HubConnectionContext::process(QByteArrayView bytes, qsizetype searched)
{
    const qsizetype limit = settings().maxReceiveMessageBytes;
    qsizetype at = 0;
    while (at < bytes.size() && (m_phase == Phase::Handshake || m_phase == Phase::Open)) {
        if (m_phase == Phase::Handshake) {
            const qsizetype used = shakeHands(bytes.sliced(at));
            if (used == 0)
                break;
            at += used;
            continue;
        }
        if (m_isOutputBehind) {
            m_isBlocked = true;
            break;
        }
        const QByteArrayView rest = bytes.sliced(at);
        const auto record = m_protocol->cut(rest, std::exchange(searched, 0));
        if (record && record->size == 0 && rest.size() <= limit) {
            m_input.setSearched(rest.size());
            break;
        }
        const auto message = record && record->size > 0 && record->size <= limit
            ? m_protocol->parse(record->payload)
            : failure(record ? tooLarge(limit) : record.error());
        if (!message) {
            protocolError(message.error().message);
            break;
        }
        if (*message && handle(**message) == Outcome::Blocked) {
            m_isBlocked = true;
            break;
        }
        at += record->size;
        m_lastMessage = thread().clock().steadyNow();
        m_wasAsked = false;
    }
    if (m_phase == Phase::Connecting)
        m_isBlocked = true;
    return at;
}

qsizetype HubConnectionContext::shakeHands(QByteArrayView bytes)
{
    const qsizetype limit = settings().maxReceiveMessageBytes;
    constexpr char separator = 0x1e;
    const qsizetype end = bytes.first(std::min(bytes.size(), limit)).indexOf(separator);
    if (end < 0) {
        if (bytes.size() > limit)
            refuseHandshake(handshakeCanceledText());
        return 0;
    }
    const auto accepted = acceptHandshake(bytes.first(end), transportKind() != TransportKind::ServerSentEvents,
                                          settings().detailedErrors);
    if (!accepted) {
        refuseHandshake(accepted.error().message);
        return 0;
    }
    m_protocol = accepted->protocol;
    if (m_stateful && accepted->version >= 2) {
        extra().stateful = std::make_unique<StatefulBuffer>(settings().statefulBufferBytes);
        thread().registry().setResumable(token(), true);
    } else {
        m_stateful = false;
    }
    m_phase = Phase::Connecting;
    m_lastMessage = m_lastPing = thread().clock().steadyNow();
    // In one frame, before anything else: the JavaScript client reads it from its first chunk.
    sendRaw(toFrame(*m_protocol, HandshakeResponse().encode()));
    m_wasAnnounced = true;
    m_dispatcher.connected(*this);
    return end + 1;
}

void HubConnectionContext::refuseHandshake(const QString &text)
{
    if (transport())
        transport()->send(toFrame(*m_protocol, HandshakeResponse{text}.encode()));
    endApplication();
}

void HubConnectionContext::connected(const Error *error)
{
    if (m_phase != Phase::Connecting)
        return;
    if (error) {
        qCInfo(logHubs, "connection %s is refused: %s", connectionText(id()).constData(),
               qUtf8Printable(error->message));
        fail(closedWithError(error, settings().detailedErrors), false);
        return;
    }
    m_phase = Phase::Open;
    unblock();
}

HubConnectionContext::Outcome HubConnectionContext::handle(const HubMessage &message)
{
    StatefulBuffer *const stateful = m_extra ? m_extra->stateful.get() : nullptr;
    if (stateful && stateful->isAwaitingSequence() && !std::holds_alternative<SequenceMessage>(message))
        return Outcome::Handled;
    if (isCounted(message)) {
        const bool isRepeat = stateful && stateful->isRepeat();
        if (!isRepeat && handleCounted(message) == Outcome::Blocked)
            return Outcome::Blocked;
        if (stateful)
            stateful->counted();
        return Outcome::Handled;
    }
    if (std::holds_alternative<PingMessage>(message)) {
        m_hasPinged = true;
    } else if (std::holds_alternative<CloseMessage>(message)) {
        fail({}, false);
    } else if (const auto *const ack = std::get_if<AckMessage>(&message)) {
        handleAck(*ack);
    } else if (const auto *const sequence = std::get_if<SequenceMessage>(&message)) {
        if (stateful && !stateful->resumeAt(sequence->sequenceId))
            protocolError(QStringLiteral("Sequence ID greater than amount of messages we've received."));
    }
    return Outcome::Handled;
}

HubConnectionContext::Outcome HubConnectionContext::handleCounted(const HubMessage &message)
{
    if (const auto *const invocation = std::get_if<InvocationMessage>(&message))
        return m_dispatcher.invoke(*this, *invocation) ? Outcome::Handled : Outcome::Blocked;
    if (const auto *const stream = std::get_if<StreamInvocationMessage>(&message))
        return m_dispatcher.invoke(*this, *stream) ? Outcome::Handled : Outcome::Blocked;
    if (const auto *const item = std::get_if<StreamItemMessage>(&message))
        return handleItem(*item);
    if (const auto *const completion = std::get_if<CompletionMessage>(&message))
        handleCompletion(*completion);
    else if (const auto *const cancel = std::get_if<CancelInvocationMessage>(&message))
        handleCancel(*cancel);
    return Outcome::Handled;
}

HubConnectionContext::Outcome HubConnectionContext::handleItem(const StreamItemMessage &message)
{
    if (!m_extra)
        return Outcome::Handled;
    const auto found = m_extra->uploads.find(message.invocationId);
    if (found == m_extra->uploads.end() || found->second->hasEnded)
        return Outcome::Handled;
    const auto stream = found->second;
    if (stream->items.size() >= size_t(settings().streamBufferCapacity))
        return Outcome::Blocked;
    stream->items.push_back(message.item);
    if (auto waiting = std::move(stream->onChange))
        waiting();
    return Outcome::Handled;
}

void HubConnectionContext::handleCompletion(const CompletionMessage &message)
{
    const QByteArray &completed = message.invocationId;
    // The other side's own words, meant for whoever asked.
    const auto toError = [&message] { return Error{ErrorCode::Conflict, {}, *message.error, {}, 0}; };
    if (m_extra) {
        if (const auto found = m_extra->results.find(completed); found != m_extra->results.end()) {
            ClientResult done = std::move(found->second);
            m_extra->results.erase(found);
            if (message.error)
                done(failure(toError()));
            else
                done(message.result.value);
            return;
        }
        if (const auto found = m_extra->uploads.find(completed); found != m_extra->uploads.end()) {
            const auto stream = found->second;
            if (std::exchange(stream->hasEnded, true))
                return;
            if (message.error)
                stream->error = toError();
            if (auto waiting = std::move(stream->onChange))
                waiting();
            return;
        }
    }
    // A late answer of this client is ignored; one for another client is an attempt to speak for it.
    if (isResultId(completed) && !completed.startsWith(connectionText(id())))
        protocolError(QStringLiteral("A result that this client was not asked for."));
}

void HubConnectionContext::handleCancel(const CancelInvocationMessage &message)
{
    if (!m_extra)
        return;
    if (const auto found = m_extra->downloads.find(message.invocationId); found != m_extra->downloads.end()) {
        const auto stream = found->second;
        stream->cancel.cancel();
        finishStream(*stream, nullptr, false);
        return;
    }
    if (const auto found = m_extra->cancels.find(message.invocationId); found != m_extra->cancels.end()) {
        const auto state = found->second;
        state->cancel();
    }
}

void HubConnectionContext::handleAck(const AckMessage &message)
{
    if (!m_extra || !m_extra->stateful)
        return;
    for (const QByteArray &frame : m_extra->stateful->acked(message.sequenceId))
        sendRaw(frame);
    keptChanged();
    // A copy of the number: what follows may end the connection.
    const auto reached = quint64(std::min(message.sequenceId, m_extra->stateful->firstUnacked() - 1));
    if (m_extra->stateful->mayWrite())
        outputReady();
    arrived(reached);
}

} // namespace Tertulia::Server
