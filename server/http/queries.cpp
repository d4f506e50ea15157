// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/queries.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {
QueryLookup lookup(const RestRequest &request)
{
    return [&request](QLatin1StringView name) { return request.query(QByteArrayView(name.data(), name.size())); };
}
} // namespace

Result<PageRequest> pageQuery(const RestRequest &request)
{
    return readPage(lookup(request));
}

Result<QString> conversationQuery(const RestRequest &request)
{
    Result<QString> conversation = readConversationParameter(lookup(request));
    if (conversation && conversation->isEmpty())
        return failure(Error::invalid(u"conversationId"_s, u"conversationId (or chatId) is needed."_s));
    return conversation;
}

Result<std::optional<HistoryBound>> boundQuery(const RestRequest &request, const QString &name)
{
    const QString text = request.query(name.toLatin1()).value_or(QString());
    if (text.isEmpty())
        return std::nullopt;
    if (const auto id = MessageId::parse(text))
        return *id;
    if (const auto time = fromIso8601(text))
        return *time;
    return failure(Error::invalid(
        name, u"%1 must be a time such as 2026-01-31T12:00:00.000Z or the id of a message."_s.arg(name)));
}

} // namespace Tertulia::Server
