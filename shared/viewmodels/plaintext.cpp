// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/plaintext.h"

#include "base/text.h"
#include "viewmodels/emojitext.h"

#include <QTextBoundaryFinder>

namespace Tertulia::ViewModels {

namespace {
constexpr qsizetype longestName = 60; // characters
constexpr int mostMarks = 8; // combining marks on one letter: more than any living script needs
constexpr int mostNewlines = 3; // two empty lines

bool isDirectionControl(char16_t c)
{
    return c >= 0x202A && c <= 0x202E; // embeddings and overrides; people mean isolates or marks, attackers these
}

bool isIsolateStart(char16_t c)
{
    return c >= 0x2066 && c <= 0x2068;
}

bool isInvisible(char16_t c)
{
    switch (c) {
    case 0x00AD: // soft hyphen
    case 0x034F: // combining grapheme joiner
    case 0x115F: // Hangul fillers
    case 0x1160:
    case 0x180E: // Mongolian vowel separator
    case 0x200B: // zero width space
    case 0x3164:
    case 0xFEFF: // byte order mark
    case 0xFFA0:
        return true;
    default:
        return (c >= 0x2060 && c <= 0x2064) || (c >= 0x206A && c <= 0x206F) || (c >= 0xFFF0 && c <= 0xFFFC)
            || c >= 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF); // Qt's text engine gives these a meaning of its own
    }
}

bool isControl(char16_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

/// Builds the clean text; one character at a time.
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
        if (code == '\r' && m_position < m_text.size() && m_text.at(m_position) == u'\n')
            return;
        if (code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029 || code == 0x85)
            return takeNewline();
        if (isDirectionControl(code) || isInvisible(code) || isControl(code))
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
        m_marks = m_newlines = 0;
        if (code <= 0xFFFF) {
            m_out += QChar(QChar::ReplacementCharacter);
            ++m_position;
            return;
        }
        // tags and variation selectors outside of an emoji carry hidden text
        if (code < 0xE0000 || code > 0xE0FFF)
            m_out += m_text.mid(m_position, 2);
        m_position += 2;
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
} // namespace

QString cleanText(QStringView text)
{
    return Cleaner(text).run();
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

QString oneLine(QStringView text, qsizetype limit)
{
    // no character as people count them needs more than this; the rest is not even looked at
    static constexpr qsizetype unitsPerCharacter = 16;
    auto line = cleanText(truncated(text, limit * unitsPerCharacter)).simplified();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, line);
    for (qsizetype i = 0; i < limit; ++i) {
        if (finder.toNextBoundary() < 0)
            return line;
    }
    if (finder.position() >= 0 && finder.position() < line.size())
        line = cleanText(QStringView(line).first(finder.position())) + u'…'; // closes an isolate that was cut open
    return line;
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

} // namespace Tertulia::ViewModels
