// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <utility>

namespace Tertulia::Server {

/// A client's bytes that are no whole message yet, or wait. Taking from the front costs nothing at once: what is taken
/// is dropped when it is more than what is left, so that each byte is moved a fixed number of times however small the
/// pieces are. What comes in while the front is read waits behind it, so that the view stays good.
class InputBuffer
{
public:
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size() - m_taken + m_behind.size(); }
    /// The memory that it takes, which may be twice as much: what grows has room for more.
    [[nodiscard]] qsizetype held() const { return m_bytes.capacity() + m_behind.capacity(); }
    [[nodiscard]] bool isBeingRead() const { return m_reading; }

    void append(QByteArrayView bytes) { (m_reading ? m_behind : m_bytes).append(bytes); }
    /// All there is, until endReading().
    [[nodiscard]] QByteArrayView beginReading()
    {
        m_reading = true;
        return QByteArrayView(m_bytes).sliced(m_taken);
    }
    /// @param taken how much of the view was used up
    /// @param rest bytes that were read from elsewhere, which the buffer was empty for
    void endReading(qsizetype taken, QByteArrayView rest = {})
    {
        m_reading = false;
        m_taken += taken;
        m_bytes.append(rest);
        if (!m_behind.isEmpty())
            m_bytes.append(std::exchange(m_behind, {}));
        if (m_taken == m_bytes.size())
            m_bytes = QByteArray(); // an idle connection keeps no memory
        else if (m_taken > m_bytes.size() - m_taken)
            m_bytes = m_bytes.sliced(m_taken);
        else
            return;
        m_taken = 0;
        m_moved += m_bytes.size();
    }
    /// So many bytes at the front are known to hold no end of a message. Goes with them when they are dropped.
    void setSearched(qsizetype bytes) { m_searched = bytes; }
    /// For one search: who finds nothing again says how far that went.
    [[nodiscard]] qsizetype takeSearched() { return std::exchange(m_searched, 0); }
    void clear() { *this = InputBuffer(); }

    /// How many bytes were moved to the front so far; for tests.
    [[nodiscard]] qint64 moved() const { return m_moved; }

private:
    QByteArray m_bytes;
    QByteArray m_behind;
    qsizetype m_taken = 0; // at the front of m_bytes
    qsizetype m_searched = 0; // of what is not taken
    qint64 m_moved = 0;
    bool m_reading = false;
};

} // namespace Tertulia::Server
