// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdown.h"

#include "text/inlinemarks.h"
#include "text/richtext.h"

#include <QList>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr int deepestNesting = 6; // quotes and lists inside one another; the marks of deeper ones are words
constexpr qsizetype mostInVain = 20'000; // lines looked at for lists that are none; what comes then is none

using Lines = QList<QStringView>;

qsizetype indentOf(QStringView line)
{
    qsizetype indent = 0;
    while (indent < line.size() && (line.at(indent) == u' ' || line.at(indent) == u'\t'))
        ++indent;
    return indent;
}

/// What stands behind the mark of a quote; nothing when the line has none.
std::optional<QStringView> quoted(QStringView line)
{
    if (line.startsWith(u"> "))
        return line.sliced(2);
    return line == u">"_s ? std::optional(QStringView()) : std::nullopt;
}

struct Item
{
    qsizetype indent = 0;
    QStringView mark; ///< as it was written: a sign or a number
    QString text; ///< of several lines when lines that are indented follow
};

bool isBullet(const Item &item)
{
    return !item.mark.front().isDigit();
}

std::optional<Item> itemOf(QStringView line)
{
    const auto indent = indentOf(line);
    const auto content = line.sliced(indent);
    qsizetype mark = 0;
    while (mark < content.size() && mark < 4 && content.at(mark) >= u'0' && content.at(mark) <= u'9')
        ++mark;
    const bool isNumber = mark > 0 && content.sliced(mark).startsWith(u". ");
    if (!isNumber && !content.startsWith(u"- ") && !content.startsWith(u"* "))
        return {};
    const auto text = content.sliced(isNumber ? mark + 2 : 2);
    return text.trimmed().isEmpty() ? std::nullopt
                                    : std::optional(Item{indent, content.first(isNumber ? mark : 1), text.toString()});
}

/// The sign and length of a fence, as in ```cpp; 0: none.
std::pair<char16_t, qsizetype> fenceOf(QStringView line)
{
    line = line.sliced(indentOf(line));
    const char16_t sign = line.isEmpty() ? u' ' : line.at(0).unicode();
    qsizetype length = 0;
    while (length < line.size() && line.at(length) == sign)
        ++length;
    const bool isFence = (sign == u'`' && !line.sliced(length).contains(u'`')) || sign == u'~';
    return isFence && length >= 3 ? std::pair(sign, length) : std::pair(u' ', qsizetype(0));
}

/// Builds both forms, block by block.
class Builder
{
public:
    MarkdownResult run(const QString &text)
    {
        writeBlocks(QStringView(text).split(u'\n'), 0);
        return std::move(m_result);
    }

private:
    /// Of a block that begins at a line: behind its last line; the line itself when none begins there.
    [[nodiscard]] static qsizetype quoteEnd(const Lines &lines, qsizetype at, int depth);
    [[nodiscard]] static qsizetype codeEnd(const Lines &lines, qsizetype at, std::map<char16_t, qsizetype> &unclosed);
    [[nodiscard]] qsizetype listEnd(const Lines &lines, qsizetype at);
    [[nodiscard]] bool isList(size_t from, size_t to, int depth) const;
    [[nodiscard]] size_t siblingAfter(size_t at, size_t to) const;

    void writeBlocks(const Lines &lines, int depth);
    void writeQuote(const Lines &lines, qsizetype from, qsizetype to, int depth);
    void writeCode(const Lines &lines, qsizetype from, qsizetype to);
    void writeList(size_t from, size_t to);
    void writeParagraphs(const Lines &lines, qsizetype from, qsizetype to);
    void beginLine()
    {
        if (m_hasLine)
            m_result.words += u'\n';
        m_hasLine = true;
    }

    MarkdownResult m_result;
    std::vector<Item> m_items; ///< of the list at hand, those within others behind these
    qsizetype m_inVain = 0;
    bool m_hasLine = false;
};

void Builder::writeBlocks(const Lines &lines, int depth)
{
    std::map<char16_t, qsizetype> unclosed;
    qsizetype written = 0;
    for (qsizetype at = 0; at < lines.size();) {
        const auto quote = quoteEnd(lines, at, depth);
        const auto code = quote > at ? at : codeEnd(lines, at, unclosed);
        const auto list = quote > at || code > at ? at : listEnd(lines, at);
        const auto end = std::max({quote, code, list});
        if (end == at) {
            ++at;
            continue;
        }
        writeParagraphs(lines, written, at);
        if (quote > at)
            writeQuote(lines, at, end, depth);
        else if (code > at)
            writeCode(lines, at, end);
        else
            writeList(0, m_items.size());
        written = at = end;
    }
    writeParagraphs(lines, written, lines.size());
}

qsizetype Builder::quoteEnd(const Lines &lines, qsizetype at, int depth)
{
    // It begins with words: `> 5` is a comparison and `> :(` a face.
    const auto first = quoted(lines.at(at)).value_or(QStringView());
    const bool isWords = std::any_of(first.cbegin(), first.cend(), [](QChar c) { return c.isLetter() || c == u'>'; });
    if (depth == deepestNesting || !isWords || first.front().isDigit())
        return at;
    while (at < lines.size() && quoted(lines.at(at)))
        ++at;
    return at;
}

void Builder::writeQuote(const Lines &lines, qsizetype from, qsizetype to, int depth)
{
    Lines inner;
    for (auto at = from; at < to; ++at)
        inner.append(quoted(lines.at(at)).value_or(QStringView()));
    m_result.html += "<blockquote>"_L1;
    writeBlocks(inner, depth + 1);
    m_result.html += "</blockquote>"_L1;
}

/// @param unclosed the shortest fence of each sign that is known to have no end: whatever is written, each line is
/// looked at a few times only
qsizetype Builder::codeEnd(const Lines &lines, qsizetype at, std::map<char16_t, qsizetype> &unclosed)
{
    const auto [sign, length] = fenceOf(lines.at(at));
    if (length == 0 || (unclosed.contains(sign) && length >= unclosed.at(sign)))
        return at;
    for (auto end = at + 1; end < lines.size(); ++end) {
        const auto line = lines.at(end).trimmed();
        if (line.size() >= length && line.count(QChar(sign)) == line.size())
            return end + 1;
    }
    unclosed[sign] = length;
    return at;
}

void Builder::writeCode(const Lines &lines, qsizetype from, qsizetype to)
{
    m_result.html += "<pre dir=\"ltr\""_L1 + paragraphStyle; // code is written from left to right
    for (auto at = from + 1; at < to - 1; ++at) {
        beginLine();
        m_result.html += (at > from + 1 ? u"\n"_s : QString()) + lines.at(at).toString().toHtmlEscaped();
        m_result.words += lines.at(at);
    }
    m_result.html += "</pre>"_L1;
}

/// Puts the items into m_items.
qsizetype Builder::listEnd(const Lines &lines, qsizetype at)
{
    m_items.clear();
    if (m_inVain >= mostInVain) // whatever is written, each line is looked at a few times only
        return at;
    auto end = at;
    for (; end < lines.size(); ++end) {
        if (auto item = itemOf(lines.at(end)))
            m_items.push_back(std::move(*item));
        else if (const auto indent = indentOf(lines.at(end));
                 !m_items.empty() && indent >= 2 && indent < lines.at(end).size())
            (m_items.back().text += u'\n') += lines.at(end).sliced(indent);
        else
            break;
    }
    if (isList(0, m_items.size(), 0))
        return end;
    m_inVain += end - at;
    return at;
}

size_t Builder::siblingAfter(size_t at, size_t to) const
{
    const auto indent = m_items[at].indent;
    for (++at; at < to && m_items[at].indent > indent; ++at) { }
    return at;
}

/// People write `- 5` and `10. May` without meaning a list: it takes two items at least, bullets that are no minus
/// signs, and numbers as we would write them. What is no list shows its own marks, and nothing is lost.
bool Builder::isList(size_t from, size_t to, int depth) const
{
    if (depth == deepestNesting || from == to)
        return false;
    int count = 0;
    bool isArithmetic = isBullet(m_items[from]);
    for (auto at = from; at < to;) {
        const auto &item = m_items[at];
        ++count;
        const bool isNext =
            isBullet(m_items[from]) ? item.mark == m_items[from].mark : item.mark == QString::number(count);
        if (item.indent != m_items[from].indent || !isNext)
            return false;
        isArithmetic = isArithmetic && item.text.front().isDigit();
        const auto next = siblingAfter(at, to);
        if (next > at + 1 && !isList(at + 1, next, depth + 1))
            return false;
        at = next;
    }
    return !isArithmetic && (count > 1 || depth > 0);
}

void Builder::writeList(size_t from, size_t to)
{
    const auto tag = isBullet(m_items[from]) ? "ul>"_L1 : "ol>"_L1;
    m_result.html += u'<' + tag;
    for (auto at = from; at < to;) {
        const auto &item = m_items[at];
        const auto next = siblingAfter(at, to);
        m_result.html += "<li"_L1 + directionAttribute(item.text) + " style=\"white-space:pre-wrap\">"_L1;
        beginLine();
        m_result.words += isBullet(item) ? u"• "_s : item.mark.toString() + u". "_s;
        const auto lines = parseInline(item.text);
        for (size_t i = 0; i < lines.size(); ++i) {
            m_result.html += (i > 0 ? "<br>"_L1 : ""_L1) + lines[i].html; // a paragraph would be indented anew
            m_result.words += (i > 0 ? u"\n"_s : QString()) + lines[i].words;
            m_result.links += lines[i].links;
        }
        if (next > at + 1)
            writeList(at + 1, next);
        m_result.html += "</li>"_L1;
        at = next;
    }
    m_result.html += "</"_L1 + tag;
}

void Builder::writeParagraphs(const Lines &lines, qsizetype from, qsizetype to)
{
    // Other blocks have a distance of their own around them: the empty line there is it.
    if (from > 0 && from < to && lines.at(from).isEmpty())
        ++from;
    if (to < lines.size() && from < to && lines.at(to - 1).isEmpty())
        --to;
    while (from < to) {
        auto end = from;
        QString text;
        for (; end < to && !lines.at(end).isEmpty(); ++end)
            (text += end > from ? u"\n"_s : QString()) += lines.at(end);
        for (const auto &line : end > from ? parseInline(text) : std::vector<InlineLine>()) {
            beginLine();
            m_result.html += "<p"_L1 + directionAttribute(line.words) + paragraphStyle + line.html + "</p>"_L1;
            m_result.words += line.words;
            m_result.links += line.links;
        }
        if (end < to) {
            beginLine();
            m_result.html += emptyParagraph;
            ++end;
        }
        from = end;
    }
}

bool canHaveMarkup(QStringView text)
{
    static constexpr QStringView signs = u"*_~`[>@:.-";
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return signs.contains(c); });
}
} // namespace

MarkdownResult parseMarkdown(const QString &text)
{
    if (!canHaveMarkup(text)) // most of what people write
        return {toParagraphs(text), text, {}};
    return Builder().run(text);
}

} // namespace Tertulia
