// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace Tertulia {

/// A message as it is shown.
struct FormattedMessage
{
    QString text; ///< rich text
    bool isEmojiOnly = false; ///< one to three emoji and nothing else

    friend bool operator==(const FormattedMessage &, const FormattedMessage &) = default;
};

/// Turns what people write into what is shown: a subset of Markdown (bold, italic, strikethrough, code, quotes, lists,
/// links), in which no sign is lost that was not meant as a mark (decision 114). What comes out is rich text in every
/// case (richtext.h). It holds p, b, i, s, code, pre, blockquote, ul, ol, li, br and a and nothing that could load
/// anything; links lead to http, https and mailto only, a link whose words are not its address shows its host behind
/// them, and one whose letters look like another's has a warning sign. Each line is a paragraph, so that each finds its
/// own direction. Colours are left to a style sheet in front of it.
class MessageFormatter
{
    Q_DECLARE_TR_FUNCTIONS(Tertulia::MessageFormatter)

public:
    /// UTF-16 units that are shown; four times what our server lets through. The rest is cut with a mark.
    static constexpr qsizetype longestShown = 20'000;
    /// The same for emoji: Qt 6.4 unpacks the picture of each one several times, so a message of 10,000 would hold the
    /// window for seconds.
    static constexpr int mostEmoji = 500;
    static constexpr int mostLargeEmoji = 3;
    /// A menu offers so many links; a message of nothing else has more than a thousand.
    static constexpr int mostLinks = 20;

    [[nodiscard]] static FormattedMessage format(QStringView content);
    /// Without any formatting, cleaned and cut in the same way: for copying and for the screen reader.
    [[nodiscard]] static QString plain(QStringView content);
    /// What the links of what format() shows lead to, in their order, each once; the first mostLinks.
    [[nodiscard]] static QStringList links(QStringView content);
    /// One line without the marks of formatting, for the list and for notifications.
    [[nodiscard]] static QString preview(QStringView content, qsizetype limit = 160);
};

} // namespace Tertulia
