// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "net/exchange.h"
#include "net/netsettings.h"

#include <functional>
#include <memory>
#include <vector>

namespace Tertulia::Server {

/// Owns the listeners, the network threads and every connection: the only part that touches sockets.
/// Constructed, started and stopped on the main thread, which needs a Qt event loop for drain(). Exchanges that others
/// still hold when it is destroyed lead nowhere, safely.
class FrontDoor
{
public:
    using HandlerFactory = std::function<std::unique_ptr<RequestHandler>(NetworkThread &)>;

    FrontDoor(NetSettings settings, HandlerFactory factory);
    ~FrontDoor();

    /// Binds and listens. The error names the address and what to do (in use, no permission, no certificate).
    [[nodiscard]] Result<void> start();
    /// The bound addresses as URLs, with the real port where 0 was asked for.
    [[nodiscard]] std::vector<QString> urls() const;
    [[nodiscard]] const std::vector<std::unique_ptr<NetworkThread>> &threads() const;
    /// Reads certificate and key files again; running connections keep what they have.
    [[nodiscard]] Result<void> reloadTls();
    /// Stops accepting, tells the handlers, lets requests finish; calls `done` on the main thread when all connections
    /// are gone or after `NetSettings::drainTimeout`.
    void drain(Task done);

    /// accepted, refused (limits, no descriptor), requests, overflows (readers
    /// too slow for maxBacklogBytes): since the start; open, webSockets, bodyBytesHeld: now
    struct Counters
    {
        quint64 accepted = 0, refused = 0, open = 0, requests = 0, webSockets = 0, bodyBytesHeld = 0, overflows = 0;
    };
    [[nodiscard]] Counters counters() const; ///< thread-safe

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Server
