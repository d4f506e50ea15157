// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <chrono>
#include <numeric>

namespace Tertulia::Server {

/// How fast bytes came within the last `window`: what came before buys no slowness. Kept in slices, so the span that
/// is looked at is up to a fifth longer; never shorter.
class RateWindow
{
public:
    RateWindow(std::chrono::milliseconds window, qint64 nowMs)
        : m_windowMs(std::max<qint64>(window.count(), 1))
    {
        restart(nowMs);
    }

    /// Begins again: the time before was not the sender's fault.
    void restart(qint64 nowMs)
    {
        m_slices.fill(0);
        m_startMs = nowMs;
        m_slice = 0;
    }
    void add(qint64 bytes, qint64 nowMs)
    {
        advance(nowMs);
        m_slices[static_cast<size_t>(m_slice) % m_slices.size()] += bytes;
    }
    /// Never in the first window.
    [[nodiscard]] bool isBelow(qint64 bytesPerSecond, qint64 nowMs)
    {
        advance(nowMs);
        const qint64 bytes = std::accumulate(m_slices.begin(), m_slices.end(), qint64(0));
        return nowMs - m_startMs > m_windowMs && bytes < bytesPerSecond * m_windowMs / 1000;
    }

private:
    static constexpr qint64 parts = 5;

    void advance(qint64 nowMs)
    {
        const qint64 slice = (nowMs - m_startMs) * parts / m_windowMs;
        const qint64 passed = std::min(slice - m_slice, parts + 1);
        for (qint64 i = 1; i <= passed; ++i)
            m_slices[static_cast<size_t>(slice - passed + i) % m_slices.size()] = 0;
        m_slice = std::max(slice, m_slice);
    }

    std::array<qint64, parts + 1> m_slices{}; ///< the present one and those of a whole window before it
    qint64 m_windowMs;
    qint64 m_startMs = 0;
    qint64 m_slice = 0; ///< number of the present slice
};

} // namespace Tertulia::Server
