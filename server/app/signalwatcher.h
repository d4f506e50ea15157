// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>

namespace Tertulia::Server {

/// SIGTERM, SIGINT and SIGHUP as calls on the main thread's event loop. Made before any other thread, so that all
/// threads inherit the blocked signals.
class SignalWatcher
{
public:
    SignalWatcher(std::function<void()> stop, std::function<void()> reload);
    SignalWatcher(const SignalWatcher &) = delete;
    SignalWatcher &operator=(const SignalWatcher &) = delete;
    ~SignalWatcher();

private:
    int m_descriptor;
    QSocketNotifier m_notifier;
};

} // namespace Tertulia::Server
