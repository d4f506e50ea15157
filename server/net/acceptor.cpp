// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/acceptor.h"

#include "net/acceptedsocket.h"

#include "base/logging.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace Tertulia::Server {

namespace {

constexpr char refusal[] = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\n"
                           "Content-Length: 118\r\nRetry-After: 10\r\nConnection: close\r\n\r\n"
                           "{\"success\":false,\"message\":\"The server has too many connections at present."
                           "\",\"code\":\"UNAVAILABLE\",\"traceId\":\"full\"}";

QString describe(const ListenAddress &wanted)
{
    const QString host = wanted.address.protocol() == QAbstractSocket::IPv6Protocol
        ? QLatin1Char('[') + wanted.address.toString() + QLatin1Char(']')
        : wanted.address.toString();
    return host + QLatin1Char(':') + QString::number(wanted.port);
}

tl::unexpected<Error> listenFailure(const ListenAddress &wanted, int reason)
{
    QString advice = QString::fromLocal8Bit(std::strerror(reason));
    if (reason == EADDRINUSE)
        advice = QStringLiteral("another program listens there. Stop it, or choose another port with server.listen.");
    else if (reason == EACCES)
        advice = QStringLiteral("not permitted. Ports below 1024 need CAP_NET_BIND_SERVICE; choose another port.");
    else if (reason == EADDRNOTAVAIL)
        advice = QStringLiteral("this machine does not have that address.");
    return failure(Error::unavailable(QStringLiteral("Cannot listen on %1: %2").arg(describe(wanted), advice)));
}

socklen_t fillAddress(const ListenAddress &wanted, sockaddr_storage &storage)
{
    if (wanted.address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(wanted.port);
        v4.sin_addr.s_addr = htonl(wanted.address.toIPv4Address());
        std::memcpy(&storage, &v4, sizeof v4);
        return sizeof v4;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(wanted.port);
    const Q_IPV6ADDR bytes = wanted.address.toIPv6Address(); // Any is "::"
    std::memcpy(&v6.sin6_addr, bytes.c, sizeof v6.sin6_addr);
    std::memcpy(&storage, &v6, sizeof v6);
    return sizeof v6;
}

quint16 boundPort(int fd)
{
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&bound), &size);
    if (bound.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &bound, sizeof v4);
        return ntohs(v4.sin_port);
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &bound, sizeof v6);
    return ntohs(v6.sin6_port);
}

} // namespace

Result<Listener> openListener(const ListenAddress &wanted, int backlog)
{
    sockaddr_storage address{};
    // QHostAddress::Any (both families) stands for "::" with v4-mapped peers.
    ListenAddress target = wanted;
    const bool dual = wanted.address.protocol() == QAbstractSocket::AnyIPProtocol;
    if (dual)
        target.address = QHostAddress(QHostAddress::AnyIPv6);
    const socklen_t size = fillAddress(target, address);
    const int fd = ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return listenFailure(wanted, errno);
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address.ss_family == AF_INET6) {
        const int v6Only = dual ? 0 : 1;
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6Only, sizeof v6Only);
    }
    if (::bind(fd, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(fd, backlog) != 0) {
        const int reason = errno;
        ::close(fd);
        return listenFailure(wanted, reason);
    }
    return Listener{fd, wanted.address, boundPort(fd), wanted.tls};
}

Acceptor::Acceptor(std::vector<Listener> listeners, std::vector<Doorway *> doorways, DoorShared &shared)
    : m_listeners(std::move(listeners))
    , m_doorways(std::move(doorways))
    , m_shared(shared)
    , m_wakeFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_reserveFd(::open("/dev/null", O_RDONLY | O_CLOEXEC))
{
}

Acceptor::~Acceptor()
{
    stop();
    for (const int fd : {m_wakeFd, m_reserveFd}) {
        if (fd >= 0)
            ::close(fd);
    }
}

void Acceptor::start()
{
    m_thread = std::thread([this] { run(); });
}

void Acceptor::stop()
{
    m_stopping = true;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(m_wakeFd, &one, sizeof one);
    if (m_thread.joinable())
        m_thread.join();
    for (Listener &listener : m_listeners) {
        if (listener.fd >= 0)
            ::close(std::exchange(listener.fd, -1));
    }
}

void Acceptor::run()
{
    std::vector<pollfd> watched;
    for (const Listener &listener : m_listeners)
        watched.push_back({listener.fd, POLLIN, 0});
    watched.push_back({m_wakeFd, POLLIN, 0});
    while (!m_stopping) {
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR)
            return;
        for (size_t i = 0; i < m_listeners.size() && !m_stopping; ++i) {
            if (watched[i].revents != 0)
                acceptAll(m_listeners[i]);
        }
    }
}

void Acceptor::acceptAll(const Listener &listener)
{
    constexpr int maxAtOnce = 64; // then the other listeners have their turn
    for (int i = 0; i < maxAtOnce; ++i) {
        sockaddr_storage from{};
        socklen_t size = sizeof from;
        const int fd = ::accept4(listener.fd, reinterpret_cast<sockaddr *>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            give(fd, from, listener.tls);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            if (makeRoom(listener.fd))
                continue;
            return;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return;
        // ECONNABORTED and network errors of that one connection (accept(2)): go on
    }
}

bool Acceptor::makeRoom(int listeningFd)
{
    m_shared.refused.fetch_add(1, std::memory_order_relaxed);
    if (m_reserveFd >= 0)
        ::close(m_reserveFd);
    const int fd = ::accept4(listeningFd, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0)
        ::close(fd);
    m_reserveFd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        return true;
    // Somebody else took the room: wait a little instead of spinning, but not past a stop.
    pollfd wake{m_wakeFd, POLLIN, 0};
    constexpr int pauseMs = 100;
    ::poll(&wake, 1, pauseMs);
    return false;
}

void Acceptor::give(int fd, const sockaddr_storage &from, bool tls)
{
    const NetAddress peer(from);
    const bool counted = !peer.isLoopback() && !m_shared.proxies.contains(peer);
    const auto maxOpen = static_cast<quint64>(m_shared.settings.maxConnections);
    if (m_shared.open.load(std::memory_order_relaxed) >= maxOpen
        || (counted && !m_shared.limits.take(peer, monotonicMs()))) {
        refuse(fd, tls);
        return;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Doorway *const target = *std::min_element(m_doorways.begin(), m_doorways.end(), [](Doorway *a, Doorway *b) {
        return a->load().load(std::memory_order_relaxed) < b->load().load(std::memory_order_relaxed);
    });
    target->load().fetch_add(1, std::memory_order_relaxed);
    m_shared.open.fetch_add(1, std::memory_order_relaxed);
    m_shared.accepted.fetch_add(1, std::memory_order_relaxed);
    target->thread().post([target, socket = AcceptedSocket(fd), peer, tls, counted]() mutable {
        target->adopt(socket.release(), peer, tls, counted);
    });
}

void Acceptor::refuse(int fd, bool tls)
{
    m_shared.refused.fetch_add(1, std::memory_order_relaxed);
    if (!tls) {
        [[maybe_unused]] const auto sent = ::send(fd, refusal, sizeof refusal - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        ::shutdown(fd, SHUT_WR);
        // What has come already is taken, so that closing sends no reset that would destroy the answer.
        char dropped[4096];
        while (::recv(fd, dropped, sizeof dropped, MSG_DONTWAIT) == static_cast<ssize_t>(sizeof dropped)) { }
    }
    ::close(fd);
}

} // namespace Tertulia::Server
