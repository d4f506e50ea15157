// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/hog/stage.h"

#include <QTest>

#include <poll.h>

namespace Tertulia::Test::Hogs {

using namespace Qt::StringLiterals;

/// Waits until the server has answered so many of those that are held.
bool areAnswered(const Stage &stage, int count)
{
    const auto isAnswered = [](const NetClient &client) {
        pollfd watched{client.fd(), POLLIN, 0};
        return ::poll(&watched, 1, 0) > 0;
    };
    return QTest::qWaitFor([&] { return std::count_if(stage.held.begin(), stage.held.end(), isAnswered) == count; },
                           patienceMs);
}

bool takeRequests(Stage &stage)
{
    constexpr int limit = 1'000, more = 20;
    // Each is under way for as long as its body is.
    const QByteArray part =
        request("POST", "/api/Authentication/login", {}, hogsNetwork, QByteArray(100, 'x')).chopped(1);
    for (int i = 0; i < limit + more; ++i) {
        stage.held.push_back(stage.client());
        stage.held.back().send(part);
    }
    return areAnswered(stage, more);
}

bool takeHalfHeads(Stage &stage)
{
    for (int i = 0; i < 2'000; ++i) {
        stage.held.push_back(stage.client());
        if (!stage.held.back().send("GET / HTTP/1.1\r\nHost: x\r\nX-Half: " + QByteArray(1'000, 'x')))
            return false;
    }
    return true;
}

bool takeUnread(Stage &stage)
{
    constexpr int receiveBuffer = 4'096;
    const QByteArray many = request("GET", "/health/live", {}, hogsNetwork).repeated(400);
    for (int i = 0; i < 1'000; ++i) {
        stage.held.emplace_back(stage.port, receiveBuffer);
        stage.held.back().sendSome(many);
    }
    return areAnswered(stage, 1'000);
}

bool takeBodies(Stage &stage)
{
    constexpr int all = 4, more = 62; // limits.body_bytes_per_person
    const QByteArray token = stage.town.token(hog);
    const QByteArray whole = request("POST", "/api/Chat/messages", token, hogsNetwork, QByteArray(1 << 20, ' '));
    const auto sends = [&](int count) {
        for (int i = 0; i < count; ++i) {
            stage.held.push_back(stage.client());
            std::ignore = stage.held.back().send(whole.chopped(1)); // is cut off where it is refused
        }
    };
    NetClient scraper = stage.client();
    const auto areHeld = [&scraper] {
        scraper.send(request("GET", "/metrics", scrapersToken, hogsNetwork));
        return scraper.answer().body.contains("\ntertulia_request_body_bytes_held 4194304\n");
    };
    sends(all);
    // What grows at the same time is refused by chance, and room would be left for others.
    if (!QTest::qWaitFor(areHeld, patienceMs))
        return false;
    sends(more);
    return areAnswered(stage, more);
}

bool takeAndLetGo(Stage &stage)
{
    constexpr int leaving = 5'000;
    std::vector<NetClient> sockets;
    for (int i = 0; i < leaving; ++i) {
        sockets.push_back(stage.client());
        if (!joins(sockets.back(), "/hubs/chat-online", stage.town.token(crowd + i), network(crowd + i)))
            return false;
    }
    return true; // and all go at once
}

int askHealth(Hand &hand, int)
{
    return hand.ask("GET", "/health/live");
}

int askWithBody(Hand &hand, int)
{
    return hand.ask("POST", "/api/Chat/messages", QByteArray(1 << 20, ' '));
}

} // namespace Tertulia::Test::Hogs
