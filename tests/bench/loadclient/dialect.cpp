// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/dialect.h"

#include "wire/poller.h"

#include <charconv>
#include <utility>

namespace Tertulia::Bench {

Dialect::~Dialect() = default;

namespace {

uint64_t number(std::string_view text)
{
    uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The text after `key` up to the next quote.
std::string_view quoted(std::string_view text, std::string_view key)
{
    const size_t at = text.find(key);
    if (at == text.npos)
        return {};
    text.remove_prefix(at + key.size());
    return text.substr(0, text.find('"'));
}

/// JSON protocol of SignalR hubs.
class SignalR : public Dialect
{
public:
    [[nodiscard]] std::string greeting() const override { return "{\"protocol\":\"json\",\"version\":1}\x1e"; }

    [[nodiscard]] std::string call(std::string_view name, std::string_view arguments, uint64_t id) const override
    {
        std::string text = R"({"type":1,)";
        if (id != 0)
            text += R"("invocationId":")" + std::to_string(id) + R"(",)";
        text.append(R"("target":")").append(name).append(R"(","arguments":[)").append(arguments).append("]}\x1e");
        return text;
    }

    [[nodiscard]] Incoming next(std::string_view &message) const override
    {
        const size_t end = message.find('\x1e');
        if (end == message.npos)
            return {Incoming::Kind::Failure, 0, {}, std::exchange(message, {})};
        const std::string_view record = message.substr(0, end);
        message.remove_prefix(end + 1);
        Incoming incoming{Incoming::Kind::None, 0, {}, record};
        constexpr std::string_view type = R"({"type":)";
        if (record == "{}") {
            incoming.kind = Incoming::Kind::Greeted;
        } else if (!record.starts_with(type)) {
            incoming.kind = Incoming::Kind::Failure;
        } else if (record[type.size()] == '1') {
            incoming.kind = Incoming::Kind::Event;
            incoming.name = quoted(record, R"("target":")");
        } else if (record[type.size()] == '3') {
            const std::string_view head = record.substr(0, 100);
            const bool failed = head.find(R"(,"error":)") != head.npos;
            incoming.kind = failed ? Incoming::Kind::Failure : Incoming::Kind::Answer;
            incoming.id = number(quoted(head, R"("invocationId":")"));
        } else if (record[type.size()] == '7') {
            incoming.kind = Incoming::Kind::Failure;
        }
        return incoming;
    }
};

/// The same bytes as SignalR's, to servers that send them back or on without reading them.
class Plain final : public SignalR
{
public:
    [[nodiscard]] std::string greeting() const override { return {}; }
    [[nodiscard]] bool isReadyAtOnce() const override { return true; }
    [[nodiscard]] Incoming next(std::string_view &message) const override
    {
        Incoming incoming = SignalR::next(message);
        const std::string_view id = quoted(incoming.text.substr(0, 60), R"("invocationId":")");
        if (!id.empty()) {
            incoming.kind = Incoming::Kind::Answer;
            incoming.id = number(id);
        }
        return incoming;
    }
};

/// Engine.IO 4 with Socket.IO 5 on it, one packet a message.
class SocketIo final : public Dialect
{
public:
    [[nodiscard]] std::string target(std::string_view path) const override
    {
        const size_t query = path.find('?');
        std::string result = "/socket.io/?EIO=4&transport=websocket";
        if (query != path.npos)
            result.append("&").append(path.substr(query + 1));
        return result;
    }
    [[nodiscard]] std::string call(std::string_view name, std::string_view arguments, uint64_t id) const override
    {
        std::string text = "42";
        if (id != 0)
            text += std::to_string(id);
        text.append("[\"").append(name).append("\"");
        if (!arguments.empty())
            text.append(",").append(arguments);
        return text.append("]");
    }
    [[nodiscard]] std::string greeting() const override { return "40"; }
    [[nodiscard]] Incoming next(std::string_view &message) const override
    {
        Incoming incoming{Incoming::Kind::None, 0, {}, std::exchange(message, {})};
        const std::string_view text = incoming.text;
        if (text.starts_with("42")) {
            incoming.kind = Incoming::Kind::Event;
            incoming.name = quoted(text, "[\"");
        } else if (text.starts_with("43")) {
            incoming.kind = Incoming::Kind::Answer;
            incoming.id = number(text.substr(2));
        } else if (text.starts_with("40")) {
            incoming.kind = Incoming::Kind::Greeted;
        } else if (text == "2") {
            incoming.kind = Incoming::Kind::Alive;
        } else if (!text.starts_with("0")) {
            incoming.kind = Incoming::Kind::Failure;
        }
        return incoming;
    }
    [[nodiscard]] std::string aliveAnswer() const override { return "3"; }
};

} // namespace

std::unique_ptr<Dialect> Dialect::named(std::string_view name)
{
    if (name == "signalr")
        return std::make_unique<SignalR>();
    if (name == "plain")
        return std::make_unique<Plain>();
    if (name == "socket.io")
        return std::make_unique<SocketIo>();
    fail("no dialect: " + std::string(name));
}

} // namespace Tertulia::Bench
