// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signalwatcher.h"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Tertulia::Server {

namespace {

int openSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

SignalWatcher::SignalWatcher(std::function<void()> stop, std::function<void()> reload)
    : m_descriptor(openSignals())
    , m_notifier(m_descriptor, QSocketNotifier::Read)
{
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier,
                     [descriptor = m_descriptor, stop = std::move(stop), reload = std::move(reload)] {
                         signalfd_siginfo signal{};
                         while (::read(descriptor, &signal, sizeof signal) == sizeof signal) {
                             if (signal.ssi_signo == SIGHUP)
                                 reload();
                             else
                                 stop();
                         }
                     });
}

SignalWatcher::~SignalWatcher()
{
    m_notifier.setEnabled(false);
    ::close(m_descriptor);
}

} // namespace Tertulia::Server
