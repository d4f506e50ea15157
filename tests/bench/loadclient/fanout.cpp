// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/crowd.h"

namespace Tertulia::Bench {

namespace {

/// One publisher, many receivers: the next message goes out when all have the last one (or `window` of them are on
/// their way). Options: subscribers, path, publisher-path, tokens (a file: the publisher's, then the receivers', used
/// in turn), join, join-arguments, publish, publish-arguments ({n} counts), answers (1: the publisher wants one to each
/// message, and it is measured), event, window, seconds.
class Fanout final : public Crowd
{
public:
    explicit Fanout(const Options &options)
        : Crowd(options)
        , m_event(options.text("event", "Message"))
        , m_arguments(options.text("publish-arguments", sampleText(100)))
        , m_subscribers(size_t(options.number("subscribers", 1000)))
        , m_wantsAnswers(options.number("answers", 0) != 0)
    {
        std::vector<std::vector<std::string>> tokens{{""}, {""}};
        if (const std::string file = options.text("tokens"); !file.empty())
            tokens = readTable(file);
        const std::string path = options.text("path", "/fanout");
        const bool joins = !options.text("join").empty();
        std::vector<Seat> seats;
        for (size_t i = 0; i < m_subscribers; ++i)
            seats.push_back({path, tokens[1 + i % (tokens.size() - 1)][0],
                             joins ? options.text("join-arguments", "\"bench\"") : std::string()});
        fill(seats);
        fill({{options.text("publisher-path", path), tokens[0][0], {}}});
    }

    void run()
    {
        Window window(m_options, m_server);
        m_window = &window;
        for (long i = m_options.number("window", 1); i > 0; --i)
            publish();
        for (int wait = 0; window.advance(wait);)
            turn(wait);
        Report report;
        window.report(report);
        report.add("otherEvents", double(m_others) / double(std::max<uint64_t>(1, m_deliveries)));
        report.add("latency", m_latencies);
        if (m_wantsAnswers)
            report.add("answer", m_answers);
        report.print();
    }

    void received(Client &client, const Incoming &incoming) override
    {
        if (takeJoined(incoming))
            return;
        if (incoming.kind == Incoming::Kind::Answer && m_window->isOpen())
            m_answers.add(Clock::now() - start(incoming.id));
        if (client.number() >= m_subscribers || incoming.kind != Incoming::Kind::Event)
            return;
        if (incoming.name != m_event) {
            ++m_others;
            return;
        }
        m_window->count();
        if (++m_deliveries % m_subscribers != 0)
            return;
        // All have it: the time from sending to the last receiver.
        if (m_window->isOpen())
            m_latencies.add(Clock::now() - start(m_deliveries / m_subscribers));
        publish();
    }

private:
    /// When the message of that number, counted from 1, went out.
    [[nodiscard]] Clock::time_point &start(uint64_t number) { return m_starts[number % m_starts.size()]; }
    void publish()
    {
        start(++m_published) = Clock::now();
        const std::string arguments = replaced(m_arguments, "{n}", std::to_string(m_published));
        Client &publisher = *m_clients.back();
        if (m_dialect->isReadyAtOnce())
            publisher.send(m_dialect->event(m_event, arguments));
        else
            publisher.call(m_options.text("publish", "Broadcast"), arguments, m_wantsAnswers ? m_published : 0);
    }

    std::string m_event;
    std::string m_arguments;
    size_t m_subscribers;
    bool m_wantsAnswers;
    std::vector<Clock::time_point> m_starts = std::vector<Clock::time_point>(256);
    uint64_t m_published = 0;
    uint64_t m_deliveries = 0;
    uint64_t m_others = 0;
    Latencies m_latencies; ///< until the last receiver has it
    Latencies m_answers; ///< until the publisher has the answer
    Window *m_window = nullptr;
};

} // namespace

void runFanout(const Options &options)
{
    Fanout(options).run();
}

} // namespace Tertulia::Bench
