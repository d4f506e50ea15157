// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chatreceivers.h"

namespace Tertulia::Server {

void ChatReceivers::leave(const HubConnectionContext &connection, const ConversationId &conversation)
{
    m_receivers[&connection].left.insert(conversation);
}

void ChatReceivers::join(const HubConnectionContext &connection, const ConversationId &conversation)
{
    if (const auto found = m_receivers.find(&connection); found != m_receivers.end())
        found->second.left.erase(conversation);
}

size_t ChatReceivers::leftCount(const HubConnectionContext &connection) const
{
    const auto found = m_receivers.find(&connection);
    return found == m_receivers.end() ? 0 : found->second.left.size();
}

bool ChatReceivers::hasLeft(const HubConnectionContext &connection, const ConversationId &conversation) const
{
    const auto found = m_receivers.find(&connection);
    return found != m_receivers.end() && found->second.left.contains(conversation);
}

void ChatReceivers::sent(const HubConnectionContext &connection, const ConversationId &conversation, Sequence from,
                         Sequence through, quint64 place, DeliveryTracker::Haste haste,
                         std::shared_ptr<const MessageChanged> news)
{
    Passages &passages = m_receivers[&connection].passages[conversation];
    const auto goesOn = std::find_if(passages.begin(), passages.end(), [from](const Passage &passage) {
        return from >= passage.from && from <= passage.through + 1;
    });
    if (goesOn != passages.end()) {
        goesOn->through = std::max(goesOn->through, through);
        goesOn->place = place;
        goesOn->news.reset();
    } else if (passages.size() < maxPassages) {
        passages.push_back({.from = from,
                            .middle = through,
                            .through = through,
                            .middlePlace = place,
                            .place = place,
                            .haste = haste,
                            .news = std::move(news)});
    }
}

void ChatReceivers::sentOwn(const HubConnectionContext &connection, const ConversationId &conversation,
                            Sequence sequence)
{
    const auto receiver = m_receivers.find(&connection);
    if (receiver == m_receivers.end())
        return;
    const auto found = receiver->second.passages.find(conversation);
    if (found == receiver->second.passages.end())
        return;
    for (Passage &passage : found->second) {
        if (sequence == passage.through + 1)
            passage.through = sequence;
    }
}

void ChatReceivers::expectMore(const HubConnectionContext &connection, quint64 place)
{
    m_receivers[&connection].morePlace = place;
}

bool ChatReceivers::settle(const UserId &user, const ConversationId &conversation, Passage &passage, quint64 place)
{
    if (place >= passage.place) {
        m_deliveries.delivered(user, conversation, passage.from, passage.through, passage.haste, passage.news);
        return true;
    }
    if (place >= passage.middlePlace) {
        m_deliveries.delivered(user, conversation, passage.from, passage.middle, passage.haste);
        passage.from = passage.middle + 1;
        passage.middle = passage.through;
        passage.middlePlace = passage.place;
    }
    return false;
}

bool ChatReceivers::arrived(const HubConnectionContext &connection, quint64 place)
{
    const auto found = m_receivers.find(&connection);
    if (found == m_receivers.end())
        return false;
    Receiver &receiver = found->second;
    const UserId user = connection.user();
    for (auto it = receiver.passages.begin(); it != receiver.passages.end();) {
        Passages &passages = it->second;
        for (auto passage = passages.begin(); passage != passages.end();)
            passage = settle(user, it->first, *passage, place) ? passages.erase(passage) : std::next(passage);
        it = passages.empty() ? receiver.passages.erase(it) : std::next(it);
    }
    const bool wantsMore = receiver.morePlace != 0 && place >= receiver.morePlace;
    if (wantsMore)
        receiver.morePlace = 0;
    if (receiver.left.empty() && receiver.passages.empty() && receiver.morePlace == 0)
        m_receivers.erase(found);
    return wantsMore;
}

} // namespace Tertulia::Server
