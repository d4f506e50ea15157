// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/crowd.h"

#include <fstream>
#include <sstream>

namespace Tertulia::Bench {

namespace {

constexpr uint64_t joinId = ~uint64_t(0) >> 16; // no scenario counts that far
constexpr size_t openingAtOnce = 64;

} // namespace

Crowd::Crowd(const Options &options)
    : m_options(options)
    , m_server(options.number("pid", 0))
    , m_dialect(Dialect::named(options.text("dialect", "signalr")))
    , m_door{m_poller, *m_dialect, *this, parseAddress(options.text("server"))}
{
}

void Crowd::fill(const std::vector<Seat> &seats)
{
    const Clock::time_point deadline = Clock::now() + std::chrono::seconds(20 + long(seats.size()) / 200);
    const size_t before = m_clients.size();
    for (const Seat &seat : seats) {
        m_joins.push_back(seat.join);
        m_clients.push_back(std::make_unique<Client>(m_door, seat.path, seat.token, m_clients.size()));
        while (m_clients.size() - m_ready >= openingAtOnce && Clock::now() < deadline)
            turn(100);
    }
    while (m_ready < before + seats.size()) {
        if (Clock::now() > deadline)
            fail("only " + std::to_string(m_ready) + " connections could be opened");
        turn(100);
    }
}

void Crowd::opened(Client &client)
{
    const std::string &join = m_joins[client.number()];
    if (join.empty())
        ++m_ready;
    else
        client.call(m_options.text("join"), join, joinId);
}

bool Crowd::takeJoined(const Incoming &incoming)
{
    if (incoming.kind != Incoming::Kind::Answer || incoming.id != joinId)
        return false;
    ++m_ready;
    return true;
}

std::string sampleText(size_t size, std::string_view start)
{
    constexpr std::string_view words = "the tide comes in and the boats lift from the sand one after another ";
    std::string text = "\"" + std::string(start);
    while (text.size() <= size)
        text += words[text.size() % words.size()];
    return text + '"';
}

std::string replaced(std::string text, std::string_view mark, std::string_view with)
{
    for (size_t at = 0; (at = text.find(mark, at)) != text.npos; at += with.size())
        text.replace(at, mark.size(), with);
    return text;
}

std::vector<std::vector<std::string>> readTable(const std::string &file)
{
    std::ifstream in(file);
    if (!in)
        fail("cannot read " + file);
    std::vector<std::vector<std::string>> table;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::vector<std::string> row;
        for (std::string word; words >> word;)
            row.push_back(word);
        if (!row.empty())
            table.push_back(std::move(row));
    }
    return table;
}

} // namespace Tertulia::Bench
