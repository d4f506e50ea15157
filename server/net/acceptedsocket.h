// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <utility>

namespace Tertulia::Server {

/// A descriptor on its way from the acceptor to a connection; closed if it does not arrive.
class AcceptedSocket
{
public:
    explicit AcceptedSocket(int fd)
        : m_fd(fd)
    {
    }
    AcceptedSocket(AcceptedSocket &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    AcceptedSocket(const AcceptedSocket &) = delete;
    AcceptedSocket &operator=(const AcceptedSocket &) = delete;
    AcceptedSocket &operator=(AcceptedSocket &&) = delete;
    ~AcceptedSocket()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

} // namespace Tertulia::Server
