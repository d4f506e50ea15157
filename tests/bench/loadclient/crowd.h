// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadclient/client.h"
#include "loadclient/measure.h"

namespace Tertulia::Bench {

/// The connections of a scenario, opened a few at a time. Options: server, dialect, pid.
class Crowd : public Audience
{
public:
    explicit Crowd(const Options &options);
    void opened(Client &client) final;

protected:
    struct Seat
    {
        std::string path;
        std::string token;
        std::string join; ///< arguments of the method named by the option join; empty: nothing to join
    };

    /// Opens and joins one connection for each seat and returns when all have. Clients are numbered in their order.
    void fill(const std::vector<Seat> &seats);
    /// For received(): takes answers to joining. @return false: it is none
    [[nodiscard]] bool takeJoined(const Incoming &incoming);
    void turn(int milliseconds) { m_poller.turn(milliseconds); }

    const Options &m_options;
    Process m_server;
    std::unique_ptr<Dialect> m_dialect;
    std::vector<std::unique_ptr<Client>> m_clients;

private:
    Poller m_poller;
    Client::Door m_door;
    std::vector<std::string> m_joins;
    size_t m_ready = 0;
};

/// A sentence in quotes, as a JSON string, of about `size` bytes.
[[nodiscard]] std::string sampleText(size_t size, std::string_view start = {});
/// `text` with every `mark` replaced.
[[nodiscard]] std::string replaced(std::string text, std::string_view mark, std::string_view with);
/// Lines of a file, each split at spaces.
[[nodiscard]] std::vector<std::vector<std::string>> readTable(const std::string &file);

/// The scenarios: each runs to its end and prints its report.
void runEcho(const Options &options);
void runFanout(const Options &options);
void runDirect(const Options &options);
void runIdle(const Options &options);
void runGet(const Options &options);

} // namespace Tertulia::Bench
