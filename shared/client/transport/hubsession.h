// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hubconnector.h"
#include "protocol/statefulbuffer.h"

#include <optional>

namespace Tertulia::Client {

/// One connection as the server knows it, from the handshake to its end: keeps it alive, notices its death, and, where
/// stateful reconnect was agreed, carries it over to another socket.
class HubSession final : public QObject
{
    Q_OBJECT

public:
    HubSession(EstablishedHub hub, const HubOptions &options, Scheduler &scheduler);
    ~HubSession() override;

    /// Takes what came with the handshake, begins to ping.
    void begin();
    /// One counted record (types 1 to 5). False: too much waits already, it is not taken.
    [[nodiscard]] bool send(const QByteArray &record);
    /// Says Close and ends; ended() follows.
    void close();
    /// Skips the wait before the next attempt to resume.
    void resumeNow();

    [[nodiscard]] const HubProtocol &protocol() const { return *m_hub.protocol; }
    [[nodiscard]] HubTransport transport() const { return m_hub.transport; }
    [[nodiscard]] const QString &connectionId() const { return m_hub.connectionId; }
    [[nodiscard]] qsizetype waitingBytes() const;
    /// Above this, writers of streams should wait.
    static constexpr qsizetype highWater = 64 * 1024; ///< bytes

Q_SIGNALS:
    void received(const Tertulia::HubMessage &message);
    void writable();
    /// The socket is lost and the first attempt to resume has failed.
    void suspended(const Tertulia::Error &why);
    void resumed();
    /// Once, at the end. `mayReconnect`: not when the server forbids it.
    void ended(const Tertulia::Error &why, bool mayReconnect);

private:
    void connectLink();
    void transmit(const QByteArray &record);
    void receive(const QByteArray &bytes);
    void take(HubMessage message);
    void takeSequence(qint64 sequence);
    void takeAck(qint64 sequence);
    [[nodiscard]] bool isNew(const HubMessage &message);
    void checkWritable();
    void sendAck();

    void startTimers();
    void stopTimers();
    void keepAlive();
    void checkServer();

    void linkEnded(HubLink::End how, const Error &why);
    void beginResume(const Error &why);
    void tryResume();
    void resumeOpened();
    void resumeFailed(HubLink::End how);
    void dropLink();
    void end(const Error &why, bool mayReconnect);

    EstablishedHub m_hub;
    const HubOptions m_options;
    Scheduler &m_scheduler;
    std::optional<StatefulBuffer> m_buffer; ///< with stateful reconnect
    Alarm m_pingAlarm, m_silenceAlarm, m_ackAlarm, m_resumeAlarm, m_deadline;
    std::chrono::steady_clock::time_point m_lastSent, m_lastReceived, m_resumeUntil, m_openedAt;
    Error m_lostBecause;
    int m_resumeAttempts = 0;
    bool m_isUp = true; ///< the link carries messages
    bool m_isResuming = false;
    bool m_isSuspended = false;
    bool m_isClosing = false;
    bool m_hasEnded = false;
    bool m_wasFull = false;
};

} // namespace Tertulia::Client
