// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/requestmetrics.h"
#include "net/frontdoor.h"
#include "store/executor.h"

namespace Tertulia::Server {

/// What /metrics shows, gathered at one moment.
struct MetricsSample
{
    FrontDoor::Counters door;
    StoreStatistics store;
    bool isWritable = true;
    qsizetype hubConnections = 0;
    size_t onlineUsers = 0;
    std::chrono::seconds uptime{0};
};

/// The Prometheus text format, version 0.0.4.
[[nodiscard]] QByteArray metricsPage(const MetricsSample &sample, const RequestMetrics &requests);

} // namespace Tertulia::Server
