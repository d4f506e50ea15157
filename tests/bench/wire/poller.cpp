// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/poller.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Tertulia::Bench {

namespace {

sockaddr_in toSystem(Address address)
{
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(address.port);
    result.sin_addr.s_addr = htonl(address.ip);
    return result;
}

const sockaddr *plain(const sockaddr_in &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

} // namespace

Pollable::~Pollable()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Poller::Poller()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_buffer(256 * 1024)
{
}

Poller::~Poller()
{
    ::close(m_epoll);
}

void Poller::add(Pollable &item, uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &item;
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, item.fd(), &event) != 0)
        fail("epoll: " + std::string(std::strerror(errno)));
}

void Poller::change(Pollable &item, uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &item;
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, item.fd(), &event);
}

void Poller::turn(int milliseconds)
{
    std::array<epoll_event, 256> events{};
    const int count = epoll_wait(m_epoll, events.data(), int(events.size()), milliseconds);
    for (int i = 0; i < count; ++i)
        static_cast<Pollable *>(events[size_t(i)].data.ptr)->ready(events[size_t(i)].events);
}

Address parseAddress(std::string_view text)
{
    constexpr std::string_view scheme = "http://";
    if (text.starts_with(scheme))
        text.remove_prefix(scheme.size());
    const size_t colon = text.find(':');
    Address address;
    in_addr ip{};
    if (colon == text.npos || inet_pton(AF_INET, std::string(text.substr(0, colon)).c_str(), &ip) != 1)
        fail("no address: " + std::string(text));
    address.ip = ntohl(ip.s_addr);
    std::from_chars(text.data() + colon + 1, text.data() + text.size(), address.port);
    return address;
}

int connectTo(Address address)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // Reset at the end: no port stays behind in TIME_WAIT.
    const linger abrupt{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    const sockaddr_in target = toSystem(address);
    if (::connect(fd, plain(target), sizeof target) != 0 && errno != EINPROGRESS) {
        ::close(fd);
        return -1;
    }
    return fd;
}

int listenAt(Address address, Address &bound)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in local = toSystem(address);
    socklen_t size = sizeof local;
    if (::bind(fd, plain(local), sizeof local) != 0 || ::listen(fd, 4096) != 0
        || getsockname(fd, reinterpret_cast<sockaddr *>(&local), &size) != 0)
        fail("cannot listen: " + std::string(std::strerror(errno)));
    bound = {ntohl(local.sin_addr.s_addr), ntohs(local.sin_port)};
    return fd;
}

bool Output::send(int fd, std::string_view bytes)
{
    if (m_waiting.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return false;
        if (sent > 0)
            bytes.remove_prefix(size_t(sent));
    }
    m_waiting.append(bytes);
    return true;
}

bool Output::flush(int fd)
{
    const std::string waiting = std::exchange(m_waiting, {});
    return send(fd, waiting);
}

void fail(const std::string &text)
{
    std::fprintf(stderr, "%s\n", text.c_str());
    std::exit(2);
}

} // namespace Tertulia::Bench
