// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/crowd.h"

namespace Tertulia::Bench {

namespace {

/// Each connection calls Echo, and again when it has its answer. Options: connections, path, token, seconds.
class Echo final : public Crowd
{
public:
    explicit Echo(const Options &options)
        : Crowd(options)
        , m_text(sampleText(size_t(options.number("bytes", 100))))
        , m_calls(size_t(options.number("connections", 64)))
    {
        fill(std::vector<Seat>(m_calls.size(), Seat{options.text("path", "/echo"), options.text("token"), {}}));
    }

    void run()
    {
        Window window(m_options, m_server);
        m_window = &window;
        for (const auto &client : m_clients)
            call(*client);
        for (int wait = 0; window.advance(wait);)
            turn(wait);
        Report report;
        window.report(report);
        report.add("latency", m_latencies);
        report.print();
    }

    void received(Client &client, const Incoming &incoming) override
    {
        Call &call = m_calls[client.number()];
        if (incoming.kind != Incoming::Kind::Answer || incoming.id != call.id)
            return;
        if (incoming.text.find("the boats lift") == std::string_view::npos)
            fail("an answer without the text: " + std::string(incoming.text));
        if (m_window->isOpen())
            m_latencies.add(Clock::now() - call.start);
        m_window->count();
        this->call(client);
    }

private:
    struct Call
    {
        uint64_t id = 0;
        Clock::time_point start;
    };

    void call(Client &client)
    {
        Call &call = m_calls[client.number()];
        call.start = Clock::now();
        client.call("Echo", m_text, ++call.id);
    }

    std::string m_text;
    std::vector<Call> m_calls;
    Latencies m_latencies;
    Window *m_window = nullptr;
};

/// Memory of many connections that say nothing, then Echo on one more beside them. Options: tokens (a file with one
/// token a line), count, path, echo, echo-arguments, settle, seconds.
class Idle final : public Crowd
{
public:
    explicit Idle(const Options &options)
        : Crowd(options)
        , m_name(options.text("echo", "Echo"))
        , m_arguments(options.text("echo-arguments", sampleText(100)))
    {
    }

    void run()
    {
        const size_t count = size_t(m_options.number("count", 1000));
        std::vector<std::vector<std::string>> tokens{{""}};
        if (const std::string file = m_options.text("tokens"); !file.empty())
            tokens = readTable(file);
        const auto seat = [&](size_t i) {
            return Seat{
                replaced(m_options.text("path", "/echo"), "{n}", std::to_string(i)), tokens[i % tokens.size()][0], {}};
        };
        // The first is the active one: what a server sets up once is not counted.
        fill({seat(0)});
        measure(0.2);
        settle();
        const long resident = m_server.residentKb();
        const long proportional = m_server.proportionalKb();
        const Clock::time_point start = Clock::now();
        std::vector<Seat> seats;
        for (size_t i = 1; i <= count; ++i)
            seats.push_back(seat(i));
        fill(seats);
        const double opening = std::chrono::duration<double>(Clock::now() - start).count();
        settle();
        Report report;
        report.add("connections", double(count));
        report.add("openingSeconds", opening);
        report.add("residentKb", double(m_server.residentKb()));
        report.add("residentKbEach", double(m_server.residentKb() - resident) / double(count));
        report.add("proportionalKbEach", double(m_server.proportionalKb() - proportional) / double(count));
        measure(m_options.seconds("seconds", 2));
        m_window->report(report);
        report.add("latency", m_latencies);
        report.print();
    }

    void received(Client &client, const Incoming &incoming) override
    {
        if (client.number() != 0 || incoming.kind != Incoming::Kind::Answer || incoming.id != m_id || !m_window)
            return;
        if (m_window->isOpen())
            m_latencies.add(Clock::now() - m_start);
        m_window->count();
        call();
    }

private:
    void call()
    {
        m_start = Clock::now();
        m_clients.front()->call(m_name, m_arguments, ++m_id);
    }

    void measure(double seconds)
    {
        m_latencies.clear();
        m_window = std::make_unique<Window>(m_server, 0.3, seconds);
        call();
        for (int wait = 0; m_window->advance(wait);)
            turn(wait);
    }

    /// Lets what the server does after opening come to an end, answering its signs of life.
    void settle()
    {
        const Clock::time_point end = Clock::now() + std::chrono::seconds(m_options.number("settle", 3));
        while (Clock::now() < end)
            turn(100);
    }

    std::string m_name;
    std::string m_arguments;
    std::unique_ptr<Window> m_window;
    Clock::time_point m_start;
    uint64_t m_id = 0;
    Latencies m_latencies;
};

} // namespace

void runEcho(const Options &options)
{
    Echo(options).run();
}

void runIdle(const Options &options)
{
    Idle(options).run();
}

} // namespace Tertulia::Bench
