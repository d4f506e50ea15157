// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Tertulia::Bench {

/// Something with a descriptor that an epoll set watches.
class Pollable
{
public:
    Pollable() = default;
    Pollable(const Pollable &) = delete;
    Pollable &operator=(const Pollable &) = delete;
    virtual ~Pollable();
    [[nodiscard]] int fd() const { return m_fd; }
    /// @param events of epoll
    virtual void ready(uint32_t events) = 0;

protected:
    int m_fd = -1;
};

/// One epoll set and one buffer that all its sockets read into. One thread.
class Poller
{
public:
    Poller();
    Poller(const Poller &) = delete;
    Poller &operator=(const Poller &) = delete;
    ~Poller();

    void add(Pollable &item, uint32_t events);
    void change(Pollable &item, uint32_t events);
    /// Handles what is ready. @param milliseconds to wait at most; -1: for ever
    void turn(int milliseconds);
    [[nodiscard]] std::vector<char> &buffer() { return m_buffer; }

private:
    int m_epoll;
    std::vector<char> m_buffer;
};

struct Address
{
    uint32_t ip = 0; ///< host order
    uint16_t port = 0;
};

/// "127.0.0.1:8080", with or without "http://". Ends the program if it is none.
[[nodiscard]] Address parseAddress(std::string_view text);
/// A non-blocking socket without delay. @return -1 and errno on failure
[[nodiscard]] int connectTo(Address address);
/// @param bound gets the port that the kernel chose for 0
[[nodiscard]] int listenAt(Address address, Address &bound);

/// Bytes to a socket now if it takes them, else with `flush` when it is writable.
class Output
{
public:
    /// @return false: the connection is broken
    [[nodiscard]] bool send(int fd, std::string_view bytes);
    [[nodiscard]] bool flush(int fd);
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }

private:
    std::string m_waiting;
};

[[noreturn]] void fail(const std::string &text);

} // namespace Tertulia::Bench
