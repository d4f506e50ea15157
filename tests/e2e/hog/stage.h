// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/support/hand.h"
#include "e2e/support/town.h"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

// A hog: what one takes, holds and goes on asking for, in scenes that tst_besideahog plays.
namespace Tertulia::Test::Hogs {

using namespace std::chrono_literals;

constexpr int people = 50'000;
constexpr int hog = 1;
constexpr int hogsConversations = 8'000;
constexpr int mostJoined = 500; ///< conversations and watched people of a connection
constexpr int crowd = 20'000; ///< people from here on: those who come and go
constexpr int ordinary = 30'000; ///< and these are the ordinary ones: another for each scene

inline const QByteArray scrapersToken = "the-scrapers";

/// What the scenes play on.
struct Stage
{
    Town &town;
    quint16 port;
    std::vector<NetClient> held; ///< what the hog keeps open

    [[nodiscard]] NetClient client() const { return NetClient(port); }
};

/// So many in each span of time.
struct Rate
{
    int count;
    std::chrono::seconds span;
};
constexpr Rate nothing{0, 1s};

struct Scene
{
    const char *name;
    int memoryMiB; ///< that the server may take more; stands in docs/admin/limits.md
    /// Of the hog's further requests, how many are served. None: they have no rate, and that they take turns with
    /// others is tested where it is decided (tst_executor); or a limit ends some of what the hog holds, so that it gets
    /// others in their place.
    std::optional<Rate> rate;
    int hands; ///< how many go on asking at the same time
    /// Takes all there is. False when something else happened.
    std::function<bool(Stage &)> take;
    /// Asks once more, the n-th time. The status.
    std::function<int(Hand &, int)> goOn;
};

[[nodiscard]] const std::vector<Scene> &scenes();

/// Waits until the server has answered so many of those that are held.
[[nodiscard]] bool areAnswered(const Stage &stage, int count);

// Takes all there is of it; false when something else happened.
bool takeRequests(Stage &stage);
bool takeHalfHeads(Stage &stage);
bool takeBodies(Stage &stage);
bool takeUnread(Stage &stage);
bool takeNegotiations(Stage &stage);
bool takeEarlyBytes(Stage &stage);
bool takeHubConnections(Stage &stage);
bool takeInput(Stage &stage);
bool takeJoined(Stage &stage);
bool takeWatched(Stage &stage);
bool takeSignIns(Stage &stage);
bool takeSessions(Stage &stage);
bool takeAndLetGo(Stage &stage);

// Asks for one more, the n-th; the status.
int askHealth(Hand &hand, int n);
int askWithBody(Hand &hand, int n);
int askNegotiation(Hand &hand, int n);
int askSearch(Hand &hand, int n);
int askList(Hand &hand, int n);
int askHistory(Hand &hand, int n);
int askOpening(Hand &hand, int n);
int askSend(Hand &hand, int n);
int askMark(Hand &hand, int n);
int askMarkOfMany(Hand &hand, int n);
int askStatus(Hand &hand, int n);
int askSignIn(Hand &hand, int n);
int askSession(Hand &hand, int n);

} // namespace Tertulia::Test::Hogs
