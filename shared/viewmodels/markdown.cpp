// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/markdown.h"

#include "viewmodels/richtext.h"

#include <QByteArray>
#include <QStringList>
#include <QUrl>

#include <md4c.h>

#include <vector>

namespace Tertulia::ViewModels {

using namespace Qt::StringLiterals;

namespace {
constexpr int deepestNesting = 6; // quotes and lists inside one another; deeper ones are drawn at this depth
constexpr size_t deepestInline = 8; // bold in italic in …; deeper ones change nothing

/// Builds both forms from md4c's events.
class Builder
{
public:
    MarkdownResult run(const QByteArray &utf8);
    [[nodiscard]] bool hasMarkup() const { return m_hasMarkup; }

private:
    /// Where a paragraph or an item begins: its direction is known at its end.
    struct Place
    {
        qsizetype html = 0, words = 0;
    };
    struct List
    {
        bool isOrdered = false;
        bool isNative = false; ///< ul or ol; an ordered list that does not begin with 1 is drawn by hand: Qt 6.4
        unsigned next = 1;
        bool isShown = true; ///< false below deepestNesting
        Place item = {}; ///< where the last one begins
    };

    void enterBlock(MD_BLOCKTYPE type, const void *detail);
    void leaveBlock(MD_BLOCKTYPE type);
    void enterItem();
    void enterSpan(MD_SPANTYPE type, const void *detail);
    void leaveSpan(MD_SPANTYPE type);
    void text(MD_TEXTTYPE type, const QString &text);
    void openParagraph();
    void closeParagraph();
    [[nodiscard]] Place here() const { return {m_result.html.size(), m_result.words.size()}; }
    void giveDirection(Place place, QLatin1StringView tag);
    void breakLine();
    void openInline(const QString &open, const QString &close);
    void closeInline();
    void openLink(const MD_ATTRIBUTE &address);
    void closeLink();
    void append(const QString &words);

    struct Inline
    {
        QString open, close;
    };
    struct Link
    {
        QString href; ///< empty: not let through, shown as words
        qsizetype wordsStart = 0;
    };

    MarkdownResult m_result;
    std::vector<Inline> m_inline;
    std::vector<Link> m_links;
    std::vector<List> m_lists;
    int m_depth = 0;
    bool m_hasMarkup = false; ///< anything but lines of words
    bool m_isInParagraph = false;
    Place m_paragraph;
    bool m_isInCode = false;
    bool m_isInItemStart = false;
};

QString toString(const MD_ATTRIBUTE &attribute)
{
    return QString::fromUtf8(attribute.text, qsizetype(attribute.size));
}

void Builder::openParagraph()
{
    if (m_isInParagraph)
        return;
    m_paragraph = here();
    m_result.html += "<p"_L1 + paragraphStyle;
    for (const auto &tag : m_inline)
        m_result.html += tag.open;
    m_isInParagraph = true;
}

void Builder::closeParagraph()
{
    if (!m_isInParagraph)
        return;
    for (auto tag = m_inline.rbegin(); tag != m_inline.rend(); ++tag)
        m_result.html += tag->close;
    m_result.html += "</p>"_L1;
    giveDirection(m_paragraph, "<p"_L1);
    m_isInParagraph = false;
}

void Builder::giveDirection(Place place, QLatin1StringView tag)
{
    m_result.html.insert(place.html + tag.size(), directionAttribute(QStringView(m_result.words).mid(place.words)));
}

void Builder::breakLine()
{
    m_result.words += u'\n';
    if (!m_lists.empty()) { // inside an item: a paragraph of its own would begin a new item's indent
        m_result.html += "<br>"_L1;
        return;
    }
    closeParagraph();
    openParagraph();
}

void Builder::openInline(const QString &open, const QString &close)
{
    m_hasMarkup = true;
    if (m_inline.size() >= deepestInline)
        return m_inline.push_back({});
    m_result.html += open;
    m_inline.push_back({open, close});
}

void Builder::closeInline()
{
    m_result.html += m_inline.back().close;
    m_inline.pop_back();
}

void Builder::openLink(const MD_ATTRIBUTE &address)
{
    const Link link{safeLink(toString(address)), m_result.words.size()};
    m_links.push_back(link);
    if (!link.href.isEmpty())
        openInline("<a href=\""_L1 + link.href.toHtmlEscaped() + "\">"_L1, u"</a>"_s);
    else
        openInline({}, {});
}

void Builder::closeLink()
{
    closeInline();
    const auto link = m_links.back();
    m_links.pop_back();
    if (link.href.isEmpty())
        return;
    // Words that are not the address may lie about where it leads.
    const auto words = m_result.words.mid(link.wordsStart).trimmed();
    const QUrl url(link.href);
    const auto place = url.scheme() == "mailto"_L1 ? url.path() : url.host(QUrl::FullyEncoded);
    if (words == link.href || safeLink(words) == link.href || safeLink(u"http://"_s + words) == link.href
        || safeLink(u"mailto:"_s + words) == link.href)
        return;
    append(" ("_L1 + place + u')');
}

void Builder::append(const QString &words)
{
    m_result.html += toHtml(words);
    m_result.words += words;
}

void Builder::enterItem()
{
    auto &list = m_lists.back();
    if (list.isNative && list.isShown) {
        list.item = here();
        m_result.html += "<li style=\"white-space:pre-wrap\">"_L1;
        m_isInParagraph = false;
    } else {
        closeParagraph();
        openParagraph();
    }
    const auto mark = list.isOrdered ? QString::number(list.next) + u". "_s : u"• "_s;
    m_result.words += mark;
    if (!list.isNative || !list.isShown)
        m_result.html += mark;
    ++list.next;
    m_isInItemStart = true;
}

void Builder::enterBlock(MD_BLOCKTYPE type, const void *detail)
{
    if (!m_result.words.isEmpty() && !m_result.words.endsWith(u'\n') && type != MD_BLOCK_DOC && !m_isInItemStart)
        m_result.words += u'\n';
    switch (type) {
    case MD_BLOCK_QUOTE:
        closeParagraph();
        m_hasMarkup = true;
        if (++m_depth <= deepestNesting)
            m_result.html += "<blockquote>"_L1;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL: {
        closeParagraph();
        m_hasMarkup = true;
        List list{type == MD_BLOCK_OL, true, 1, ++m_depth <= deepestNesting};
        if (list.isOrdered)
            list.next = static_cast<const MD_BLOCK_OL_DETAIL *>(detail)->start;
        list.isNative = !list.isOrdered || list.next == 1;
        m_lists.push_back(list);
        if (list.isNative && list.isShown)
            m_result.html += list.isOrdered ? "<ol>"_L1 : "<ul>"_L1;
        m_isInItemStart = false;
        break;
    }
    case MD_BLOCK_LI:
        enterItem();
        break;
    case MD_BLOCK_CODE:
        closeParagraph();
        m_hasMarkup = true;
        m_result.html += "<pre dir=\"ltr\""_L1 + paragraphStyle; // code is written from left to right
        m_isInCode = true;
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_H:
        if (m_lists.empty()) {
            if (m_isInParagraph)
                closeParagraph();
            else if (m_result.html.endsWith("</p>"_L1)) { // the empty line that was written between two
                m_result.html += emptyParagraph;
                m_result.words += u'\n';
            }
            openParagraph();
        } else if (!m_isInItemStart) {
            m_result.html += "<br>"_L1;
        }
        m_isInItemStart = false;
        break;
    default:
        break;
    }
}

void Builder::leaveBlock(MD_BLOCKTYPE type)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        closeParagraph();
        if (m_depth-- <= deepestNesting)
            m_result.html += "</blockquote>"_L1;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL: {
        closeParagraph();
        const auto list = m_lists.back();
        m_lists.pop_back();
        --m_depth;
        if (list.isNative && list.isShown)
            m_result.html += list.isOrdered ? "</ol>"_L1 : "</ul>"_L1;
        break;
    }
    case MD_BLOCK_LI:
        m_isInItemStart = false;
        if (m_lists.back().isNative && m_lists.back().isShown) {
            m_result.html += "</li>"_L1;
            giveDirection(m_lists.back().item, "<li"_L1);
        } else {
            closeParagraph();
        }
        break;
    case MD_BLOCK_CODE:
        m_isInCode = false;
        if (m_result.html.endsWith(u'\n'))
            m_result.html.chop(1);
        m_result.html += "</pre>"_L1;
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_H:
        if (m_lists.empty())
            closeParagraph();
        break;
    default:
        break;
    }
}

void Builder::enterSpan(MD_SPANTYPE type, const void *detail)
{
    m_isInItemStart = false;
    switch (type) {
    case MD_SPAN_STRONG:
        return openInline(u"<b>"_s, u"</b>"_s);
    case MD_SPAN_EM:
        return openInline(u"<i>"_s, u"</i>"_s);
    case MD_SPAN_DEL:
        return openInline(u"<s>"_s, u"</s>"_s);
    case MD_SPAN_CODE:
        openInline(u"<code>"_s, u"</code>"_s);
        m_isInCode = true;
        return;
    case MD_SPAN_A:
        return openLink(static_cast<const MD_SPAN_A_DETAIL *>(detail)->href);
    case MD_SPAN_IMG: // a picture is a link to it: nothing is fetched because somebody wrote it
        return openLink(static_cast<const MD_SPAN_IMG_DETAIL *>(detail)->src);
    default:
        return openInline({}, {});
    }
}

void Builder::leaveSpan(MD_SPANTYPE type)
{
    if (type == MD_SPAN_A || type == MD_SPAN_IMG)
        return closeLink();
    if (type == MD_SPAN_CODE)
        m_isInCode = false;
    closeInline();
}

void Builder::text(MD_TEXTTYPE type, const QString &text)
{
    m_isInItemStart = false;
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        return breakLine();
    case MD_TEXT_NULLCHAR:
        return append(QString(QChar(QChar::ReplacementCharacter)));
    default: // entities and HTML are words like others: people who write &amp; mean it
        return append(text);
    }
}

MarkdownResult Builder::run(const QByteArray &utf8)
{
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_STRIKETHROUGH
        | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *self) {
        static_cast<Builder *>(self)->enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void *, void *self) {
        static_cast<Builder *>(self)->leaveBlock(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *self) {
        static_cast<Builder *>(self)->enterSpan(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *self) {
        static_cast<Builder *>(self)->leaveSpan(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *self) {
        static_cast<Builder *>(self)->text(type, QString::fromUtf8(text, qsizetype(size)));
        return 0;
    };
    md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, this);
    closeParagraph();
    return std::move(m_result);
}

/// Whether a line consists of that character (and spaces) only.
bool isOnly(QStringView line, char16_t c)
{
    qsizetype count = 0;
    for (const auto here : line) {
        if (here == c)
            ++count;
        else if (!here.isSpace())
            return false;
    }
    return count > 0;
}

/// What is no part of our subset must not lose its signs: headings and rulers are written as they came.
QString withoutHeadings(const QString &text)
{
    QStringList lines = text.split(u'\n');
    QString fence;
    for (auto &line : lines) {
        qsizetype start = 0;
        while (start < line.size() && (line.at(start).isSpace() || line.at(start) == u'>'))
            ++start;
        const auto content = QStringView(line).mid(start);
        const bool isFence = content.startsWith(u"```") || content.startsWith(u"~~~");
        if (isFence && fence.isEmpty())
            fence = content.first(3).toString();
        else if (isFence && content.startsWith(fence) && isOnly(content, fence.at(0).unicode()))
            fence.clear();
        else if (fence.isEmpty()
                 && (content.startsWith(u'#') || isOnly(content, u'=') || isOnly(content, u'-') || isOnly(content, u'_')
                     || isOnly(content, u'*') || isOnly(content, u'+')))
            line.insert(start, u'\\');
    }
    return lines.join(u'\n');
}

bool canHaveMarkup(const QString &text)
{
    static constexpr QStringView signs = u"*_~`[<>\\@&:+-.)";
    for (const auto c : text) {
        if (c.unicode() < 0x80 ? signs.contains(c) : c.unicode() == 0xFE0F)
            return true;
    }
    return false;
}
} // namespace

MarkdownResult parseMarkdown(const QString &text)
{
    if (!canHaveMarkup(text)) // most of what people write
        return {toParagraphs(text), text};
    Builder builder;
    auto result = builder.run(withoutHeadings(text).toUtf8());
    if (!builder.hasMarkup() && !text.contains(u'\\')) // spaces at the ends of lines and empty lines stay as they were
        return {toParagraphs(text), text};
    return result;
}

QString safeLink(const QString &address)
{
    static constexpr qsizetype longestAddress = 2'000;
    if (address.size() > longestAddress)
        return {};
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    const auto scheme = url.scheme();
    if (!url.isValid() || !url.userInfo().isEmpty())
        return {};
    const bool isWeb = (scheme == "http"_L1 || scheme == "https"_L1) && !url.host().isEmpty();
    const bool isMail = scheme == "mailto"_L1 && url.path().contains(u'@');
    return isWeb || isMail ? url.toString(QUrl::FullyEncoded) : QString();
}

} // namespace Tertulia::ViewModels
