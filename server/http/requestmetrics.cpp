// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestmetrics.h"

#include "http/routetable.h"

namespace Tertulia::Server {

void RequestMetrics::write(QByteArray &out) const
{
    out += "# HELP tertulia_http_requests_total Finished REST requests by method and status class.\n"
           "# TYPE tertulia_http_requests_total counter\n";
    for (size_t method = 0; method < methods; ++method) {
        for (size_t kind = 0; kind < statusKinds; ++kind) {
            const quint64 count = m_counts[method * statusKinds + kind].load(std::memory_order_relaxed);
            if (count == 0)
                continue;
            out += "tertulia_http_requests_total{method=\"" + methodName(Method(method)) + "\",status=\""
                + QByteArray::number(kind + 1) + "xx\"} " + QByteArray::number(count) + '\n';
        }
    }
}

} // namespace Tertulia::Server
