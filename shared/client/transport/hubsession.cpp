// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubsession.h"

#include "base/logging.h"
#include "client/transport/huberrors.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ackDelay = 1000ms;
/// A server that takes and drops sockets at once is not asked more often than this.
constexpr auto resumePause = 250ms;
constexpr auto firstResumeDelay = 500ms;
constexpr auto longestResumeDelay = 4000ms;

} // namespace

HubSession::HubSession(EstablishedHub hub, const HubOptions &options, Scheduler &scheduler)
    : m_hub(std::move(hub))
    , m_options(options)
    , m_scheduler(scheduler)
    , m_pingAlarm(scheduler)
    , m_silenceAlarm(scheduler)
    , m_ackAlarm(scheduler)
    , m_resumeAlarm(scheduler)
    , m_deadline(scheduler)
{
    if (m_hub.isStateful)
        m_buffer.emplace(m_options.statefulBuffer);
    connectLink();
}

HubSession::~HubSession()
{
    dropLink();
}

void HubSession::connectLink()
{
    connect(m_hub.link.get(), &HubLink::received, this, &HubSession::receive);
    connect(m_hub.link.get(), &HubLink::sent, this, &HubSession::checkWritable);
    connect(m_hub.link.get(), &HubLink::ended, this, &HubSession::linkEnded);
    m_openedAt = m_scheduler.now();
}

void HubSession::begin()
{
    if (m_isClosing || m_hasEnded)
        return;
    startTimers();
    if (m_hub.link->hasPings())
        transmit(protocol().writePing());
    receive({});
}

// --- out

bool HubSession::send(const QByteArray &record)
{
    if (m_hasEnded || m_isClosing || waitingBytes() + record.size() > std::max(m_options.sendLimit, record.size()))
        return false;
    if (m_buffer && !m_buffer->mayWrite()) {
        m_buffer->wait(record);
    } else {
        if (m_buffer)
            m_buffer->written(record);
        transmit(record);
    }
    if (waitingBytes() > highWater)
        m_wasFull = true;
    return true;
}

void HubSession::transmit(const QByteArray &record)
{
    if (!m_isUp)
        return; // sent again on the next socket, as far as it counts
    m_lastSent = m_scheduler.now();
    m_hub.link->send(record);
}

qsizetype HubSession::waitingBytes() const
{
    const qsizetype inLink = m_hub.link ? m_hub.link->waitingBytes() : 0;
    return inLink + (m_buffer ? qsizetype(m_buffer->waitingBytes()) : 0);
}

void HubSession::checkWritable()
{
    if (m_wasFull && waitingBytes() <= highWater / 2) {
        m_wasFull = false;
        Q_EMIT writable();
    }
}

void HubSession::sendAck()
{
    if (const qint64 latest = m_buffer->takeAck(); latest > 0)
        transmit(protocol().writeAck(latest));
}

void HubSession::close()
{
    if (std::exchange(m_isClosing, true) || m_hasEnded)
        return;
    if (!m_isUp) {
        end(Error::cancelled(), false);
        return;
    }
    stopTimers();
    transmit(protocol().writeClose(std::nullopt, false));
    m_hub.link->close();
}

// --- in

void HubSession::receive(const QByteArray &bytes)
{
    m_lastReceived = m_scheduler.now();
    if (!bytes.isEmpty())
        m_hub.reader.append(bytes);
    const QPointer<HubSession> guard(this);
    while (guard && !m_hasEnded) {
        auto message = m_hub.reader.next();
        if (!message) {
            Error error = protocolError(u"The server sent what is no message: %1"_s.arg(message.error().message));
            if (message.error().code == ErrorCode::TooLarge)
                error.code = ErrorCode::TooLarge;
            end(error, true);
            return;
        }
        if (!*message)
            return;
        take(std::move(**message));
    }
}

/// Keeps count; false for what came before, or comes too early on a new socket.
bool HubSession::isNew(const HubMessage &message)
{
    if (!m_buffer)
        return true;
    if (m_buffer->isAwaitingSequence())
        return std::holds_alternative<SequenceMessage>(message) || std::holds_alternative<CloseMessage>(message);
    if (!isCounted(message))
        return true;
    const bool isRepeat = m_buffer->isRepeat();
    m_buffer->counted();
    if (!m_ackAlarm.isActive())
        m_ackAlarm.start(ackDelay, [this] { sendAck(); });
    return !isRepeat;
}

void HubSession::take(HubMessage message)
{
    if (m_isClosing || !isNew(message))
        return;
    if (const auto *close = std::get_if<CloseMessage>(&message)) {
        const QString text = close->error ? u"Server returned an error on close: %1"_s.arg(*close->error)
                                          : u"The server ended the connection."_s;
        end(connectionError(HubReasons::closedByServer, text), close->allowReconnect);
    } else if (const auto *ack = std::get_if<AckMessage>(&message)) {
        takeAck(ack->sequenceId);
    } else if (const auto *sequence = std::get_if<SequenceMessage>(&message)) {
        takeSequence(sequence->sequenceId);
    } else if (!std::holds_alternative<PingMessage>(message)) {
        Q_EMIT received(message);
    }
}

void HubSession::takeAck(qint64 sequence)
{
    if (!m_buffer)
        return;
    for (const QByteArray &record : m_buffer->acked(sequence))
        transmit(record);
    checkWritable();
}

void HubSession::takeSequence(qint64 sequence)
{
    if (!m_buffer)
        return;
    const bool isResume = m_buffer->isAwaitingSequence();
    if (!m_buffer->resumeAt(sequence)) {
        end(protocolError(u"Sequence ID greater than amount of messages we've received."_s), true);
        return;
    }
    if (!isResume)
        return;
    m_deadline.stop();
    m_isResuming = false;
    m_resumeAttempts = 0;
    startTimers();
    m_ackAlarm.start(ackDelay, [this] { sendAck(); });
    qCInfo(logClient, "the connection goes on over another socket");
    if (std::exchange(m_isSuspended, false))
        Q_EMIT resumed();
}

// --- alive

void HubSession::startTimers()
{
    m_lastReceived = m_scheduler.now();
    if (!m_hub.link->hasPings())
        return;
    m_pingAlarm.start(m_options.keepAlive, [this] { keepAlive(); });
    m_silenceAlarm.start(m_options.serverTimeout, [this] { checkServer(); });
}

void HubSession::stopTimers()
{
    m_pingAlarm.stop();
    m_silenceAlarm.stop();
    m_ackAlarm.stop();
}

void HubSession::keepAlive()
{
    auto next = m_options.keepAlive - (m_scheduler.now() - m_lastSent);
    if (next <= 0ms) {
        transmit(protocol().writePing());
        next = m_options.keepAlive;
    }
    m_pingAlarm.start(std::chrono::ceil<std::chrono::milliseconds>(next), [this] { keepAlive(); });
}

void HubSession::checkServer()
{
    const auto left = m_options.serverTimeout - (m_scheduler.now() - m_lastReceived);
    if (left > 0ms) {
        m_silenceAlarm.start(std::chrono::ceil<std::chrono::milliseconds>(left), [this] { checkServer(); });
        return;
    }
    const Error error = connectionError(HubReasons::serverTimeout,
                                        u"Server timeout elapsed without receiving a message from the server."_s);
    // The path may be dead while both ends live: a laptop that changed its network.
    linkEnded(HubLink::End::Lost, error);
}

// --- the end of a link

void HubSession::linkEnded(HubLink::End how, const Error &why)
{
    if (m_hasEnded)
        return;
    if (m_isClosing)
        end(Error::cancelled(), false);
    else if (m_isResuming)
        resumeFailed(how);
    else if (how == HubLink::End::Lost && m_buffer)
        beginResume(why);
    else
        end(why, true);
}

void HubSession::beginResume(const Error &why)
{
    dropLink();
    stopTimers();
    m_isUp = false;
    m_isResuming = true;
    m_hub.reader.discard(); // half a record will come again whole
    m_lostBecause = why;
    const auto now = m_scheduler.now();
    m_resumeUntil = now + m_options.resumeWindow;
    if (now - m_openedAt < resumePause)
        m_resumeAlarm.start(resumePause, [this] { tryResume(); });
    else
        tryResume();
}

void HubSession::tryResume()
{
    ++m_resumeAttempts;
    m_hub.link = HubLink::make(HubTransport::WebSockets, m_hub.access, m_scheduler, m_hub.url, protocol().isBinary());
    connect(m_hub.link.get(), &HubLink::opened, this, &HubSession::resumeOpened);
    connect(m_hub.link.get(), &HubLink::ended, this, &HubSession::resumeFailed);
    m_deadline.start(m_options.handshakeTimeout, [this] { resumeFailed(HubLink::End::Lost); });
    m_hub.link->open();
}

void HubSession::resumeOpened()
{
    m_hub.link->disconnect(this);
    connectLink();
    m_isUp = true;
    m_buffer->awaitSequence();
    transmit(protocol().writeSequence(m_buffer->firstUnacked()));
    for (const QByteArray &record : m_buffer->unacked())
        transmit(record);
    transmit(protocol().writePing());
    // The deadline goes on until the server's Sequence is there.
}

void HubSession::resumeFailed(HubLink::End how)
{
    dropLink();
    m_isUp = false;
    m_hub.reader.discard();
    m_deadline.stop();
    const auto delay = std::min<std::chrono::milliseconds>(firstResumeDelay * m_resumeAttempts, longestResumeDelay);
    if (how != HubLink::End::Lost || m_scheduler.now() + delay >= m_resumeUntil) {
        // The server has forgotten it, or will have.
        end(m_lostBecause, true);
        return;
    }
    m_resumeAlarm.start(delay, [this] { tryResume(); });
    if (!std::exchange(m_isSuspended, true))
        Q_EMIT suspended(m_lostBecause);
}

void HubSession::resumeNow()
{
    if (m_resumeAlarm.isActive()) {
        m_resumeAlarm.stop();
        tryResume();
    }
}

void HubSession::dropLink()
{
    if (m_hub.link) {
        m_hub.link->disconnect(this);
        m_hub.link->abort();
        m_hub.link.release()->deleteLater();
    }
}

void HubSession::end(const Error &why, bool mayReconnect)
{
    if (std::exchange(m_hasEnded, true))
        return;
    stopTimers();
    m_resumeAlarm.stop();
    m_deadline.stop();
    m_isUp = false;
    dropLink();
    Q_EMIT ended(why, mayReconnect);
}

} // namespace Tertulia::Client
