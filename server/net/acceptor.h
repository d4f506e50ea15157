// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/doorway.h"

#include <atomic>
#include <thread>
#include <vector>

namespace Tertulia::Server {

/// A listening socket, with the address that the kernel gave it.
struct Listener
{
    int fd = -1;
    QHostAddress address;
    quint16 port = 0;
    bool tls = false;
};

/// Binds and listens. The error names the address and what to do about it.
[[nodiscard]] Result<Listener> openListener(const ListenAddress &wanted, int backlog);

/// Accepts on its own thread and hands each descriptor to the least loaded doorway. Keeps the limits that need no
/// look at the connection's bytes. Survives a full descriptor table: a descriptor in reserve lets it take a connection
/// from the kernel's queue and close it, so that the queue cannot wake it for ever.
class Acceptor
{
public:
    Acceptor(std::vector<Listener> listeners, std::vector<Doorway *> doorways, DoorShared &shared);
    ~Acceptor(); ///< stops and closes the listeners
    Acceptor(const Acceptor &) = delete;
    Acceptor &operator=(const Acceptor &) = delete;

    void start();
    void stop();
    [[nodiscard]] const std::vector<Listener> &listeners() const { return m_listeners; }

private:
    void run();
    void acceptAll(const Listener &listener);
    void give(int fd, const sockaddr_storage &from, bool tls);
    void refuse(int fd, bool tls);
    [[nodiscard]] bool makeRoom(int listeningFd);

    std::vector<Listener> m_listeners;
    std::vector<Doorway *> m_doorways;
    DoorShared &m_shared;
    int m_wakeFd = -1;
    int m_reserveFd = -1;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

} // namespace Tertulia::Server
