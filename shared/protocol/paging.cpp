// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/paging.h"

#include "base/faults.h"
#include "protocol/numbers.h"

#include <limits>

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {

Result<std::optional<int>> readNumber(const QueryLookup &query, QLatin1StringView name, int least)
{
    const auto text = query(name);
    if (!text || text->isEmpty())
        return std::optional<int>();
    constexpr int most = std::numeric_limits<int>::max();
    const auto number = readWholeNumber(*text, QString(name), least, most);
    return number ? Result<std::optional<int>>(int(*number)) : failure(number.error());
}

} // namespace

Pagination PageRequest::answer(bool hasMore, std::optional<int> total) const
{
    Pagination pagination;
    pagination.page = skip / take + 1;
    pagination.limit = take;
    pagination.skip = skip;
    pagination.take = take;
    pagination.hasMore = hasMore;
    if (total) {
        pagination.total = total;
        pagination.totalPages = (*total + take - 1) / take;
    }
    return pagination;
}

Result<PageRequest> readPage(const QueryLookup &query, const PageLimits &limits)
{
    PageRequest request{.skip = 0, .take = limits.defaultTake};
    Faults faults;
    for (const auto name : {"take"_L1, "limit"_L1, "pageSize"_L1}) {
        const auto number = readNumber(query, name, 1);
        faults.add(number);
        if (number && *number) {
            request.take = std::min(**number, limits.maxTake);
            break;
        }
    }
    const auto skip = readNumber(query, "skip"_L1, 0);
    faults.add(skip);
    const auto page = readNumber(query, "page"_L1, 1);
    faults.add(page);
    if (const auto good = faults.verdict(); !good)
        return failure(good.error());
    if (*skip) {
        request.skip = **skip;
    } else if (*page) {
        constexpr int most = std::numeric_limits<int>::max();
        const qint64 first = qint64(**page - 1) * request.take;
        if (first > most)
            return failure(Error::invalid(u"page"_s, u"page must not begin beyond entry %1"_s.arg(most)));
        request.skip = int(first);
    }
    return request;
}

Result<QString> readConversationParameter(const QueryLookup &query)
{
    const QString conversation = query("conversationId"_L1).value_or(QString());
    const QString chat = query("chatId"_L1).value_or(QString());
    if (!conversation.isEmpty() && !chat.isEmpty() && conversation.compare(chat, Qt::CaseInsensitive) != 0)
        return failure(Error::invalid(u"chatId"_s, u"chatId contradicts conversationId"_s));
    return conversation.isEmpty() ? chat : conversation;
}

} // namespace Tertulia
