// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/clientparts.h"
#include "client/conversations/conversationlist.h"
#include "client/transport/scheduler.h"

#include <QObject>

#include <chrono>
#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Client {

/// Asks the server for conversations one by one: for those that are not known here, and for those of which events and
/// answers say too little, as what is unread behind a mark that they did not know of. What is wanted of a known one is
/// wanted until an answer is there, over lost connections and restarts, for nobody else would tell it. The client's
/// thread.
class ConversationFetcher final : public QObject
{
    Q_OBJECT

public:
    ConversationFetcher(const ClientParts &parts, Scheduler &scheduler, const ConversationList &list,
                        std::chrono::milliseconds firstRetry, std::chrono::milliseconds longestRetry);

    void setEnabled(bool isEnabled);
    /// A known one: asked for now, or once more if a question is on its way, whose answer may be from before what is
    /// wanted. An unknown one: asked for once, and not at all while many are; when it fails, the next sync brings it.
    void fetch(const ConversationId &id);
    /// The way to the server is there again: what is wanted is asked for now.
    void resume();
    void forget(const ConversationId &id);

Q_SIGNALS:
    /// @param mark how far this client knew it was read when it asked: the answer is not from before that
    void fetched(const Tertulia::Conversation &conversation, Tertulia::Sequence mark);
    /// It is not to be had.
    void missed(const Tertulia::ConversationId &id);

private:
    void pump();
    void ask(const ConversationId &id);
    void take(const ConversationId &id, const Result<Conversation> &answer);
    void retryLater();
    void keep();

    const ClientParts m_parts;
    const ConversationList &m_list;
    const std::chrono::milliseconds m_firstRetry, m_longestRetry;
    std::chrono::milliseconds m_delay{0};
    Alarm m_retry;
    bool m_isEnabled = false;
    struct Question
    {
        Sequence mark = 0; ///< when it was asked
        bool isOld = false; ///< more is wanted since
    };
    std::unordered_set<ConversationId> m_wanted; ///< known ones, until the answer is there; kept in the store
    std::unordered_map<ConversationId, Question> m_underWay;
};

} // namespace Tertulia::Client
