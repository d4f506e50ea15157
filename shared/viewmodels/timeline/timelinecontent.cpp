// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a TimelineModel shows of a message.
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "text/plaintext.h"
#include "text/richtext.h"
#include "viewmodels/conversations/conversationtext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/timeline/reactiontext.h"
#include "viewmodels/timeline/timelinemodel.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

using Client::TimelineEntry;

namespace {

/// One after the other, each with the full stop it may not have, for whoever hears them.
QString asSentences(const QStringList &parts)
{
    static constexpr QStringView ends = u".!?:;\u2026";
    QString all;
    for (const QString &part : parts) {
        const auto last = std::find_if(part.crbegin(), part.crend(), [](QChar c) { return c.isPrint(); });
        if (!all.isEmpty())
            all += u' ';
        all += part;
        if (&part != &parts.constLast() && (last == part.crend() || !ends.contains(*last)))
            all += u'.';
    }
    return all;
}

ContentKind::Value kindOf(const Message &message, bool isEmojiOnly)
{
    if (message.isDeleted)
        return ContentKind::Value::Deleted;
    switch (message.type) {
    case MessageType::Text:
    case MessageType::Image: // what they show has no component yet, but their words do, or what they are
    case MessageType::Video:
    case MessageType::File:
    case MessageType::Audio:
    case MessageType::Call:
    case MessageType::System:
        return isEmojiOnly ? ContentKind::Value::Emoji : ContentKind::Value::Text;
    }
    return ContentKind::Value::Unknown;
}

bool hasWords(const Message &message)
{
    return !message.content.isEmpty() && kindOf(message, false) == ContentKind::Value::Text;
}

} // namespace

const TimelineModel::Shown &TimelineModel::shown(int row) const
{
    const auto &entry = at(row);
    if (const auto *known = m_shown.object(entry.rowId))
        return *known;
    auto *made = new Shown;
    const auto &message = entry.message;
    made->date = TimeText::dateOf(message.createdAt);
    if (hasWords(message))
        made->formatted = MessageFormatter::format(message.content);
    else
        made->formatted.text = toParagraphs(ConversationText::contentLine({}, message.type, message.isDeleted));
    m_shown.insert(entry.rowId, made); // owns it
    return *made;
}

QString TimelineModel::plainText(const TimelineEntry &entry) const
{
    const auto &message = entry.message;
    return hasWords(message) ? MessageFormatter::plain(message.content)
                             : ConversationText::contentLine({}, message.type, message.isDeleted);
}

QString TimelineModel::failureText(const TimelineEntry &entry) const
{
    if (entry.message.status != MessageStatus::Failed)
        return {};
    return ErrorText::of(entry.failure.value_or(Error::internal({})), ErrorText::Context::Send);
}

QString TimelineModel::reactionsBy(const TimelineEntry &entry, QChar between) const
{
    return ReactionText::by(entry.reactions(m_self), m_self, m_conversations.directory(), between);
}

QString TimelineModel::senderName(const TimelineEntry &entry) const
{
    const UserCard sender = m_conversations.directory().card(entry.message.senderId);
    return cleanName(sender.fullName, sender.username);
}

QString TimelineModel::statusText(const TimelineEntry &entry) const
{
    const auto shown = status(entry);
    if (shown == DeliveryStatus::Value::Read && entry.message.readAt)
        return tr("Read %1", "a date and a time").arg(m_context.time().full(*entry.message.readAt));
    return ConversationText::statusText(shown);
}

QString TimelineModel::accessibleText(const TimelineEntry &entry, const MessageContent &content) const
{
    const auto name = content.isOwn ? tr("You", "who wrote a message, read aloud") : isolated(content.senderName);
    QStringList parts{tr("%1, %2", "a name and a time, read aloud").arg(name, content.timeText),
                      isolated(MessageFormatter::preview(plainText(entry), MessageFormatter::longestShown / 4))};
    if (const auto words = ConversationText::statusText(status(entry)); !words.isEmpty())
        parts << words;
    if (!content.reactionsBy.isEmpty())
        parts << reactionsBy(entry, u',');
    if (!content.failureText.isEmpty())
        parts << content.failureText;
    return asSentences(parts);
}

MessageContent TimelineModel::contentOf(int row) const
{
    const auto &entry = at(row);
    const auto &message = entry.message;
    const auto reactions = entry.reactions(m_self);
    const auto &formatted = shown(row).formatted;
    MessageContent content;
    content.kind = int(kindOf(message, formatted.isEmojiOnly));
    content.isOwn = isOwn(entry);
    content.senderName = senderName(entry);
    content.formattedText = formatted.text;
    content.timeText = m_context.time().time(message.createdAt);
    content.fullTimeText = m_context.time().full(message.createdAt);
    content.status = int(status(entry));
    content.statusText = statusText(entry);
    content.failureText = failureText(entry);
    content.reactionsText = ReactionText::shown(reactions);
    content.reactionsBy = reactionsBy(entry, u'\n');
    content.ownReaction = ReactionText::own(reactions, m_self);
    content.accessibleText = accessibleText(entry, content);
    return content;
}

} // namespace Tertulia::ViewModels
