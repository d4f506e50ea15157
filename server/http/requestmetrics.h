// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"

#include <array>
#include <atomic>

namespace Tertulia::Server {

/// Counts finished REST requests by method and status class. Any thread.
class RequestMetrics
{
public:
    void finished(Method method, int status)
    {
        const size_t kind = size_t(std::clamp(status / 100, 1, 5)) - 1;
        m_counts[size_t(method) * statusKinds + kind].fetch_add(1, std::memory_order_relaxed);
    }
    /// Appends the lines of `tertulia_http_requests_total`, HELP and TYPE included.
    void write(QByteArray &out) const;

private:
    static constexpr size_t statusKinds = 5;
    static constexpr size_t methods = size_t(Method::Other) + 1;
    std::array<std::atomic<quint64>, statusKinds * methods> m_counts{};
};

} // namespace Tertulia::Server
