// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/client.h"

#include "wire/frames.h"

#include <cerrno>
#include <cstring>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace Tertulia::Bench {

Audience::~Audience() = default;

Client::Client(const Door &door, std::string_view path, std::string_view token, size_t number)
    : m_door(door)
    , m_number(number)
{
    m_request = "GET " + door.dialect.target(path)
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!token.empty())
        m_request.append("Authorization: Bearer ").append(token).append("\r\n");
    m_request += "\r\n";
    m_fd = connectTo(door.address);
    if (m_fd < 0)
        fail("cannot connect: " + std::string(std::strerror(errno)));
    door.poller.add(*this, EPOLLIN | EPOLLOUT);
}

void Client::call(std::string_view name, std::string_view arguments, uint64_t id)
{
    send(m_door.dialect.call(name, arguments, id));
}

void Client::send(std::string_view text)
{
    std::string frame;
    frame.reserve(text.size() + 16);
    Frames::append(frame, Frames::text, text, true);
    settle(m_output.send(fd(), frame));
}

void Client::settle(bool isAlive)
{
    if (!isAlive)
        fail("connection " + std::to_string(m_number) + " broke: " + std::strerror(errno));
    if (m_isWriting == m_output.isEmpty()) {
        m_isWriting = !m_isWriting;
        m_door.poller.change(*this, m_isWriting ? EPOLLIN | EPOLLOUT : EPOLLIN);
    }
}

void Client::ready(uint32_t events)
{
    if ((events & EPOLLOUT) != 0) {
        if (m_phase == Phase::Connecting) {
            m_phase = Phase::Upgrading;
            settle(m_output.send(fd(), m_request));
            m_request = {};
        } else {
            settle(m_output.flush(fd()));
        }
    }
    if ((events & ~uint32_t(EPOLLOUT)) != 0)
        read();
}

void Client::read()
{
    std::vector<char> &buffer = m_door.poller.buffer();
    const size_t kept = m_partial.size();
    std::memcpy(buffer.data(), m_partial.data(), kept);
    const ssize_t got = ::recv(fd(), buffer.data() + kept, buffer.size() - kept, 0);
    if (got <= 0) {
        if (got < 0 && errno == EAGAIN)
            return;
        fail("the server ended connection " + std::to_string(m_number));
    }
    const size_t size = kept + size_t(got);
    size_t used = 0;
    if (m_phase == Phase::Upgrading)
        used = upgraded({buffer.data(), size});
    Frames::Frame frame;
    while (m_phase >= Phase::Greeting) {
        const long taken = Frames::take(buffer.data() + used, size - used, frame);
        if (taken == 0)
            break;
        if (taken < 0 || frame.opcode == Frames::close)
            fail("the server closed connection " + std::to_string(m_number));
        used += size_t(taken);
        if (frame.opcode == Frames::ping) {
            std::string pong;
            Frames::append(pong, Frames::pong, frame.payload, true);
            settle(m_output.send(fd(), pong));
        } else if (frame.opcode != Frames::pong) {
            take(frame.payload);
        }
    }
    if (used < size || kept > 0)
        m_partial.assign(buffer.data() + used, size - used);
    if (m_partial.empty() && m_partial.capacity() > 1024)
        m_partial.shrink_to_fit();
}

size_t Client::upgraded(std::string_view bytes)
{
    const size_t end = bytes.find("\r\n\r\n");
    if (end == bytes.npos)
        return 0;
    if (!bytes.starts_with("HTTP/1.1 101"))
        fail("no upgrade: " + std::string(bytes.substr(0, 300)));
    m_phase = Phase::Greeting;
    if (const std::string greeting = m_door.dialect.greeting(); !greeting.empty())
        send(greeting);
    if (m_door.dialect.isReadyAtOnce()) {
        m_phase = Phase::Open;
        m_door.audience.opened(*this);
    }
    return end + 4;
}

void Client::take(std::string_view message)
{
    while (!message.empty()) {
        const Incoming incoming = m_door.dialect.next(message);
        switch (incoming.kind) {
        case Incoming::Kind::None:
            break;
        case Incoming::Kind::Greeted:
            m_phase = Phase::Open;
            m_door.audience.opened(*this);
            break;
        case Incoming::Kind::Alive:
            send(m_door.dialect.aliveAnswer());
            break;
        case Incoming::Kind::Failure:
            fail("connection " + std::to_string(m_number) + " was told: " + std::string(incoming.text.substr(0, 400)));
        case Incoming::Kind::Answer:
        case Incoming::Kind::Event:
            m_door.audience.received(*this, incoming);
            break;
        }
    }
}

} // namespace Tertulia::Bench
