// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/deliverytracker.h"
#include "signalr/hubconnectioncontext.h"

#include <functional>
#include <unordered_set>

namespace Tertulia::Server {

/// What the chat hub knows of a connection beyond its groups: which conversations it has left, and which messages are
/// on their way to it. One of which there never was anything to know has none. The connection's thread only.
class ChatReceiver final : public HubItems
{
public:
    /// Null: nothing is known of it.
    [[nodiscard]] static ChatReceiver *find(const HubConnectionContext &connection);
    [[nodiscard]] static ChatReceiver &of(HubConnectionContext &connection);

    /// LeaveConversation: its messages are not for this connection, until it joins again.
    void leave(const ConversationId &conversation) { m_left.insert(conversation); }
    void join(const ConversationId &conversation) { m_left.erase(conversation); }
    [[nodiscard]] size_t leftCount() const { return m_left.size(); }
    [[nodiscard]] bool hasLeft(const ConversationId &conversation) const { return m_left.contains(conversation); }

    /// Others' messages that went to the connection, the last of them as its `place` (HubConnectionContext::probe).
    /// They count as delivered when it is known that it got there (docs/decisions/0027), and in such `haste`.
    /// @param news the message, where it is a single new one
    void sent(const ConversationId &conversation, Sequence from, Sequence through, quint64 place,
              DeliveryTracker::Haste haste = DeliveryTracker::Haste::Now,
              std::shared_ptr<const MessageChanged> news = {});
    /// An own message stands between others' and leaves no gap there.
    void sentOwn(const ConversationId &conversation, Sequence sequence);
    /// When the connection has got this place, it is to get more of what it missed.
    void expectMore(quint64 place) { m_morePlace = place; }

    using Tell = std::function<void(const ConversationId &, Sequence from, Sequence through,
                                    DeliveryTracker::Haste haste, const std::shared_ptr<const MessageChanged> &news)>;
    /// The connection has got all up to this place: tells what that was.
    /// @return whether more of what was missed is to be sent
    [[nodiscard]] bool arrived(quint64 place, const Tell &tell);

private:
    /// Messages of one conversation on their way: `from` … `through`, of which those up to `middle` went out earlier.
    /// What is added later does not put off what is known of the earlier ones.
    struct Passage
    {
        ConversationId conversation;
        Sequence from = 0, middle = 0, through = 0;
        quint64 middlePlace = 0, place = 0;
        DeliveryTracker::Haste haste = DeliveryTracker::Haste::Now;
        std::shared_ptr<const MessageChanged> news; ///< while it is the only one of others
    };
    /// Of one conversation. Two do in all but odd cases: what was missed, and what was told meanwhile.
    static constexpr int maxPassages = 4;

    [[nodiscard]] std::vector<Passage>::iterator firstOf(const ConversationId &conversation);
    /// @return whether all of it has arrived
    [[nodiscard]] static bool settle(Passage &passage, quint64 place, const Tell &tell);

    std::unordered_set<ConversationId> m_left;
    std::vector<Passage> m_passages; ///< by conversation
    quint64 m_morePlace = 0; ///< 0: nothing more was missed
};

} // namespace Tertulia::Server
