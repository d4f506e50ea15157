// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/messageformatter.h"

#include "text/emojitext.h"
#include "text/markdown.h"
#include "text/plaintext.h"
#include "text/richtext.h"

namespace Tertulia {

namespace {
struct Shown
{
    QString text;
    QString mark; ///< that something was cut; empty otherwise
};

QString trimmedLines(const QString &text)
{
    // spaces in front of the first line are kept: they may be a drawing's or a code's
    qsizetype start = 0, end = text.size();
    while (end > start && text.at(end - 1).isSpace())
        --end;
    for (qsizetype i = 0; i < end && text.at(i).isSpace(); ++i) {
        if (text.at(i) == u'\n')
            start = i + 1;
    }
    return text.mid(start, end - start);
}
} // namespace

static Shown shown(QStringView content)
{
    const auto kept = withEmojiUpTo(truncated(content, MessageFormatter::longestShown), MessageFormatter::mostEmoji);
    Shown result{trimmedLines(cleanText(kept)), {}};
    if (kept.size() < content.size())
        //: Stands at the end of a message that is too long to be shown whole.
        result.mark = MessageFormatter::tr("… (the rest of this very long message is not shown)");
    return result;
}

FormattedMessage MessageFormatter::format(QStringView content)
{
    const auto [text, mark] = shown(content);
    FormattedMessage message;
    message.isEmojiOnly = mark.isEmpty() && countIfEmojiOnly(text, mostLargeEmoji) > 0;
    message.text = parseMarkdown(text).html;
    if (!mark.isEmpty())
        message.text += toParagraphs(mark);
    return message;
}

QString MessageFormatter::plain(QStringView content)
{
    const auto [text, mark] = shown(content);
    return mark.isEmpty() ? text : text + u'\n' + mark;
}

QStringList MessageFormatter::links(QStringView content)
{
    auto links = parseMarkdown(shown(content).text).links;
    links.removeDuplicates();
    return links.first(std::min<qsizetype>(links.size(), mostLinks));
}

QString MessageFormatter::preview(QStringView content, qsizetype limit)
{
    // marks take room that the words do not; four times the limit holds the words of any sane text
    return oneLine(parseMarkdown(cleanText(truncated(content, 4 * limit))).words, limit);
}

} // namespace Tertulia
