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

namespace Tertulia::Client {

/// How far each conversation is read. A mark takes effect in the list and the store at once, and stays in the store
/// until the server has heard of it.
class ReadMarks : public QObject
{
    Q_OBJECT
public:
    /// @param delay marks of a scrolling view are told together
    ReadMarks(const ClientParts &parts, Scheduler &scheduler, ConversationList &list, std::chrono::milliseconds delay);

    void setEnabled(bool isEnabled);
    /// Read here.
    void mark(const ConversationId &id, Sequence upTo);
    /// Read on another device, as the server said.
    void note(const ConversationId &id, Sequence upTo);
    /// Tells the server what it does not know yet, when it can be reached.
    void flush();

Q_SIGNALS:
    void moved(const Tertulia::ConversationId &id, Tertulia::Sequence upTo);
    /// More has happened while the mark was under way: what of it the server counted only its conversation says.
    void countUnknown(const Tertulia::ConversationId &id);

private:
    void send(const ConversationId &id, Sequence upTo);
    void sent(const ConversationId &id, Sequence upTo, Sequence last, const Result<MarkReadResult> &marked);

    const ClientParts m_parts;
    ConversationList &m_list;
    const std::chrono::milliseconds m_delay;
    bool m_isEnabled = false;
    std::unordered_set<ConversationId> m_underWay;
    Alarm m_alarm;
};

} // namespace Tertulia::Client
