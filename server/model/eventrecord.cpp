// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/eventrecord.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

QString kindOf(MessageChange what)
{
    switch (what) {
    case MessageChange::Sent:
        return u"message.sent"_s;
    case MessageChange::Reacted:
        return u"message.reacted"_s;
    }
    Q_UNREACHABLE();
}

EventRecord record(const MessageChanged &event)
{
    EventRecord record;
    record.kind = kindOf(event.what);
    record.conversation = event.message.conversationId;
    record.message = event.message.id;
    record.sequence = event.message.sequence;
    record.revision = event.message.revision;
    record.by = event.by;
    return record;
}

EventRecord record(const MessageStatusChanged &event)
{
    EventRecord record;
    record.kind = event.status == MessageStatus::Read ? u"marks.read"_s : u"marks.delivered"_s;
    record.conversation = event.conversation;
    if (!event.messages.empty())
        record.sequence = event.messages.back().sequence;
    record.by = event.by;
    return record;
}

EventRecord record(const MarksMoved &event)
{
    EventRecord record;
    record.kind = u"marks.moved"_s;
    record.conversation = event.conversation;
    return record;
}

EventRecord record(const ConversationChanged &event)
{
    EventRecord record;
    record.kind = u"conversation.changed"_s;
    record.conversation = event.conversation.id;
    record.revision = event.conversation.revision;
    record.user = event.user;
    return record;
}

EventRecord record(const ConversationDeleted &event)
{
    EventRecord record;
    record.kind = u"conversation.deleted"_s;
    record.conversation = event.conversation;
    record.sequence = event.hiddenThrough;
    record.user = event.user;
    return record;
}

EventRecord record(const SessionEnded &event)
{
    EventRecord record;
    record.kind = u"session.ended"_s;
    record.user = event.user;
    if (!event.session.isNull())
        record.session = event.session;
    record.until = event.until;
    return record;
}

} // namespace

EventRecord recordOf(const DomainEvent &event)
{
    return std::visit([](const auto &one) { return record(one); }, event);
}

} // namespace Tertulia::Server
