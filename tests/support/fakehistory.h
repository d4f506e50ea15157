// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/conversations/messagefetcher.h"

#include <algorithm>
#include <deque>
#include <functional>

namespace Tertulia::Test {

/// A server's history of one conversation, without a server: answers at once, later or not at all.
class FakeHistory final : public Client::MessageFetcher
{
public:
    std::vector<Message> messages; ///< oldest first
    bool isOnline = true;
    bool isHeld = false; ///< answers wait for release()
    int requests = 0;
    /// Changes what is answered: a hostile server.
    std::function<void(MessagePage &)> twist;

    [[nodiscard]] Client::Future<MessagePage> fetch(const ConversationId &conversation,
                                                    const Client::HistoryQuery &query) override
    {
        ++requests;
        Client::Promise<MessagePage> promise;
        auto future = promise.future();
        m_waiting.push_back({std::move(promise), conversation, query});
        if (!isHeld)
            release();
        return future;
    }
    void release()
    {
        while (!m_waiting.empty()) {
            auto waiting = std::move(m_waiting.front());
            m_waiting.pop_front();
            waiting.promise.finish(answer(waiting.conversation, waiting.query));
        }
    }

    void releaseLast()
    {
        auto waiting = std::move(m_waiting.back());
        m_waiting.pop_back();
        waiting.promise.finish(answer(waiting.conversation, waiting.query));
    }

private:
    struct Waiting
    {
        Client::Promise<MessagePage> promise;
        ConversationId conversation;
        Client::HistoryQuery query;
    };

    [[nodiscard]] qsizetype indexOf(const MessageId &id) const
    {
        return std::find_if(messages.begin(), messages.end(), [&id](const Message &one) { return one.id == id; })
            - messages.begin();
    }
    [[nodiscard]] Result<MessagePage> answer(const ConversationId &conversation,
                                             const Client::HistoryQuery &query) const
    {
        if (!isOnline)
            return failure(Error::unavailable(QStringLiteral("offline")));
        const qsizetype low = query.after ? indexOf(*query.after) + 1 : 0;
        const qsizetype high = query.before ? indexOf(*query.before) : qsizetype(messages.size());
        const qsizetype total = std::max<qsizetype>(0, high - low);
        MessagePage page;
        page.conversationId = conversation;
        page.pagination.total = int(total);
        page.pagination.hasMore = query.skip + query.take < total;
        const qsizetype last = std::max(low, high - query.skip);
        for (qsizetype i = std::max(low, last - query.take); i < last; ++i)
            page.messages.push_back(messages[size_t(i)]);
        if (twist)
            twist(page);
        return page;
    }

    std::deque<Waiting> m_waiting;
};

} // namespace Tertulia::Test
