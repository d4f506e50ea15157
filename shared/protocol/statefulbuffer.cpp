// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/statefulbuffer.h"

#include <algorithm>
#include <utility>

namespace Tertulia {

void StatefulBuffer::written(const QByteArray &frame)
{
    m_unacked.push_back(frame);
    m_bytes += frame.size();
    ++m_next;
}

void StatefulBuffer::wait(const QByteArray &frame)
{
    m_waiting.push_back(frame);
    m_waitingBytes += frame.size();
}

std::deque<QByteArray> StatefulBuffer::acked(qint64 sequence)
{
    while (!m_unacked.empty() && firstUnacked() <= sequence) {
        m_bytes -= m_unacked.front().size();
        m_unacked.pop_front();
    }
    std::deque<QByteArray> ready;
    while (!m_waiting.empty() && m_bytes < m_limit) {
        QByteArray frame = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= frame.size();
        written(frame);
        ready.push_back(std::move(frame));
    }
    return ready;
}

bool StatefulBuffer::resumeAt(qint64 sequence)
{
    m_awaitingSequence = false;
    // What was processed counts, not how far a replay came that was cut off.
    if (sequence > m_latest + 1 || sequence < 1)
        return false;
    m_current = sequence;
    // It does not know of more than what came before this: an Ack on the socket that broke is said again, else both
    // ends would wait, one with a full buffer and one with nothing new to acknowledge.
    m_acknowledged = std::min(m_acknowledged, sequence - 1);
    return true;
}

void StatefulBuffer::counted()
{
    m_latest = std::max(m_latest, m_current);
    ++m_current;
}

qint64 StatefulBuffer::takeAck()
{
    return std::exchange(m_acknowledged, m_latest) == m_latest ? 0 : m_latest;
}

} // namespace Tertulia
