// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/routetable.h"

namespace Tertulia::Server {

/// What /health says; gathered on a network thread, so quick.
struct HealthReport
{
    QString status; ///< "healthy", "degraded" (writing does not work, or the file is damaged) or "stopping"
    QString version;
    std::optional<QString> store; ///< what is wrong with the store
    qint64 uptimeSeconds = 0;

    [[nodiscard]] bool isReady() const { return status == QLatin1StringView("healthy"); }

    static constexpr auto fields()
    {
        return std::tuple{required("status", &HealthReport::status), required("version", &HealthReport::version),
                          omitEmpty("store", &HealthReport::store),
                          required("uptimeSeconds", &HealthReport::uptimeSeconds)};
    }
};

/// Where the health and metrics routes take their words from; any thread.
struct HealthParts
{
    std::function<HealthReport()> health;
    std::function<QByteArray()> metrics; ///< Prometheus text format 0.0.4
};

/// /health/live (200 as long as the process answers), /health/ready and /api/health (503 when something needed is
/// down), /metrics (from this machine or with the operator's token).
void addHealthRoutes(RouteTable &table, const HealthParts &parts);

} // namespace Tertulia::Server
