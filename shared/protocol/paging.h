// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/fields.h"

#include <functional>
#include <optional>
#include <tuple>

namespace Tertulia {

/// What a list answer says about its place in the whole: every spelling at once (contract.md 13.1).
struct Pagination
{
    int page = 1;
    int limit = 0; ///< the real size of a page, after clamping
    int skip = 0;
    int take = 0; ///< = limit
    bool hasMore = false;
    std::optional<int> total; ///< where counting is cheap
    std::optional<int> totalPages;

    static constexpr auto fields()
    {
        return std::tuple{required("page", &Pagination::page),
                          required("limit", &Pagination::limit),
                          optional("skip", &Pagination::skip),
                          optional("take", &Pagination::take),
                          optional("hasMore", &Pagination::hasMore),
                          omitEmpty("total", &Pagination::total),
                          omitEmpty("totalPages", &Pagination::totalPages)};
    }
    friend bool operator==(const Pagination &, const Pagination &) = default;
};

/// Which part of a list is wanted.
struct PageRequest
{
    int skip = 0;
    int take = 50;

    /// The pagination of an answer; give `total` where it is known.
    [[nodiscard]] Pagination answer(bool hasMore, std::optional<int> total = {}) const;
    friend bool operator==(const PageRequest &, const PageRequest &) = default;
};

struct PageLimits
{
    int defaultTake = 50; ///< items
    int maxTake = 100; ///< items; asking for more gives this many
};

/// The value of a query parameter by name (matched without regard to case), if it is there.
using QueryLookup = std::function<std::optional<QString>(QLatin1StringView name)>;

/// Reads `skip`/`take`, `page`/`limit` and `page`/`pageSize` in any mixture (contract.md 13.1): take = limit =
/// pageSize, skip wins over page. Not a whole number, a negative skip, a page or size below 1: Invalid with the field.
[[nodiscard]] Result<PageRequest> readPage(const QueryLookup &query, const PageLimits &limits = {});

/// The conversation a query names as `conversationId` or `chatId`; both and different: Invalid. Empty: none given.
[[nodiscard]] Result<QString> readConversationParameter(const QueryLookup &query);

} // namespace Tertulia
