// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/crowd.h"

#include <charconv>
#include <optional>

namespace Tertulia::Bench {

namespace {

/// Text of a JSON string property; content of ours needs no unescaping.
std::string_view property(std::string_view json, std::string_view key)
{
    const size_t at = json.find(key);
    if (at == json.npos)
        return {};
    json.remove_prefix(at + key.size());
    return json.substr(0, json.find('"'));
}

/// People in pairs send each other direct messages. A message is done when its sender has the answer and the delivered
/// state, and the other one has the message. Each sender sends the next one when the last is done, or all together
/// send `rate` messages a second whatever happens; then latency counts from when a message was due.
/// Options: pairs (a file: token, token, conversation on each line), path ({n}: number of the person), join,
/// arguments ({conversation}, {content}, {id}), rate, seconds.
class Direct final : public Crowd
{
public:
    explicit Direct(const Options &options)
        : Crowd(options)
        , m_arguments(options.text("arguments",
                                   R"({"conversationId":"{conversation}","content":{content},"type":"text",)"
                                   R"("clientMessageId":"{id}"})"))
        , m_run(std::to_string(Clock::now().time_since_epoch().count() % 1'000'000'000))
    {
        std::vector<Seat> seats;
        for (const std::vector<std::string> &pair : readTable(options.text("pairs"))) {
            if (pair.size() != 3)
                fail("a line of pairs needs token, token, conversation");
            for (const size_t i : {size_t(0), size_t(1)}) {
                const std::string path = options.text("path", "/hubs/chat");
                const bool joins = !options.text("join").empty();
                seats.push_back({replaced(path, "{n}", std::to_string(seats.size())), pair[i] == "-" ? "" : pair[i],
                                 joins ? '"' + pair[2] + '"' : std::string()});
                m_people.push_back({pair[2], {}, {}, 0});
            }
        }
        fill(seats);
    }

    void run()
    {
        Window window(m_options, m_server);
        m_window = &window;
        if (const long rate = m_options.number("rate", 0); rate > 0) {
            sendAtRate(window, rate);
        } else {
            m_isClosedLoop = true;
            for (size_t i = 0; i < m_people.size(); ++i)
                send(i, Clock::now());
            for (int wait = 0; window.advance(wait);)
                turn(wait);
        }
        Report report;
        window.report(report);
        report.add("latency", m_latencies);
        report.add("answer", m_answers);
        report.print();
    }

    void received(Client &client, const Incoming &incoming) override
    {
        if (takeJoined(incoming))
            return;
        if (incoming.kind == Incoming::Kind::Answer)
            answered(client.number(), incoming);
        else if (incoming.name == "ReceiveMessage")
            arrived(client.number(), incoming.text);
        else if (incoming.name == "MessageStatusUpdated")
            updated(client.number(), incoming.text);
    }

private:
    struct Sending
    {
        uint64_t sequence = 0;
        Clock::time_point due;
        std::string messageId; ///< known from the answer
        bool arrived = false;
        bool delivered = false;
    };
    struct Person
    {
        std::string conversation;
        std::vector<Sending> sendings;
        std::vector<std::string> delivered; ///< ids that came before the answer
        uint64_t sequence = 0;
    };

    void send(size_t number, Clock::time_point due)
    {
        Person &person = m_people[number];
        const std::string mark = 'm' + std::to_string(number) + '-' + std::to_string(++person.sequence) + ' ';
        std::string arguments = replaced(m_arguments, "{conversation}", person.conversation);
        arguments = replaced(std::move(arguments), "{content}", sampleText(100, mark));
        arguments = replaced(std::move(arguments), "{id}", m_run + mark.substr(0, mark.size() - 1));
        person.sendings.push_back({person.sequence, due, {}, false, false});
        m_clients[number]->call("SendMessage", arguments, person.sequence);
    }

    void sendAtRate(Window &window, long rate)
    {
        const auto step = std::chrono::nanoseconds(1'000'000'000 / rate);
        Clock::time_point due = Clock::now();
        size_t number = 0;
        for (int wait = 0; window.advance(wait);) {
            for (const Clock::time_point now = Clock::now(); due <= now; due += step)
                send(number++ % m_people.size(), due);
            turn(due - Clock::now() > std::chrono::milliseconds(2) ? 1 : 0);
        }
    }

    void answered(size_t number, const Incoming &incoming)
    {
        Person &person = m_people[number];
        for (Sending &sending : person.sendings) {
            if (sending.sequence != incoming.id)
                continue;
            sending.messageId = property(incoming.text, R"("messageId":")");
            if (sending.messageId.empty())
                fail("an answer without messageId: " + std::string(incoming.text));
            if (m_window->isOpen())
                m_answers.add(Clock::now() - sending.due);
            const size_t known = std::erase(person.delivered, sending.messageId);
            sending.delivered = sending.delivered || known > 0;
            finish(number, sending);
            return;
        }
    }

    void arrived(size_t number, std::string_view text)
    {
        std::string_view mark = property(text, R"("content":"m)");
        size_t sender = 0;
        uint64_t sequence = 0;
        const auto parsed = std::from_chars(mark.data(), mark.data() + mark.size(), sender);
        if (mark.empty() || sender != (number ^ 1)) // the sender's own copy
            return;
        std::from_chars(parsed.ptr + 1, mark.data() + mark.size(), sequence);
        for (Sending &sending : m_people[sender].sendings) {
            if (sending.sequence != sequence)
                continue;
            if (sending.arrived)
                fail("a message arrived twice: " + std::string(text));
            sending.arrived = true;
            finish(sender, sending);
            return;
        }
    }

    void updated(size_t number, std::string_view text)
    {
        if (text.find("message.delivered") == text.npos)
            return;
        Person &person = m_people[number];
        const std::string_view id = property(text, R"("messageId":")");
        for (Sending &sending : person.sendings) {
            if (sending.messageId != id)
                continue;
            sending.delivered = true;
            finish(number, sending);
            return;
        }
        // Of one of ours without its answer, or of the other's message: those are forgotten sooner or later.
        person.delivered.emplace_back(id);
        if (person.delivered.size() > 64)
            person.delivered.erase(person.delivered.begin());
    }

    void finish(size_t number, const Sending &sending)
    {
        if (!sending.arrived || !sending.delivered || sending.messageId.empty())
            return;
        const Clock::time_point now = Clock::now();
        if (m_window->isOpen())
            m_latencies.add(now - sending.due);
        m_window->count();
        std::erase_if(m_people[number].sendings,
                      [sequence = sending.sequence](const Sending &other) { return other.sequence == sequence; });
        if (m_isClosedLoop)
            send(number, now);
    }

    std::string m_arguments;
    std::string m_run;
    std::vector<Person> m_people;
    Latencies m_latencies;
    Latencies m_answers;
    Window *m_window = nullptr;
    bool m_isClosedLoop = false;
};

} // namespace

void runDirect(const Options &options)
{
    Direct(options).run();
}

} // namespace Tertulia::Bench
