// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/outputqueue.h"

#include <sys/uio.h>

namespace Tertulia::Server {

void OutputQueue::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    if (m_size == 0) {
        m_first = bytes;
    } else {
        if (!m_more)
            m_more = std::make_unique<std::vector<QByteArray>>();
        m_more->push_back(bytes);
    }
    m_size += bytes.size();
}

int OutputQueue::gather(iovec *entries, int capacity) const
{
    if (m_size == 0)
        return 0;
    const size_t count = 1 + (m_more ? m_more->size() : 0);
    int filled = 0;
    for (size_t i = m_front; i < count && filled < capacity; ++i, ++filled) {
        const qint64 skipped = i == m_front ? m_offset : 0;
        // writev only reads; iovec has no const form
        entries[filled].iov_base = const_cast<char *>(at(i).constData()) + skipped;
        entries[filled].iov_len = static_cast<size_t>(at(i).size() - skipped);
    }
    return filled;
}

void OutputQueue::remove(qint64 bytes)
{
    m_size -= bytes;
    if (m_size == 0) {
        clear();
        return;
    }
    while (bytes > 0) {
        QByteArray &piece = m_front == 0 ? m_first : (*m_more)[m_front - 1];
        const qint64 left = piece.size() - m_offset;
        if (bytes < left) {
            m_offset += bytes;
            break;
        }
        bytes -= left;
        m_offset = 0;
        piece = QByteArray();
        ++m_front;
    }
    // A queue that never runs empty must not grow with what has gone.
    constexpr quint32 compactAt = 64;
    if (m_front > compactAt && m_front > m_more->size() / 2) {
        m_more->erase(m_more->begin(), m_more->begin() + static_cast<qptrdiff>(m_front - 1));
        m_first = std::move(m_more->front());
        m_more->erase(m_more->begin());
        m_front = 0;
    }
}

} // namespace Tertulia::Server
