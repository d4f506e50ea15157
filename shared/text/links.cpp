// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/links.h"

#include "text/emojitext.h"

#include <QUrl>

#include <algorithm>

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestAddress = 2'000;
constexpr qsizetype longestLocalPart = 64; // RFC 5321
constexpr qsizetype longestScheme = 20;

bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isHostCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == u'-' || c == u'.';
}

bool isLocalCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || QStringView(u".!#$%&'+/=?^_`{|}~-").contains(c);
}

/// What ends an address: white space, and what no address holds unescaped.
bool endsAddress(QChar c)
{
    return c.isSpace() || QStringView(u"<>\"«»„“”`").contains(c) || c.unicode() >= 0xFFF0;
}

/// Without what belongs to the sentence: punctuation at the end, and brackets that were opened before the address.
qsizetype withoutPunctuation(QStringView address)
{
    const auto depth = [address](qsizetype length, QChar open, QChar close) {
        const auto part = address.first(length);
        return part.count(close) - part.count(open);
    };
    qsizetype length = address.size();
    qsizetype round = depth(length, u'(', u')'), square = depth(length, u'[', u']');
    for (; length > 0; --length) {
        const auto last = address.at(length - 1);
        if (last == u')' && round-- > 0)
            continue;
        if (last == u']' && square-- > 0)
            continue;
        if (!QStringView(u".,;:!?'*_~…’‘}。，、！？；：）」』").contains(last))
            break;
    }
    return length;
}

qsizetype addressLength(QStringView text, qsizetype position)
{
    qsizetype end = position;
    while (end < text.size() && !endsAddress(text.at(end)))
        ++end;
    return withoutPunctuation(text.sliced(position, end - position));
}

/// Where the address after a scheme begins; 0 when there is no `scheme://` at the position.
qsizetype afterScheme(QStringView text, qsizetype position)
{
    qsizetype end = position;
    while (end < text.size() && end - position < longestScheme
           && (isAsciiLetter(text.at(end))
               || (end > position && (text.at(end).isDigit() || QStringView(u"+-.").contains(text.at(end))))))
        ++end;
    return end > position && text.sliced(end).startsWith(u"://") ? end + 3 : 0;
}

std::optional<BareLink> mailAt(QStringView text, qsizetype position)
{
    if (!text.at(position).isLetterOrNumber())
        return {};
    qsizetype at = position;
    while (at < text.size() && at - position <= longestLocalPart && isLocalCharacter(text.at(at)))
        ++at;
    if (at == position || at >= text.size() || text.at(at) != u'@')
        return {};
    qsizetype end = at + 1;
    while (end < text.size() && isHostCharacter(text.at(end)))
        ++end;
    const auto length = withoutPunctuation(text.sliced(position, end - position));
    const auto host = length > at + 1 - position ? text.sliced(at + 1, length - (at + 1 - position)) : QStringView();
    if (!host.contains(u'.') || host.startsWith(u'.'))
        return {};
    const auto behind = position + length;
    const bool isPath = behind + 1 < text.size() && QStringView(u":/@").contains(text.at(behind))
        && !text.at(behind + 1).isSpace(); // git@host:path is no mail
    return BareLink{length, isPath ? QString() : safeLink(u"mailto:"_s + text.sliced(position, length).toString())};
}

/// The scripts that are written within one word.
QChar::Script familyOf(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
        return QChar::Script_Han;
    default:
        return script;
    }
}

bool looksLatin(char32_t c)
{
    static constexpr std::u32string_view letters = U"аеорсухіјѕһԁԛԝӏвкмнтгѵοορνικυχατερσωϲϳ";
    return letters.find(c) != std::u32string_view::npos;
}

bool isLookAlikeLabel(QStringView label)
{
    if (label.startsWith(u"xn--", Qt::CaseInsensitive))
        return true;
    auto script = QChar::Script_Common;
    bool isAllAlike = true;
    for (qsizetype i = 0; i < label.size(); ++i) {
        const char32_t c = codePointAt(label, i);
        i += c > 0xFFFF ? 1 : 0;
        const auto own = familyOf(QChar::script(c));
        if (own == QChar::Script_Common || own == QChar::Script_Inherited)
            continue;
        // Latin letters stand between Han ones in names of firms, and look like none of them.
        const bool isCompany = own == QChar::Script_Han || script == QChar::Script_Han;
        if (script != QChar::Script_Common && script != own && !isCompany)
            return true;
        script = own;
        isAllAlike = isAllAlike && looksLatin(QChar::toLower(c));
    }
    return isAllAlike && (script == QChar::Script_Cyrillic || script == QChar::Script_Greek);
}

/// The host as somebody wrote it.
QStringView writtenHost(QStringView written)
{
    if (const auto scheme = written.indexOf(u"://"); scheme >= 0)
        written = written.sliced(scheme + 3);
    else if (const auto mail = written.lastIndexOf(u'@'); mail >= 0)
        written = written.sliced(mail + 1);
    const auto *const end =
        std::find_if(written.cbegin(), written.cend(), [](QChar c) { return QStringView(u"/?#:").contains(c); });
    return written.first(end - written.cbegin());
}
} // namespace

std::optional<BareLink> bareLinkAt(QStringView text, qsizetype position)
{
    if (position > 0) {
        const auto before = text.at(position - 1);
        if (before.isLetterOrNumber() || before == u'@')
            return {};
    }
    if (afterScheme(text, position) > 0) {
        const auto length = addressLength(text, position);
        return BareLink{length, safeLink(text.sliced(position, length).toString())};
    }
    if (text.sliced(position).startsWith(u"www.", Qt::CaseInsensitive)) {
        const auto length = addressLength(text, position);
        const auto address = text.sliced(position, length).toString();
        return BareLink{length, length > 4 ? safeLink(u"http://"_s + address) : QString()};
    }
    return mailAt(text, position);
}

QString safeLink(const QString &address)
{
    if (address.size() > longestAddress)
        return {};
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    const auto scheme = url.scheme();
    if (!url.isValid() || !url.userInfo().isEmpty())
        return {};
    if (scheme == "mailto"_L1) {
        const auto path = url.path();
        const auto host = QUrl::toAce(path.section(u'@', -1), QUrl::IgnoreIDNWhitelist);
        auto mail = url;
        mail.setPath(path.section(u'@', 0, -2) + u'@' + QString::fromLatin1(host));
        return path.contains(u'@') && !host.isEmpty() ? mail.toString(QUrl::FullyEncoded) : QString();
    }
    const bool isWeb = (scheme == "http"_L1 || scheme == "https"_L1) && !url.host().isEmpty();
    return isWeb ? url.toString(QUrl::FullyEncoded) : QString();
}

QString placeOf(const QString &href)
{
    const QUrl url(href);
    return url.scheme() == "mailto"_L1 ? url.path() : url.host(QUrl::FullyEncoded);
}

bool isLookAlike(const QString &written, const QString &href)
{
    const auto isAlike = [](QStringView host) {
        const auto labels = host.split(u'.');
        return std::any_of(labels.cbegin(), labels.cend(), isLookAlikeLabel);
    };
    const QUrl url(href);
    // An address that does not stand there (behind a label) is judged by its letters, not by our own Punycode.
    const auto host = url.scheme() == "mailto"_L1
        ? QUrl::fromAce(url.path().section(u'@', -1).toLatin1(), QUrl::IgnoreIDNWhitelist)
        : QUrl::fromAce(url.host(QUrl::FullyEncoded).toLatin1(), QUrl::IgnoreIDNWhitelist);
    return isAlike(writtenHost(written)) || isAlike(host);
}

} // namespace Tertulia
