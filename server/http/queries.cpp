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

} // namespace Tertulia::Server
