// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/async.h"
#include "protocol/chat.h"

namespace Tertulia::Client {

class ApiClient;

/// A page of history: the newest `take` of what lies between the bounds, after `skip` that are newer still.
struct HistoryQuery
{
    std::optional<MessageId> before, after; ///< exclusive
    int skip = 0;
    int take = 50; ///< the server gives at most 100
};

/// Where history comes from that the store does not have: the server, which is the outside world, so tests bring
/// their own.
class MessageFetcher
{
public:
    MessageFetcher() = default;
    MessageFetcher(const MessageFetcher &) = delete;
    MessageFetcher &operator=(const MessageFetcher &) = delete;
    virtual ~MessageFetcher() = default;

    /// Oldest first. What comes has not passed intake.h.
    [[nodiscard]] virtual Future<MessagePage> fetch(const ConversationId &conversation, const HistoryQuery &query) = 0;
};

/// The server's REST call. Unavailable, without a request, until it is enabled.
class ApiMessageFetcher final : public MessageFetcher
{
public:
    explicit ApiMessageFetcher(ApiClient &api)
        : m_api(api)
    {
    }
    [[nodiscard]] Future<MessagePage> fetch(const ConversationId &conversation, const HistoryQuery &query) override;
    void setEnabled(bool isEnabled) { m_isEnabled = isEnabled; }

private:
    ApiClient &m_api;
    bool m_isEnabled = false;
};

} // namespace Tertulia::Client
