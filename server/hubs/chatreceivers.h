// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/deliverytracker.h"
#include "signalr/hubconnectioncontext.h"

#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Server {

/// What the chat hub of one network thread knows of its connections beyond their groups: which conversations they have
/// left, and which messages are on their way to them. A connection of which there is nothing to know costs nothing.
/// That thread only.
class ChatReceivers
{
public:
    explicit ChatReceivers(DeliveryTracker &deliveries)
        : m_deliveries(deliveries)
    {
    }

    /// LeaveConversation: its messages are not for this connection, until it joins again.
    void leave(const HubConnectionContext &connection, const ConversationId &conversation);
    void join(const HubConnectionContext &connection, const ConversationId &conversation);
    [[nodiscard]] size_t leftCount(const HubConnectionContext &connection) const;
    [[nodiscard]] bool hasLeft(const HubConnectionContext &connection, const ConversationId &conversation) const;

    /// Others' messages that went to the connection, the last of them as its `place` (HubConnectionContext::probe).
    /// They count as delivered when it is known that it got there (docs/decisions/0027), and in such `haste`.
    /// @param news the message, where it is a single new one
    void sent(const HubConnectionContext &connection, const ConversationId &conversation, Sequence from,
              Sequence through, quint64 place, DeliveryTracker::Haste haste = DeliveryTracker::Haste::Now,
              std::shared_ptr<const MessageChanged> news = {});
    /// An own message stands between others' and leaves no gap there.
    void sentOwn(const HubConnectionContext &connection, const ConversationId &conversation, Sequence sequence);
    /// When the connection has got this place, it is to get more of what it missed.
    void expectMore(const HubConnectionContext &connection, quint64 place);
    /// @return whether more of what was missed is to be sent
    [[nodiscard]] bool arrived(const HubConnectionContext &connection, quint64 place);
    void forget(const HubConnectionContext &connection) { m_receivers.erase(&connection); }

private:
    /// Messages of one conversation on their way: `from` … `through`, of which those up to `middle` went out earlier.
    /// What is added later does not put off what is known of the earlier ones.
    struct Passage
    {
        Sequence from = 0, middle = 0, through = 0;
        quint64 middlePlace = 0, place = 0;
        DeliveryTracker::Haste haste = DeliveryTracker::Haste::Now;
        std::shared_ptr<const MessageChanged> news; ///< while it is the only one of others
    };
    using Passages = std::vector<Passage>;
    /// Of one conversation. Two do in all but odd cases: what was missed, and what was told meanwhile.
    static constexpr size_t maxPassages = 4;
    struct Receiver
    {
        std::unordered_set<ConversationId> left;
        std::unordered_map<ConversationId, Passages> passages;
        quint64 morePlace = 0; // 0: nothing more was missed
    };

    /// Notes what has arrived. @return whether all of it has
    bool settle(const UserId &user, const ConversationId &conversation, Passage &passage, quint64 place);

    DeliveryTracker &m_deliveries;
    std::unordered_map<const HubConnectionContext *, Receiver> m_receivers;
};

} // namespace Tertulia::Server
