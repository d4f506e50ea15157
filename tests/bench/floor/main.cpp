// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The least a WebSocket server can do on this machine, as a floor for ratios: one thread, one epoll set, one recv and
// one send for each message. /echo sends a message back; what comes on /publish goes, framed once, to every connection
// on /fanout. Nothing else is handled: no limits, no deadlines, no fragments.

#include "wire/frames.h"
#include "wire/poller.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace Tertulia::Bench {

namespace {

class Peer;

struct Floor
{
    Poller poller;
    std::vector<Peer *> subscribers;
};

class Peer final : public Pollable
{
public:
    Peer(Floor &floor, int fd)
        : m_floor(floor)
    {
        m_fd = fd;
        floor.poller.add(*this, EPOLLIN);
    }

    ~Peer() override { std::erase(m_floor.subscribers, this); }

    void ready(uint32_t events) override
    {
        if ((events & EPOLLOUT) != 0)
            settle(m_output.flush(fd()));
        if ((events & ~uint32_t(EPOLLOUT)) != 0 && !read())
            delete this;
    }

    void send(std::string_view frame) { settle(m_output.send(fd(), frame)); }

private:
    enum class Role { Unknown, Echo, Subscriber, Publisher };

    void settle(bool isAlive)
    {
        if (!isAlive) {
            ::shutdown(fd(), SHUT_RDWR); // its own event deletes it
        } else if (m_isWriting == m_output.isEmpty()) {
            m_isWriting = !m_isWriting;
            m_floor.poller.change(*this, m_isWriting ? EPOLLIN | EPOLLOUT : EPOLLIN);
        }
    }

    /// False: the connection is over.
    [[nodiscard]] bool read()
    {
        std::vector<char> &buffer = m_floor.poller.buffer();
        const size_t kept = m_partial.size();
        std::memcpy(buffer.data(), m_partial.data(), kept);
        const ssize_t got = ::recv(fd(), buffer.data() + kept, buffer.size() - kept, 0);
        if (got <= 0)
            return got < 0 && errno == EAGAIN;
        const size_t size = kept + size_t(got);
        if (m_role == Role::Unknown) {
            m_partial.assign(buffer.data(), size);
            return upgrade();
        }
        size_t used = 0;
        Frames::Frame frame;
        while (const long taken = Frames::take(buffer.data() + used, size - used, frame)) {
            if (taken < 0 || frame.opcode == Frames::close)
                return false;
            used += size_t(taken);
            handle(frame);
        }
        m_partial.assign(buffer.data() + used, size - used);
        return true;
    }

    void handle(const Frames::Frame &frame)
    {
        m_frame.clear();
        Frames::append(m_frame, frame.opcode, frame.payload, false);
        if (m_role == Role::Publisher) {
            for (Peer *const subscriber : m_floor.subscribers)
                subscriber->send(m_frame);
        } else {
            send(m_frame);
        }
    }

    [[nodiscard]] bool upgrade()
    {
        if (m_partial.find("\r\n\r\n") == std::string::npos)
            return true;
        constexpr std::string_view name = "\r\nSec-WebSocket-Key: ";
        const size_t at = m_partial.find(name);
        if (at == std::string::npos)
            return false;
        const size_t start = at + name.size();
        const std::string key = m_partial.substr(start, m_partial.find("\r\n", start) - start);
        m_role = m_partial.starts_with("GET /fanout") ? Role::Subscriber
            : m_partial.starts_with("GET /publish")   ? Role::Publisher
                                                      : Role::Echo;
        m_partial.clear();
        m_partial.shrink_to_fit();
        if (m_role == Role::Subscriber)
            m_floor.subscribers.push_back(this);
        send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
             + Frames::acceptKey(key) + "\r\n\r\n");
        return true;
    }

    Floor &m_floor;
    std::string m_partial;
    std::string m_frame;
    Output m_output;
    Role m_role = Role::Unknown;
    bool m_isWriting = false;
};

class Listener final : public Pollable
{
public:
    Listener(Floor &floor, Address address)
        : m_floor(floor)
    {
        m_fd = listenAt(address, m_bound);
        floor.poller.add(*this, EPOLLIN);
    }
    [[nodiscard]] uint16_t port() const { return m_bound.port; }
    void ready(uint32_t) override
    {
        const int on = 1;
        for (int fd = 0; (fd = accept4(m_fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            new Peer(m_floor, fd); // deletes itself when its connection ends
        }
    }

private:
    Floor &m_floor;
    Address m_bound;
};

} // namespace
} // namespace Tertulia::Bench

int main(int argc, char **argv)
{
    using namespace Tertulia::Bench;
    Floor floor;
    const Listener listener(floor, parseAddress(argc > 1 ? argv[1] : "127.0.0.1:0"));
    std::printf("listening on http://127.0.0.1:%u\n", unsigned(listener.port()));
    std::fflush(stdout);
    while (true)
        floor.poller.turn(-1);
}
