// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/hog/stage.h"

namespace Tertulia::Test::Hogs {

namespace {

/// Asks until 429; whether that comes, and not before `least` were served.
bool takesUntilRefused(Stage &stage, int least, const std::function<int(Hand &, int)> &ask)
{
    Hand hand(stage.port, stage.town.token(hog));
    for (int n = 0; n < 5'000; ++n) {
        const int status = ask(hand, n);
        if (status == 429)
            return n >= least;
        if (status < 200 || status >= 300)
            return false;
    }
    return false;
}

std::function<bool(Stage &)> until(int least, std::function<int(Hand &, int)> ask)
{
    return [least, ask = std::move(ask)](Stage &stage) { return takesUntilRefused(stage, least, ask); };
}

} // namespace

const std::vector<Scene> &scenes()
{
    static const std::vector<Scene> all{
        {"1,000 requests under way", 8, nothing, 4, takeRequests, askHealth},
        {"2,000 half heads", 8, {}, 4, takeHalfHeads, askHealth},
        {"66 bodies one byte short of 1 MiB", 16, nothing, 4, takeBodies, askWithBody},
        {"1,000 connections that ask and do not read", 64, {}, 4, takeUnread, askHealth},
        {"50,000 negotiations on 8 sockets", 8, {}, 4, takeNegotiations, askNegotiation},
        {"5,000 negotiations with as much as may come before the first GET", 8, {}, 4, takeEarlyBytes, askNegotiation},
        {"300 hub connections that are told 28 long messages", 96, {}, 4, takeHubConnections, askNegotiation},
        {"100 hub connections with half a message", 24, nothing, 4, takeInput, askNegotiation},
        {"100 hub connections that joined 500 conversations", 32, nothing, 4, takeJoined, askNegotiation},
        {"100 hub connections that watch 500 people", 32, nothing, 4, takeWatched, askNegotiation},
        {"64 searches among 50,000 people at a time", 16, Rate{30, 10s}, 64, until(30, askSearch), askSearch},
        {"lists of 8,000 conversations, by name and kind", 16, Rate{130, 10s}, 16, until(30, askList), askList},
        {"history and sync", 16, Rate{100, 10s}, 16, until(100, askHistory), askHistory},
        {"conversations opened", 16, Rate{60, 60s}, 8, until(60, askOpening), askOpening},
        {"messages sent", 16, Rate{30, 10s}, 8, until(30, askSend), askSend},
        {"marks and typing", 16, {}, 8, {}, askMark},
        {"marks of 500 messages", 16, {}, 8, {}, askMarkOfMany},
        {"changes of status", 16, Rate{20, 60s}, 4, until(20, askStatus), askStatus},
        {"sign-ins and registrations from an IPv6 /64", 16, nothing, 8, takeSignIns, askSignIn},
        {"sessions", 16, {}, 8, takeSessions, askSession},
        {"5,000 who leave at once", 32, nothing, 0, takeAndLetGo, {}},
    };
    return all;
}

} // namespace Tertulia::Test::Hogs
