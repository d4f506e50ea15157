// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/plaintext.h"

#include "text/emojitext.h"
#include "text/letters.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <iterator>

namespace Tertulia {

namespace {
constexpr qsizetype longestName = 60; // characters
constexpr int mostMarks = 8; // combining marks on one letter: more than any living script needs
constexpr int mostNewlines = 3; // two empty lines

constexpr bool isControl(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

constexpr bool isBreak(char16_t code)
{
    return code == '\n' || code == '\v' || code == '\f' || code == '\r' || code == 0x85;
}

/// Drawn as nothing, of whatever use.
bool isUnseen(char32_t code)
{
    if (code < Letters::unseen[0].first)
        return false;
    const auto *const end = std::end(Letters::unseen);
    const auto *const range =
        std::lower_bound(std::begin(Letters::unseen), end, code,
                         [](const Letters::Range &one, char32_t wanted) { return one.last < wanted; });
    return range != end && range->first <= code;
}

bool isIsolateStart(char16_t c)
{
    return c >= 0x2066 && c <= 0x2068;
}

/// Of what is drawn as nothing: signs around it look otherwise without it, and it reaches no further. Joiners, marks of
/// direction, isolates, variation selectors, what puts hieroglyphs together; the empty pattern of Braille is a space in
/// people's drawings of dots.
bool isOfUse(char32_t c)
{
    return (c >= 0x200c && c <= 0x200f) || c == 0x61c || (c >= 0x2066 && c <= 0x2069) || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0x180b && c <= 0x180d) || c == 0x180f || c == 0x2800 || (c >= 0x13430 && c <= 0x13442);
}

/// Qt's text engine gives these a meaning of its own.
bool isOfQt(char16_t c)
{
    return c == 0xfffc || c >= 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

/// Builds the clean text of one without controls; one character at a time.
class Cleaner
{
public:
    explicit Cleaner(QStringView text)
        : m_text(text)
    {
        m_out.reserve(text.size());
    }

    QString run()
    {
        for (m_position = 0; m_position < m_text.size();) {
            if (const auto emoji = emojiLength(m_text, m_position); emoji > 0) {
                m_out += m_text.mid(m_position, emoji); // tags and joiners are part of it
                m_position += emoji;
                m_marks = m_newlines = 0;
            } else {
                take(m_text.at(m_position));
            }
        }
        closeIsolates();
        return m_out;
    }

private:
    void take(QChar c)
    {
        if (c.isSurrogate())
            return takeSurrogate();
        ++m_position;
        const auto code = c.unicode();
        if (code == '\n' || code == 0x2028 || code == 0x2029)
            return takeNewline();
        if ((isUnseen(code) && !isOfUse(code)) || isOfQt(code))
            return;
        if (isIsolateStart(code)) {
            ++m_isolates;
        } else if (code == 0x2069) {
            if (m_isolates == 0)
                return;
            --m_isolates;
        }
        if (c.isMark()) {
            if (++m_marks > mostMarks)
                return;
        } else {
            m_marks = 0;
        }
        m_newlines = 0;
        m_out += c;
    }

    void takeSurrogate()
    {
        const auto code = codePointAt(m_text, m_position);
        const auto units = code > 0xffff ? 2 : 1;
        const auto written = m_text.mid(m_position, units);
        m_position += units;
        if (isUnseen(code) && !isOfUse(code))
            return; // tags and variation selectors outside of an emoji carry hidden text
        m_marks = m_newlines = 0;
        if (units == 2)
            m_out += written;
        else
            m_out += QChar(QChar::ReplacementCharacter);
    }

    void takeNewline()
    {
        closeIsolates();
        m_marks = 0;
        if (++m_newlines <= mostNewlines)
            m_out += u'\n';
    }

    void closeIsolates()
    {
        for (; m_isolates > 0; --m_isolates)
            m_out += QChar(u'\u2069');
    }

    QStringView m_text;
    QString m_out;
    qsizetype m_position = 0;
    int m_isolates = 0, m_marks = 0, m_newlines = 0;
};

bool isRightToLeft(const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto direction = QChar::direction(codePointAt(text, i));
        if (direction == QChar::DirR || direction == QChar::DirAL || isIsolateStart(text.at(i).unicode()))
            return true;
    }
    return false;
}

/// Of a text that may be huge, cleaned: at least `limit` characters.
QString beginning(QStringView text, qsizetype limit)
{
    // no character as people count them needs more than this; the rest is not even looked at
    static constexpr qsizetype unitsPerCharacter = 16;
    return cleanText(truncated(text, limit * unitsPerCharacter));
}

QString cut(const QString &text, qsizetype limit)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype i = 0; i < limit; ++i) {
        if (finder.toNextBoundary() < 0)
            return text;
    }
    if (finder.position() < 0 || finder.position() >= text.size())
        return text;
    return cleanText(QStringView(text).first(finder.position())) + u'…'; // closes an isolate that was cut open
}
} // namespace

QString withoutControls(QString text)
{
    const auto isWanted = [](QChar c) { return !isControl(c.unicode()) || c == u'\n' || c == u'\t'; };
    const auto firstUnwanted = std::find_if_not(text.cbegin(), text.cend(), isWanted);
    if (firstUnwanted == text.cend())
        return text; // nearly always: nothing is copied
    const qsizetype start = firstUnwanted - text.cbegin();
    const qsizetype size = text.size();
    QChar *const begin = text.data();
    QChar *out = begin + start;
    for (qsizetype i = start; i < size; ++i) {
        const QChar c = begin[i];
        if (isBreak(c.unicode())) {
            if (c == u'\r' && i + 1 < size && begin[i + 1] == u'\n')
                ++i;
            *out++ = u'\n';
        } else if (isWanted(c)) {
            *out++ = c;
        }
    }
    text.truncate(out - begin);
    return text;
}

QString cleanText(QStringView text)
{
    return Cleaner(withoutControls(text.toString())).run();
}

QStringView truncated(QStringView text, qsizetype limit)
{
    if (text.size() <= limit)
        return text;
    // a boundary at or before the limit, looked for in a piece of the text only
    const auto piece = text.first(qMin(text.size(), limit + 1));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, piece.data(), piece.size());
    finder.setPosition(limit);
    if (!finder.isAtBoundary())
        finder.toPreviousBoundary();
    return text.first(qMax<qsizetype>(finder.position(), 0));
}

QString excerpt(QStringView text, qsizetype limit)
{
    return cut(beginning(text, limit).trimmed(), limit);
}

QString oneLine(QStringView text, qsizetype limit)
{
    return cut(beginning(text, limit).simplified(), limit);
}

QString cleanName(QStringView name, QStringView fallback)
{
    auto clean = oneLine(name, longestName);
    clean.removeIf(turnsDirection);
    if (!isBlank(clean))
        return clean;
    return fallback.isEmpty() ? QString() : cleanName(fallback);
}

QString handleOf(QStringView username)
{
    const auto name = cleanName(username);
    return name.isEmpty() ? name : isolated(u'@' + name);
}

QString isolated(const QString &text)
{
    return isRightToLeft(text) ? QChar(u'\u2068') + text + QChar(u'\u2069') : text;
}

bool turnsDirection(QChar c)
{
    const char16_t code = c.unicode();
    return code == 0x61c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

bool isBlank(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char32_t code = codePointAt(text, i);
        if (!isControl(code) && !QChar::isSpace(code) && !isUnseen(code))
            return false;
        if (code > 0xffff)
            ++i;
    }
    return true;
}

qsizetype characterCount(QStringView text)
{
    qsizetype count = text.size();
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i].isHighSurrogate() && text[i + 1].isLowSurrogate())
            --count;
    }
    return count;
}

} // namespace Tertulia
