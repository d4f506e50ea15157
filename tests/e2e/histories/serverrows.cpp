// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/histories/serverrows.h"

#include "app/waiting.h"
#include "e2e/support/besideserver.h"
#include "protocol/marks.h"
#include "store/messagestore.h"

#include <algorithm>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;
using namespace Tertulia::Server;

namespace {

std::vector<ConversationRow> conversationsOf(ReadTransaction &tx, UserId user)
{
    std::vector<ConversationRow> all;
    std::vector<ConversationNumber> numbers;
    for (auto rows = tx.query("SELECT key FROM conversation_members WHERE user_id = ?", user); rows.next();)
        numbers.push_back(rows.integer(0) / memberSlots);
    for (const ConversationNumber number : numbers)
        all.push_back(ConversationStore::find(tx, number).value());
    return all;
}

/// Of messages that `user` has sent: the least advanced of the others.
RecipientMarks marksOfOthers(const ConversationRow &conversation, UserId user)
{
    if (conversation.memberCount == 1)
        return {}; // nobody gets it
    RecipientMarks least{.delivered = conversation.lastSequence, .read = conversation.lastSequence};
    for (const MemberRow &member : conversation.members) {
        if (member.user() == user)
            continue;
        least.read = std::min(least.read, member.read.through);
        least.delivered = std::min(least.delivered, std::max(member.read.through, member.delivered.through));
    }
    return least;
}

QString wordsOf(const Message &message)
{
    QString words = u"%1 %2 %3 %4 %5"_s.arg(message.sequence)
                        .arg(message.revision)
                        .arg(message.id.toString(), message.senderId.toString(), message.content);
    for (const Reaction &one : message.reactions)
        words += u' ' + one.userId.toString() + u':' + one.reaction;
    return words;
}

QString differs(ReadTransaction &tx, const ConversationRow &row, UserId user, const Client::ConversationEntry &shown,
                const Client::Timeline &timeline)
{
    const MemberRow &member = *row.member(user);
    const auto expected = MessageStore::range(tx, row, member.hiddenThrough + 1, row.lastSequence);
    if (Sequence(expected.size()) != row.lastSequence - member.hiddenThrough)
        return u"the server's sequences have gaps"_s;
    if (timeline.count() != int(expected.size()))
        return u"%1 messages, %2 are shown"_s.arg(expected.size()).arg(timeline.count());
    const RecipientMarks others = marksOfOthers(row, user);
    for (size_t i = 0; i < expected.size(); ++i) {
        const Client::TimelineEntry &entry = timeline.at(timeline.count() - 1 - int(i));
        if (wordsOf(entry.message) != wordsOf(expected[i]))
            return u"%1, but shown is %2"_s.arg(wordsOf(expected[i]), wordsOf(entry.message));
        if (expected[i].senderId == user && timeline.statusOf(entry) != statusAt(expected[i].sequence, others))
            return u"the status of "_s + wordsOf(expected[i]);
    }
    const auto unread = std::count_if(expected.begin(), expected.end(), [&](const Message &one) {
        return one.senderId != user && one.sequence > member.read.through;
    });
    if (member.unread(row.lastSequence) != unread)
        return u"the server counts %1 unread, and there are %2"_s.arg(member.unread(row.lastSequence)).arg(unread);
    if (shown.conversation.unreadCount != member.unread(row.lastSequence))
        return u"unread %1, shown %2"_s.arg(member.unread(row.lastSequence)).arg(shown.conversation.unreadCount);
    if (shown.lastSequence() != (expected.empty() ? 0 : row.lastSequence))
        return u"the last message"_s;
    if (shown.conversation.updatedAt != row.updatedAt)
        return u"the time"_s;
    return {};
}

} // namespace

ServerRows::ServerRows(const QString &dataFolder)
    : m_executor(besideServer(dataFolder))
{
    if (const auto started = m_executor.start(); !started)
        qFatal("%s", qPrintable(started.error().message));
}

QString ServerRows::differs(UserId user, Client::ConversationClient &shown)
{
    return waitForRead<QString>(
               m_executor,
               [&](ReadTransaction &tx) -> Result<QString> {
                   auto rows = conversationsOf(tx, user);
                   std::erase_if(rows, [user](const ConversationRow &row) { return !row.isListed(*row.member(user)); });
                   std::sort(rows.begin(), rows.end(), [](const ConversationRow &one, const ConversationRow &other) {
                       return one.updatedAt != other.updatedAt ? one.updatedAt > other.updatedAt : one.id < other.id;
                   });
                   if (int(rows.size()) != shown.count())
                       return u"%1 conversations, %2 are shown"_s.arg(rows.size()).arg(shown.count());
                   for (size_t i = 0; i < rows.size(); ++i) {
                       const Client::ConversationEntry &entry = shown.at(int(i));
                       if (entry.conversation.id != rows[i].id)
                           return u"another conversation is at %1 of the list"_s.arg(i);
                       const Client::Timeline *const timeline = shown.timeline(rows[i].id);
                       const QString one =
                           timeline ? Test::differs(tx, rows[i], user, entry, *timeline) : u"not open"_s;
                       if (!one.isEmpty())
                           return u"conversation %1 of the list: "_s.arg(i) + one;
                   }
                   return QString();
               })
        .value_or(u"the rows cannot be read"_s);
}

std::map<MessageId, Message> ServerRows::messagesOf(const std::vector<UserId> &people)
{
    using All = std::map<MessageId, Message>;
    return waitForRead<All>(m_executor,
                            [&](ReadTransaction &tx) -> Result<All> {
                                All all;
                                for (const UserId &user : people) {
                                    for (const ConversationRow &row : conversationsOf(tx, user)) {
                                        for (Message &one : MessageStore::range(tx, row, 1, row.lastSequence))
                                            all.insert_or_assign(one.id, std::move(one));
                                    }
                                }
                                return all;
                            })
        .value_or(All());
}

} // namespace Tertulia::Test
