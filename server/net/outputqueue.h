// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <vector>

struct iovec;

namespace Tertulia::Server {

/// Bytes that wait for a socket, as shared pieces. Costs nothing beside itself while it holds one piece or none.
class OutputQueue
{
public:
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] qint64 size() const { return m_size; } ///< bytes
    void append(const QByteArray &bytes);
    /// Describes the first pieces for writev; returns how many entries were filled.
    [[nodiscard]] int gather(iovec *entries, int capacity) const;
    void remove(qint64 bytes);
    void clear() { *this = OutputQueue(); }

private:
    [[nodiscard]] const QByteArray &at(size_t index) const { return index == 0 ? m_first : (*m_more)[index - 1]; }

    QByteArray m_first; ///< piece 0
    std::unique_ptr<std::vector<QByteArray>> m_more; ///< pieces 1 …
    qint64 m_size = 0;
    qint64 m_offset = 0; ///< bytes of the front piece that are gone
    quint32 m_front = 0; ///< pieces before it are gone
};

} // namespace Tertulia::Server
