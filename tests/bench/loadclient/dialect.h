// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace Tertulia::Bench {

/// What one record from a server means.
struct Incoming
{
    enum class Kind { None, Greeted, Answer, Event, Alive, Failure };
    Kind kind = Kind::None;
    uint64_t id = 0; ///< of an answer: the call's; 0 where the dialect has none
    std::string_view name; ///< of an event
    std::string_view text; ///< the whole record
};

/// How a kind of server is spoken to over its WebSocket. Reads only as much of a record as it takes to know what it
/// is: this program must be cheaper than the servers it measures.
class Dialect
{
public:
    Dialect() = default;
    Dialect(const Dialect &) = delete;
    Dialect &operator=(const Dialect &) = delete;
    virtual ~Dialect();

    /// "signalr", "socket.io" or "plain" (the floor and ws: messages come back or are relayed as they are).
    [[nodiscard]] static std::unique_ptr<Dialect> named(std::string_view name);

    /// Request target for a hub or room path.
    [[nodiscard]] virtual std::string target(std::string_view path) const { return std::string(path); }
    /// What the client says first; empty: nothing.
    [[nodiscard]] virtual std::string greeting() const { return {}; }
    /// True: ready as soon as the socket is open.
    [[nodiscard]] virtual bool isReadyAtOnce() const { return false; }
    /// A call. @param arguments JSON values, separated by commas @param id 0: no answer is wanted
    [[nodiscard]] virtual std::string call(std::string_view name, std::string_view arguments, uint64_t id) const = 0;
    /// What a server sends for an event: for servers that relay what they get.
    [[nodiscard]] virtual std::string event(std::string_view name, std::string_view arguments) const
    {
        return call(name, arguments, 0);
    }
    /// Takes the first record off `message`.
    [[nodiscard]] virtual Incoming next(std::string_view &message) const = 0;
    /// The answer to a Kind::Alive.
    [[nodiscard]] virtual std::string aliveAnswer() const { return {}; }
};

} // namespace Tertulia::Bench
