// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/fields.h"

#include <optional>

namespace Tertulia::Server {

/// All spellings of a page (contract.md 13.1): `take`, `limit` and `pageSize` mean the same; `skip` wins over `page`.
struct PageQuery
{
    std::optional<qint64> skip {}, take {}, page {}, limit {}, pageSize {};
};

struct Page
{
    qint64 skip = 0; ///< entries left out, counted from the newest
    int take = 50;
};

/// Invalid (with the field) for a negative skip or a page or size below 1; a size above `limit` is cut to it.
[[nodiscard]] Result<Page> resolvePage(const PageQuery &query, int defaultTake, int limit);

/// The contract's `pagination` object: every spelling of it at once.
struct Pagination
{
    qint64 page = 1; ///< skip / take + 1
    int limit = 50; ///< the real size of a page
    qint64 skip = 0;
    qint64 total = 0;
    qint64 totalPages = 0;
    bool hasMore = false;

    [[nodiscard]] static Pagination of(const Page &page, qint64 total);

    static constexpr auto fields()
    {
        return std::tuple{required("page", &Pagination::page),      required("limit", &Pagination::limit),
                          alias("take", &Pagination::limit),        optional("skip", &Pagination::skip),
                          optional("total", &Pagination::total),    optional("totalPages", &Pagination::totalPages),
                          required("hasMore", &Pagination::hasMore)};
    }
    friend bool operator==(const Pagination &, const Pagination &) = default;
};

} // namespace Tertulia::Server
