// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"
#include "base/task.h"
#include "http/healthroutes.h"
#include "model/domainevents.h"

#include <memory>
#include <vector>

namespace Tertulia::Server {

class DataFolder;

/// The composition root: builds every part in order, hands references on, takes all apart in reverse. Main thread.
class ServerApplication
{
public:
    explicit ServerApplication(Config config);
    ServerApplication(const ServerApplication &) = delete;
    ServerApplication &operator=(const ServerApplication &) = delete;
    ~ServerApplication(); ///< without stop(): ends at once

    /// Takes hold of the data folder, opens the store, listens. The error's message is for the operator.
    [[nodiscard]] Result<void> start(bool withDemoData = false);
    [[nodiscard]] std::vector<QString> urls() const;
    /// Lets requests finish and tells hub clients to come back later; then closes the store cleanly and calls `done`.
    void stop(Task done);
    void reloadTls();

    /// After start().
    [[nodiscard]] const RouteTable &routes() const;

private:
    struct Parts;
    [[nodiscard]] Result<void> openStore();
    void startTimers();
    void addRoutes();
    [[nodiscard]] static HealthReport healthOf(const Parts &parts);
    [[nodiscard]] static QByteArray metricsOf(Parts &parts);

    Config m_config;
    std::unique_ptr<DataFolder> m_folder;
    std::unique_ptr<Parts> m_parts;
};

} // namespace Tertulia::Server
