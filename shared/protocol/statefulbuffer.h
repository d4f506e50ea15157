// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <deque>

namespace Tertulia {

/// Both directions' counting at one end of a connection that may be resumed (signalr.md 11), the same for server and
/// client. Counted are messages of the types 1 to 5. Sent ones are kept until the peer has acknowledged them.
class StatefulBuffer
{
public:
    explicit StatefulBuffer(qint64 limit)
        : m_limit(limit)
    {
    }

    // --- to the peer

    /// Whether a counted message may be sent now; if not, it has to wait for an Ack.
    [[nodiscard]] bool mayWrite() const { return m_waiting.empty() && m_bytes < m_limit; }
    void written(const QByteArray &frame);
    void wait(const QByteArray &frame);
    /// The peer has everything up to this number. The waiting messages that may be sent now are moved over, in order.
    [[nodiscard]] std::deque<QByteArray> acked(qint64 sequence);
    [[nodiscard]] const std::deque<QByteArray> &unacked() const { return m_unacked; }
    [[nodiscard]] qint64 firstUnacked() const { return m_next - qint64(m_unacked.size()); }
    /// Of the last message, sent or waiting.
    [[nodiscard]] qint64 lastNumber() const { return m_next - 1 + qint64(m_waiting.size()); }
    [[nodiscard]] qint64 bytes() const { return m_bytes + m_waitingBytes; }

    /// Of those that have to wait for an Ack.
    [[nodiscard]] qint64 waitingBytes() const { return m_waitingBytes; }

    // --- from the peer

    /// After a resume everything is ignored until the peer's Sequence.
    void awaitSequence() { m_awaitingSequence = true; }
    [[nodiscard]] bool isAwaitingSequence() const { return m_awaitingSequence; }
    /// False: beyond what we have processed, a protocol error.
    [[nodiscard]] bool resumeAt(qint64 sequence);
    /// Whether the next counted message was handled before.
    [[nodiscard]] bool isRepeat() const { return m_current <= m_latest; }
    void counted();
    /// The number to acknowledge, 0 if nothing came since the last call.
    [[nodiscard]] qint64 takeAck();

private:
    std::deque<QByteArray> m_unacked; // numbers m_next - size … m_next - 1
    std::deque<QByteArray> m_waiting;
    qint64 m_limit;
    qint64 m_bytes = 0;
    qint64 m_waitingBytes = 0;
    qint64 m_next = 1;
    qint64 m_current = 1;
    qint64 m_latest = 0;
    qint64 m_acknowledged = 0;
    bool m_awaitingSequence = false;
};

} // namespace Tertulia
