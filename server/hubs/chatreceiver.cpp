// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chatreceiver.h"

namespace Tertulia::Server {

ChatReceiver *ChatReceiver::find(const HubConnectionContext &connection)
{
    return static_cast<ChatReceiver *>(connection.items()); // the chat hub's connections have no others
}

ChatReceiver &ChatReceiver::of(HubConnectionContext &connection)
{
    if (!connection.items())
        connection.setItems(std::make_unique<ChatReceiver>());
    return *find(connection);
}

std::vector<ChatReceiver::Passage>::iterator ChatReceiver::firstOf(const ConversationId &conversation)
{
    return std::lower_bound(
        m_passages.begin(), m_passages.end(), conversation,
        [](const Passage &passage, const ConversationId &wanted) { return passage.conversation < wanted; });
}

void ChatReceiver::sent(const ConversationId &conversation, Sequence from, Sequence through, quint64 place,
                        DeliveryTracker::Haste haste, std::shared_ptr<const MessageChanged> news)
{
    int passages = 0;
    auto at = firstOf(conversation);
    for (; at != m_passages.end() && at->conversation == conversation; ++at, ++passages) {
        if (from >= at->from && from <= at->through + 1) {
            at->through = std::max(at->through, through);
            at->place = place;
            at->haste = std::min(at->haste, haste);
            at->news.reset();
            return;
        }
    }
    if (passages < maxPassages) {
        m_passages.insert(at,
                          {.conversation = conversation,
                           .from = from,
                           .middle = through,
                           .through = through,
                           .middlePlace = place,
                           .place = place,
                           .haste = haste,
                           .news = std::move(news)});
    }
}

void ChatReceiver::sentOwn(const ConversationId &conversation, Sequence sequence)
{
    for (auto at = firstOf(conversation); at != m_passages.end() && at->conversation == conversation; ++at) {
        if (sequence == at->through + 1)
            at->through = sequence;
    }
}

bool ChatReceiver::settle(Passage &passage, quint64 place, const Tell &tell)
{
    if (place >= passage.place) {
        tell(passage.conversation, passage.from, passage.through, passage.haste, passage.news);
        return true;
    }
    if (place >= passage.middlePlace) {
        tell(passage.conversation, passage.from, passage.middle, passage.haste, {});
        passage.from = passage.middle + 1;
        passage.middle = passage.through;
        passage.middlePlace = passage.place;
    }
    return false;
}

bool ChatReceiver::arrived(quint64 place, const Tell &tell)
{
    auto kept = m_passages.begin();
    for (Passage &passage : m_passages) {
        if (settle(passage, place, tell))
            continue;
        if (&*kept != &passage)
            *kept = std::move(passage);
        ++kept;
    }
    m_passages.erase(kept, m_passages.end());
    if (m_morePlace == 0 || place < m_morePlace)
        return false;
    m_morePlace = 0;
    return true;
}

} // namespace Tertulia::Server
