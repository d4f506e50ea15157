// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstring>
#include <string_view>

namespace Tertulia {

/// Growing output of the writers: a QByteArray whose filled part is known here, so that a byte costs no call.
class ByteBuffer
{
public:
    ByteBuffer() = default;
    explicit ByteBuffer(QByteArray start)
        : m_bytes(std::move(start))
    {
        m_at = m_end = m_bytes.data() + m_bytes.size();
    }
    Q_DISABLE_COPY_MOVE(ByteBuffer)
    ~ByteBuffer() = default;

    /// At least `count` writable bytes; say with advance how many were used.
    char *reserve(qsizetype count)
    {
        if (m_end - m_at < count)
            grow(count);
        return m_at;
    }
    void advance(char *end) { m_at = end; }
    void put(char byte)
    {
        *reserve(1) = byte;
        ++m_at;
    }
    void put(std::string_view bytes)
    {
        if (bytes.empty())
            return;
        std::memcpy(reserve(qsizetype(bytes.size())), bytes.data(), bytes.size());
        m_at += bytes.size();
    }
    [[nodiscard]] qsizetype size() const { return m_at ? m_at - m_bytes.constData() : 0; }
    /// What was written; the buffer is empty afterwards.
    [[nodiscard]] QByteArray take()
    {
        m_bytes.truncate(size());
        m_at = m_end = nullptr;
        return std::exchange(m_bytes, {});
    }

private:
    // Apart, so that the usual way is short enough to stand in each place that writes.
    Q_NEVER_INLINE void grow(qsizetype count)
    {
        const qsizetype filled = size();
        m_bytes.resize(std::max<qsizetype>({256, m_bytes.size() * 2, filled + count}));
        m_at = m_bytes.data() + filled;
        m_end = m_bytes.data() + m_bytes.size();
    }

    QByteArray m_bytes;
    char *m_at = nullptr; ///< what is written next
    char *m_end = nullptr; ///< of m_bytes
};

} // namespace Tertulia
