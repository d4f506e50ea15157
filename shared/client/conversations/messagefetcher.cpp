// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/messagefetcher.h"

#include "client/async.h"
#include "client/transport/apiclient.h"
#include "protocol/names.h"

#include <QUrlQuery>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

Future<MessagePage> ApiMessageFetcher::fetch(const ConversationId &conversation, const HistoryQuery &query)
{
    if (!m_isEnabled)
        return answered<MessagePage>(failure(Error::unavailable(u"The client works offline."_s)));
    QUrlQuery parameters{{u"conversationId"_s, conversation.toString()},
                         {u"take"_s, QString::number(query.take)},
                         {u"skip"_s, QString::number(query.skip)}};
    if (query.before)
        parameters.addQueryItem(u"before"_s, query.before->toString());
    if (query.after)
        parameters.addQueryItem(u"after"_s, query.after->toString());
    return m_api.get<MessagePage>(QString(Routes::messages), parameters);
}

} // namespace Tertulia::Client
