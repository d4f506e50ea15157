// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery/pseudolocale.h"

#include <QString>

namespace Tertulia {

QString PseudoLocale::translate(const char *, const char *source, const char *, int n) const
{
    static const QString letters = QStringLiteral("אבגדהוזחטיכלמנסעפצקרשתאבגד");
    const QString text = QString::fromUtf8(source);
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i).toLower();
        if (text.at(i) == u'%' && i + 1 < text.size()) { // a place for a value stays one
            const bool isCount = text.at(i + 1) == u'n';
            out += isCount ? QString::number(n) : text.mid(i, 2);
            ++i;
        } else if (c >= u'a' && c <= u'z') {
            out += letters.at(c.unicode() - u'a');
        } else {
            out += text.at(i);
        }
    }
    return out + QStringLiteral(" ×").repeated(text.size() > 12 ? 2 : 0);
}

} // namespace Tertulia
