// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/crowd.h"

#include <cerrno>
#include <charconv>
#include <cstring>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace Tertulia::Bench {

namespace {

struct Getting
{
    Poller poller;
    std::vector<std::string> requests; ///< taken in turn
    size_t next = 0;
    size_t answerBytes = 0;
    Latencies latencies;
    Window *window = nullptr;
};

/// One kept connection that asks for the next thing when it has the last.
class Reader final : public Pollable
{
public:
    Reader(Getting &getting, Address address)
        : m_getting(getting)
    {
        m_fd = connectTo(address);
        if (m_fd < 0)
            fail("cannot connect: " + std::string(std::strerror(errno)));
        getting.poller.add(*this, EPOLLIN | EPOLLOUT);
    }

    void ready(uint32_t events) override
    {
        if ((events & EPOLLOUT) != 0) {
            m_getting.poller.change(*this, EPOLLIN);
            ask();
        }
        if ((events & ~uint32_t(EPOLLOUT)) != 0)
            read();
    }

private:
    void ask()
    {
        m_start = Clock::now();
        const std::string &request = m_getting.requests[m_getting.next++ % m_getting.requests.size()];
        if (::send(fd(), request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
            fail("cannot send a request");
    }

    void read()
    {
        std::vector<char> &buffer = m_getting.poller.buffer();
        const ssize_t got = ::recv(fd(), buffer.data(), buffer.size(), 0);
        if (got <= 0)
            fail("the server ended a kept connection");
        m_answer.append(buffer.data(), size_t(got));
        if (!isWhole())
            return;
        if (!m_answer.starts_with("HTTP/1.1 200"))
            fail("not answered: " + m_answer.substr(0, 400));
        m_getting.answerBytes = m_answer.size();
        m_answer.clear();
        if (m_getting.window->isOpen())
            m_getting.latencies.add(Clock::now() - m_start);
        m_getting.window->count();
        ask();
    }

    [[nodiscard]] bool isWhole() const
    {
        const size_t head = m_answer.find("\r\n\r\n");
        if (head == m_answer.npos)
            return false;
        for (const std::string_view name : {"\r\nContent-Length: ", "\r\ncontent-length: "}) {
            const size_t at = m_answer.find(name);
            if (at == m_answer.npos || at > head)
                continue;
            size_t length = 0;
            std::from_chars(m_answer.data() + at + name.size(), m_answer.data() + head, length);
            return m_answer.size() >= head + 4 + length;
        }
        return m_answer.ends_with("0\r\n\r\n"); // chunked
    }

    Getting &m_getting;
    std::string m_answer;
    Clock::time_point m_start;
};

} // namespace

/// GET over kept connections, one request at a time on each. Options: target or targets (a file with one a line),
/// token, connections, seconds.
void runGet(const Options &options)
{
    Getting getting;
    std::vector<std::vector<std::string>> targets{{options.text("target", "/")}};
    if (const std::string file = options.text("targets"); !file.empty())
        targets = readTable(file);
    const std::string token = options.text("token");
    for (const std::vector<std::string> &target : targets)
        getting.requests.push_back("GET " + target[0] + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
                                   + (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n");
    Window window(options, Process(options.number("pid", 0)));
    getting.window = &window;
    std::vector<std::unique_ptr<Reader>> readers;
    for (long i = options.number("connections", 16); i > 0; --i)
        readers.push_back(std::make_unique<Reader>(getting, parseAddress(options.text("server"))));
    for (int wait = 0; window.advance(wait);)
        getting.poller.turn(wait);
    Report report;
    window.report(report);
    report.add("answerBytes", double(getting.answerBytes));
    report.add("latency", getting.latencies);
    report.print();
}

} // namespace Tertulia::Bench
