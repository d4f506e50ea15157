// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/inlinemarks.h"

#include "text/emojitext.h"
#include "text/links.h"
#include "text/richtext.h"

#include <unordered_map>

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr size_t mostOpen = 8; // marks that wait to be closed; beyond it the outermost is none
constexpr qsizetype longestTarget = 2'000;

struct Piece
{
    enum class Kind : quint8 { Words, Code, Break, Open, Close, LinkOpen, LinkClose };

    Kind kind = Kind::Words;
    QStringView text; ///< of words and code; of a mark how it was written
    char16_t tag = 0; ///< of Open and Close: b, i, s
    QString href = {};
    bool isBare = false; ///< of links: the address is what stands there
};

bool isDelimiter(QChar c)
{
    return c == u'*' || c == u'_' || c == u'~';
}

/// Scripts that put no spaces between words: a mark may stand anywhere.
bool isUnspaced(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul: // particles follow without a space
    case QChar::Script_Bopomofo:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
    case QChar::Script_Tibetan:
        return true;
    default:
        return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF); // their punctuation
    }
}

bool isQuote(char32_t c)
{
    return c <= 0xFFFF && QStringView(u"\"'“”‘’«»„‚").contains(QChar(char16_t(c)));
}

bool isBorder(char32_t c)
{
    return QChar::isSpace(c) || isUnspaced(c) || QChar::category(c) == QChar::Symbol_Other || isQuote(c) || c == u'—'
        || c == u'–' || c == u'…';
}

bool isOpening(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Punctuation_Open || category == QChar::Punctuation_InitialQuote;
}

bool isClosing(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Punctuation_Close || category == QChar::Punctuation_FinalQuote
        || (c < 0x80 && QStringView(u".,;:!?").contains(QChar(char16_t(c))));
}

/// Finds the marks; those that are never closed become words again.
class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {
        pairBrackets();
        pairTicks();
    }

    std::vector<Piece> run()
    {
        scan(0, m_text.size(), false);
        return std::move(m_pieces);
    }

private:
    void pairBrackets();
    void pairTicks();
    void scan(qsizetype from, qsizetype to, bool isInLink);
    qsizetype takeTicks(qsizetype at, qsizetype end);
    qsizetype takeDelimiters(qsizetype at, qsizetype end);
    qsizetype takeLabel(qsizetype at, qsizetype end);
    qsizetype takeAddress(qsizetype at, qsizetype end);
    void close(QStringView run, qsizetype &left);
    void open(QStringView run);
    void words(QStringView text)
    {
        if (!text.isEmpty())
            m_pieces.push_back({.kind = Piece::Kind::Words, .text = text});
    }
    [[nodiscard]] char32_t before(qsizetype at) const;
    void seeRow(qsizetype at);
    [[nodiscard]] bool canOpen() const;
    [[nodiscard]] bool canClose() const;
    [[nodiscard]] qsizetype runEnd(qsizetype at, qsizetype end) const
    {
        const auto c = m_text.at(at);
        while (at < end && m_text.at(at) == c)
            ++at;
        return at;
    }

    QStringView m_text;
    qsizetype m_rowStart = 0, m_rowEnd = 0; ///< of all delimiters that stand side by side where we are
    std::vector<Piece> m_pieces;
    std::vector<size_t> m_open; ///< pieces that wait for their end
    std::unordered_map<qsizetype, qsizetype> m_brackets; ///< [ to its ]
    std::unordered_map<qsizetype, qsizetype> m_ticks; ///< a run of ` to the next one of its length
};

void Scanner::pairBrackets()
{
    if (!m_text.contains(u"]("))
        return;
    std::vector<qsizetype> waiting;
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        if (m_text.at(i) == u'[') {
            waiting.push_back(i);
        } else if (m_text.at(i) == u'\n') {
            waiting.clear();
        } else if (m_text.at(i) == u']' && !waiting.empty()) {
            m_brackets[waiting.back()] = i;
            waiting.pop_back();
        }
    }
}

void Scanner::pairTicks()
{
    std::unordered_map<qsizetype, qsizetype> last; // length of a run to where the last one of it is
    for (qsizetype i = 0; i < m_text.size();) {
        if (m_text.at(i) != u'`') {
            ++i;
            continue;
        }
        const auto end = runEnd(i, m_text.size());
        if (const auto found = last.find(end - i); found != last.end())
            m_ticks[found->second] = i;
        last[end - i] = i;
        i = end;
    }
}

/// What stands there, beyond other delimiters; 0 at the beginning.
char32_t Scanner::before(qsizetype at) const
{
    while (at > 0 && isDelimiter(m_text.at(at - 1)))
        --at;
    if (at == 0)
        return 0;
    return codePointAt(m_text, at >= 2 && m_text.at(at - 1).isLowSurrogate() ? at - 2 : at - 1);
}

/// Once a row: there may be thousands in one.
void Scanner::seeRow(qsizetype at)
{
    if (at < m_rowEnd)
        return;
    for (m_rowStart = at; m_rowStart > 0 && isDelimiter(m_text.at(m_rowStart - 1));)
        --m_rowStart;
    for (m_rowEnd = at; m_rowEnd < m_text.size() && isDelimiter(m_text.at(m_rowEnd));)
        ++m_rowEnd;
}

bool Scanner::canOpen() const
{
    if (m_rowEnd == m_text.size())
        return false;
    const auto next = codePointAt(m_text, m_rowEnd);
    const auto previous = before(m_rowStart);
    const bool isQuoted = isQuote(previous) && isQuote(next); // the sign itself, as in "*"
    return !QChar::isSpace(next) && !isClosing(next) && next != u'/' && !isQuoted
        && (previous == 0 || isBorder(previous) || isOpening(previous));
}

bool Scanner::canClose() const
{
    const auto previous = before(m_rowStart);
    if (previous == 0 || QChar::isSpace(previous) || isOpening(previous))
        return false;
    if (m_rowEnd == m_text.size())
        return true;
    const auto next = codePointAt(m_text, m_rowEnd);
    return isBorder(next) || isClosing(next) || next == u'-' || next == u'/';
}

void Scanner::open(QStringView run)
{
    for (qsizetype at = 0; at < run.size();) {
        const auto length = run.size() - at >= 2 ? 2 : 1; // three are bold, and italic within
        const char16_t tag = run.front() == u'~' ? u's' : length == 2 ? u'b' : u'i';
        if (m_open.size() == mostOpen)
            m_open.erase(m_open.begin());
        m_open.push_back(m_pieces.size());
        m_pieces.push_back({.kind = Piece::Kind::Words, .text = run.sliced(at, length), .tag = tag});
        at += length;
    }
}

void Scanner::close(QStringView run, qsizetype &left)
{
    while (left > 0) {
        auto found = m_open.rbegin();
        while (found != m_open.rend()
               && (m_pieces[*found].text.front() != run.front() || m_pieces[*found].text.size() > left))
            ++found;
        if (found == m_open.rend())
            return;
        auto &opened = m_pieces[*found];
        opened.kind = Piece::Kind::Open;
        left -= opened.text.size();
        const Piece closing{.kind = Piece::Kind::Close, .text = opened.text, .tag = opened.tag};
        m_open.erase(std::prev(found.base()), m_open.end());
        m_pieces.push_back(closing);
    }
}

qsizetype Scanner::takeDelimiters(qsizetype at, qsizetype end)
{
    const auto stop = runEnd(at, end);
    const auto run = m_text.sliced(at, stop - at);
    const auto c = run.front();
    const bool isMark = c == u'*' ? run.size() <= 3 : run.size() == (c == u'_' ? 1 : 2);
    const bool isEscaped = at > 0 && m_text.at(at - 1) == u'\\';
    if (!isMark || isEscaped) {
        words(run);
        return stop;
    }
    seeRow(at);
    auto left = run.size();
    if (canClose())
        close(run, left);
    if (left == run.size() && canOpen())
        open(run);
    else
        words(run.last(left));
    return stop;
}

qsizetype Scanner::takeTicks(qsizetype at, qsizetype end)
{
    const auto start = runEnd(at, end);
    const auto found = m_ticks.find(at);
    const bool isInWord = at > 0 && m_text.at(at - 1).isLetterOrNumber() && !isUnspaced(before(at));
    if (found != m_ticks.end() && !isInWord && found->second > start && found->second < end) {
        const auto stop = runEnd(found->second, end);
        if (stop == end || !m_text.at(stop).isLetterOrNumber() || isUnspaced(codePointAt(m_text, stop))) {
            m_pieces.push_back({.kind = Piece::Kind::Code, .text = m_text.sliced(start, found->second - start)});
            return stop;
        }
    }
    words(m_text.sliced(at, start - at)); // an apostrophe, for many
    return start;
}

/// [label](address), ![label](address)
qsizetype Scanner::takeLabel(qsizetype at, qsizetype end)
{
    const auto bracket = m_text.at(at) == u'!' ? at + 1 : at;
    const auto found = m_brackets.find(bracket);
    if (found == m_brackets.end() || found->second + 1 >= end || m_text.at(found->second + 1) != u'(')
        return at;
    const auto label = m_text.sliced(bracket + 1, found->second - bracket - 1);
    const auto start = found->second + 2;
    int depth = 1;
    auto stop = start;
    for (; stop < end && stop - start < longestTarget && !m_text.at(stop).isSpace(); ++stop) {
        depth += m_text.at(stop) == u'(' ? 1 : m_text.at(stop) == u')' ? -1 : 0;
        if (depth == 0)
            break;
    }
    if (depth != 0 || stop >= end || label.trimmed().isEmpty())
        return at;
    auto address = m_text.sliced(start, stop - start);
    if (address.startsWith(u'<') && address.endsWith(u'>') && address.size() > 2)
        address = address.sliced(1, address.size() - 2);
    const auto href = safeLink(address.toString());
    if (href.isEmpty())
        return at; // no link: nothing of what was written is lost
    m_pieces.push_back({.kind = Piece::Kind::LinkOpen, .text = {}, .href = href});
    const auto outside = std::exchange(m_open, {});
    scan(bracket + 1, found->second, true);
    m_open = outside;
    m_pieces.push_back({.kind = Piece::Kind::LinkClose, .text = {}, .href = href});
    return stop + 1;
}

qsizetype Scanner::takeAddress(qsizetype at, qsizetype end)
{
    const auto found = bareLinkAt(m_text.first(end), at);
    if (!found || found->length == 0)
        return at;
    const auto written = m_text.sliced(at, found->length);
    if (found->href.isEmpty()) {
        words(written);
        return at + found->length;
    }
    m_pieces.push_back({.kind = Piece::Kind::LinkOpen, .text = {}, .href = found->href, .isBare = true});
    words(written);
    m_pieces.push_back({.kind = Piece::Kind::LinkClose, .text = {}, .href = found->href, .isBare = true});
    return at + found->length;
}

void Scanner::scan(qsizetype from, qsizetype to, bool isInLink)
{
    qsizetype kept = from; // words from here on are not told yet
    for (qsizetype at = from; at < to;) {
        const auto c = m_text.at(at);
        const bool isLabel = !isInLink
            && (c == u'['
                || (c == u'!' && at + 1 < to && m_text.at(at + 1) == u'[' && (at == 0 || m_text.at(at - 1).isSpace())));
        const bool isAddress = !isInLink && c.isLetterOrNumber();
        const bool isSign = c == u'\n' || c == u'`' || (isDelimiter(c) && emojiLength(m_text, at) == 0);
        if (!isLabel && !isAddress && !isSign) {
            ++at;
            continue;
        }
        // The words in front come first; they are taken back when it is nothing.
        const auto count = m_pieces.size();
        words(m_text.sliced(kept, at - kept));
        auto next = at;
        if (c == u'\n') {
            m_pieces.push_back({.kind = Piece::Kind::Break, .text = {}});
            std::erase_if(m_open, [this](size_t open) { return m_pieces[open].text.size() == 1; });
            next = at + 1;
        } else if (c == u'`') {
            next = takeTicks(at, to);
        } else if (isLabel) {
            next = takeLabel(at, to);
        } else if (isAddress) {
            next = takeAddress(at, to);
        } else {
            next = takeDelimiters(at, to);
        }
        if (next == at) {
            m_pieces.resize(count);
            ++at;
        } else {
            kept = at = next;
        }
    }
    words(m_text.sliced(kept, to - kept));
}

/// Writes the pieces; a line that ends within marks closes them, and the next one opens them again.
class Writer
{
public:
    std::vector<InlineLine> run(const std::vector<Piece> &pieces)
    {
        m_lines.emplace_back();
        for (const auto &piece : pieces)
            write(piece);
        return std::move(m_lines);
    }

private:
    void write(const Piece &piece)
    {
        auto &line = m_lines.back();
        switch (piece.kind) {
        case Piece::Kind::Words:
            line.html += piece.text.toString().toHtmlEscaped();
            line.words += piece.text;
            break;
        case Piece::Kind::Code:
            writeCode(piece.text);
            break;
        case Piece::Kind::Break:
            breakLine();
            break;
        case Piece::Kind::Open:
            m_tags += QChar(piece.tag);
            line.html += u'<' + QString(QChar(piece.tag)) + u'>';
            break;
        case Piece::Kind::Close:
            m_tags.chop(1);
            line.html += "</"_L1 + QChar(piece.tag) + u'>';
            break;
        case Piece::Kind::LinkOpen:
            m_linkStart = line.words.size();
            line.links += piece.href;
            line.html += "<a href=\""_L1 + piece.href.toHtmlEscaped() + "\">"_L1;
            break;
        case Piece::Kind::LinkClose:
            line.html += "</a>"_L1;
            tellPlace(piece);
            break;
        }
    }

    void writeCode(QStringView code)
    {
        const auto lines = code.split(u'\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (i > 0)
                breakLine();
            m_lines.back().html += "<code>"_L1 + lines.at(i).toString().toHtmlEscaped() + "</code>"_L1;
            m_lines.back().words += lines.at(i);
        }
    }

    void breakLine()
    {
        for (auto tag = m_tags.crbegin(); tag != m_tags.crend(); ++tag)
            m_lines.back().html += "</"_L1 + *tag + u'>';
        m_lines.emplace_back();
        for (const auto tag : std::as_const(m_tags))
            m_lines.back().html += u'<' + QString(tag) + u'>';
    }

    /// Words that are not the address may lie about where it leads, and letters about which they are.
    void tellPlace(const Piece &link)
    {
        auto &line = m_lines.back();
        const auto words = line.words.mid(m_linkStart).trimmed();
        const auto place = placeOf(link.href);
        const bool isAlike = isLookAlike(words, link.href);
        const bool isAddress = link.isBare || words == link.href || safeLink(words) == link.href
            || safeLink(u"http://"_s + words) == link.href || safeLink(u"mailto:"_s + words) == link.href;
        QString told;
        if (isAlike)
            told += u" \u26A0"_s; // a warning sign
        if (!isAddress || (isAlike && !words.contains(place, Qt::CaseInsensitive)))
            told += " ("_L1 + place + u')';
        line.html += told.toHtmlEscaped();
        line.words += told;
    }

    std::vector<InlineLine> m_lines;
    QString m_tags; ///< open ones, a letter each
    qsizetype m_linkStart = 0;
};
} // namespace

std::vector<InlineLine> parseInline(QStringView text)
{
    return Writer().run(Scanner(text).run());
}

} // namespace Tertulia
