// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadclient/dialect.h"
#include "wire/poller.h"

namespace Tertulia::Bench {

class Client;

/// Told what happens on the connections of a run.
class Audience
{
public:
    Audience() = default;
    Audience(const Audience &) = delete;
    Audience &operator=(const Audience &) = delete;
    virtual ~Audience();
    /// Greeted: calls may be made.
    virtual void opened(Client &client) = 0;
    virtual void received(Client &client, const Incoming &incoming) = 0;
};

/// One WebSocket connection to a server. A connection that breaks ends the program: such a run is worth nothing.
class Client final : public Pollable
{
public:
    struct Door
    {
        Poller &poller;
        const Dialect &dialect;
        Audience &audience;
        Address address;
    };

    /// @param token sent as a bearer token if not empty @param number for the audience's own use
    Client(const Door &door, std::string_view path, std::string_view token, size_t number);

    [[nodiscard]] size_t number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_phase == Phase::Open; }
    void call(std::string_view name, std::string_view arguments, uint64_t id);
    void send(std::string_view text);
    void ready(uint32_t events) override;

private:
    enum class Phase : uint8_t { Connecting, Upgrading, Greeting, Open };

    void read();
    [[nodiscard]] size_t upgraded(std::string_view bytes);
    void take(std::string_view message);
    void settle(bool isAlive);

    const Door &m_door;
    std::string m_request;
    std::string m_partial;
    Output m_output;
    size_t m_number;
    Phase m_phase = Phase::Connecting;
    bool m_isWriting = true;
};

} // namespace Tertulia::Bench
