// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace Tertulia::Server {

/// Erases the entries of a full map whose value has the lowest rank, until `count` are left. One walk over all makes
/// room for many that come.
template <class Map, class Rank> void keepHighest(Map &map, size_t count, Rank rankOf)
{
    if (map.size() <= count)
        return;
    using Ranked = std::pair<decltype(rankOf(map.begin()->second)), typename Map::iterator>;
    std::vector<Ranked> ranked;
    ranked.reserve(map.size());
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        ranked.emplace_back(rankOf(entry->second), entry);
    const auto kept = ranked.begin() + std::ptrdiff_t(ranked.size() - count);
    std::nth_element(ranked.begin(), kept, ranked.end(),
                     [](const Ranked &a, const Ranked &b) { return a.first < b.first; });
    std::for_each(ranked.begin(), kept, [&map](const Ranked &entry) { map.erase(entry.second); });
}

} // namespace Tertulia::Server
