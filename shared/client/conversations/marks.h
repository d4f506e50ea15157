// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/clientparts.h"
#include "client/conversations/conversationlist.h"
#include "client/transport/scheduler.h"
#include "protocol/chat.h"

#include <QObject>

#include <chrono>
#include <unordered_set>
#include <vector>

namespace Tertulia::Client {

/// How far each conversation is read here, and how far the others have come in it; the status of a message follows from
/// the latter (statusAt). Whatever the server says of either, by whatever way and in whatever order, comes to one
/// thing: the mark is here at least. A mark takes effect in the list and the store at once; a person's own stays in the
/// store until the server has heard of it.
class Marks : public QObject
{
    Q_OBJECT
public:
    /// @param delay marks of a scrolling view are told together
    Marks(const ClientParts &parts, Scheduler &scheduler, ConversationList &list, std::chrono::milliseconds delay);

    void setEnabled(bool isEnabled);
    /// Read here, as far as what is here goes: the server hears of a message, not of a place.
    void mark(const ConversationId &id, Sequence upTo);
    // What the server says, as it came, of conversations that the list has.
    void take(const Conversation &conversation);
    /// Statuses of one's own messages tell of the others, those of others' messages of what was read elsewhere.
    void take(const std::vector<Message> &messages);
    /// @param message it is about, where it is known
    void take(const MessageStatusData &status, const std::optional<Message> &message);
    /// Of all conversations: the server will say anew, and perhaps less.
    void forget();
    /// Tells the server what it does not know yet, when it can be reached.
    void flush();

Q_SIGNALS:
    void moved(const Tertulia::ConversationId &id, Tertulia::Sequence upTo);
    /// More has happened while the mark was under way: what of it the server counted only its conversation says.
    void countUnknown(const Tertulia::ConversationId &id);

private:
    /// What somebody says: the marks are here at least. 0: nothing.
    struct Said
    {
        Sequence readThrough = 0;
        RecipientMarks others;

        void add(Sequence sequence, bool isOwn, MessageStatus status);
    };

    /// The newest up to there that is here; the list knows the last one, though the store may not have it.
    [[nodiscard]] std::pair<Sequence, MessageId> newestHere(const ConversationEntry &entry, Sequence upTo) const;
    void raise(const ConversationId &id, const Said &said);
    void send(const ConversationId &id, Sequence upTo, const MessageId &message);
    void sent(const ConversationId &id, Sequence upTo, Sequence last, const Result<MarkReadResult> &marked);

    const ClientParts m_parts;
    ConversationList &m_list;
    const std::chrono::milliseconds m_delay;
    bool m_isEnabled = false;
    std::unordered_set<ConversationId> m_underWay;
    Alarm m_alarm;
};

} // namespace Tertulia::Client
