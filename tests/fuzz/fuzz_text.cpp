// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Anything as what people write: what is kept and what is shown is as the headers promise, taming it twice changes
// nothing, and a message becomes rich text whose tags are ours, closed in order, and load nothing.
#include "fuzz/expect.h"

#include "text/messageformatter.h"
#include "text/plaintext.h"
#include "text/searchwords.h"

#include <QUrl>

#include <algorithm>
#include <cstring>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

/// Odd lengths are UTF-16, in which halves of pairs may stand; the others UTF-8.
QString textOf(const uint8_t *data, size_t size)
{
    if (size % 2 == 0)
        return QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    QString text(qsizetype(size / 2), Qt::Uninitialized);
    std::memcpy(text.data(), data, size / 2 * 2);
    return text;
}

void checkClean(const QString &clean)
{
    EXPECT(clean.isValidUtf16());
    EXPECT(!clean.contains(u"\n\n\n\n"_s));
    EXPECT(std::ranges::none_of(clean, [](QChar c) {
        return (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t') || (c >= u'\u202a' && c <= u'\u202e');
    }));
    EXPECT(cleanText(clean) == clean);
}

void checkTags(const QString &html)
{
    static const QStringList known{u"p"_s,          u"b"_s,  u"i"_s,  u"s"_s,  u"code"_s, u"pre"_s,
                                   u"blockquote"_s, u"ul"_s, u"ol"_s, u"li"_s, u"a"_s};
    QStringList open;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', at + 1)) {
        const qsizetype end = html.indexOf(u'>', at);
        EXPECT(end > at);
        const QString tag = html.sliced(at + 1, end - at - 1);
        const QString name = tag.section(u' ', 0, 0);
        if (name == u"br"_s)
            continue;
        if (name.startsWith(u'/')) {
            EXPECT(!open.isEmpty() && open.takeLast() == name.sliced(1));
            continue;
        }
        EXPECT(known.contains(name));
        EXPECT(!tag.contains(u" src="_s) && (name == u"a"_s || !tag.contains(u"url("_s)));
        open.append(name);
    }
    EXPECT(open.isEmpty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = textOf(data, size);
    const QString kept = withoutControls(text);
    EXPECT(withoutControls(kept) == kept);
    EXPECT(isBlank(kept) == isBlank(text));
    checkClean(cleanText(text));
    EXPECT(cleanText(kept) == cleanText(text)); // whoever kept it
    const QString name = cleanName(text);
    EXPECT(!name.contains(u'\n') && std::ranges::none_of(name, turnsDirection));
    EXPECT(name.isEmpty() || !isBlank(name));
    EXPECT(!oneLine(text, 20).contains(u'\n'));
    EXPECT(folded(folded(text)) == folded(text));

    checkTags(MessageFormatter::format(text).text);
    for (const QString &link : MessageFormatter::links(text)) {
        const QString scheme = QUrl(link).scheme();
        EXPECT(scheme == u"http"_s || scheme == u"https"_s || scheme == u"mailto"_s);
    }
    EXPECT(!MessageFormatter::preview(text, 60).contains(u'\n'));
    return 0;
}
