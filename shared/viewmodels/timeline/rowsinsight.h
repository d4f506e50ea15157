// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace Tertulia::ViewModels {

/// Which rows a view shows, as it said last. Until it says so again they keep up with the rows that come and go.
struct RowsInSight
{
    int newest = -1; ///< the lower number
    int oldest = -1;

    [[nodiscard]] bool isEmpty() const { return newest < 0 || oldest < newest; }
    void insert(int first, int last)
    {
        if (isEmpty() || first > newest)
            return;
        newest += last - first + 1;
        oldest += last - first + 1;
    }
    void remove(int first, int last)
    {
        if (isEmpty())
            return;
        const int count = last - first + 1;
        newest = newest > last ? newest - count : std::min(newest, first);
        oldest = oldest > last ? oldest - count : std::min(oldest, first - 1);
    }
};

} // namespace Tertulia::ViewModels
