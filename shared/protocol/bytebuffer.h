// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstring>
#include <string_view>

namespace Tertulia {

/// Growing output of the writers: a QByteArray whose filled part is counted here, so that a byte costs no call.
class ByteBuffer
{
public:
    ByteBuffer() = default;
    explicit ByteBuffer(QByteArray start)
        : m_bytes(std::move(start))
        , m_size(m_bytes.size())
    {
        m_data = m_bytes.data();
    }
    Q_DISABLE_COPY_MOVE(ByteBuffer)
    ~ByteBuffer() = default;

    /// At least `count` writable bytes; say with advance how many were used.
    char *reserve(qsizetype count)
    {
        if (m_bytes.size() - m_size < count)
            grow(count);
        return m_data + m_size;
    }
    void advance(const char *end) { m_size = end - m_data; }
    void put(char byte)
    {
        *reserve(1) = byte;
        ++m_size;
    }
    void put(std::string_view bytes)
    {
        if (bytes.empty())
            return;
        std::memcpy(reserve(qsizetype(bytes.size())), bytes.data(), bytes.size());
        m_size += qsizetype(bytes.size());
    }
    [[nodiscard]] qsizetype size() const { return m_size; }
    /// What was written; the buffer is empty afterwards.
    [[nodiscard]] QByteArray take()
    {
        m_bytes.truncate(m_size);
        m_size = 0;
        m_data = nullptr;
        return std::exchange(m_bytes, {});
    }

private:
    void grow(qsizetype count)
    {
        m_bytes.resize(std::max<qsizetype>({256, m_bytes.size() * 2, m_size + count}));
        m_data = m_bytes.data();
    }

    QByteArray m_bytes;
    char *m_data = nullptr;
    qsizetype m_size = 0;
};

} // namespace Tertulia
