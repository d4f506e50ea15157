// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/paging.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {
/// Keeps skip = (page - 1) * take within 64 bits.
constexpr qint64 highestPage = 1'000'000'000'000;
} // namespace

Result<Page> resolvePage(const PageQuery &query, int defaultTake, int limit)
{
    const struct
    {
        const std::optional<qint64> &value;
        QString name;
        qint64 lowest;
    } fields[] = {{query.take, u"take"_s, 1},
                  {query.limit, u"limit"_s, 1},
                  {query.pageSize, u"pageSize"_s, 1},
                  {query.skip, u"skip"_s, 0},
                  {query.page, u"page"_s, 1}};
    for (const auto &field : fields) {
        if (field.value && *field.value < field.lowest)
            return failure(Error::invalid(field.name, u"%1 must be at least %2."_s.arg(field.name).arg(field.lowest)));
    }
    Page page;
    const qint64 wanted = query.take ? *query.take : query.limit ? *query.limit : query.pageSize.value_or(defaultTake);
    page.take = int(std::min<qint64>(wanted, limit));
    page.skip = query.skip ? *query.skip : (std::min(query.page.value_or(1), highestPage) - 1) * page.take;
    return page;
}

Pagination Pagination::of(const Page &page, qint64 total)
{
    return {.page = page.skip / page.take + 1,
            .limit = page.take,
            .skip = page.skip,
            .total = total,
            .totalPages = (total + page.take - 1) / page.take,
            .hasMore = page.skip < total - page.take};
}

} // namespace Tertulia::Server
