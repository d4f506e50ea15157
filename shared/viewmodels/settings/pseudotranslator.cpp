// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/settings/pseudotranslator.h"

#include <QRegularExpression>

namespace Tertulia::ViewModels {

QString PseudoTranslator::mirrored(const QString &text)
{
    static const QRegularExpression word(QStringLiteral("(%L?(?:[0-9]{1,2}|n))|(\\p{L}[\\p{L}\\p{M}'’]*)"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    QString result;
    qsizetype end = 0;
    for (auto matches = word.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        result += QStringView(text).mid(end, match.capturedStart() - end);
        // right-to-left mark, override … pop: as Android's pseudo-locale does it
        if (match.capturedView(1).isEmpty())
            result += QStringLiteral("\u200F\u202E") + match.captured(2) + QStringLiteral("\u202C\u200F");
        else
            result += match.capturedView(1);
        end = match.capturedEnd();
    }
    result += QStringView(text).mid(end);
    return result;
}

QString PseudoTranslator::translate(const char *, const char *source, const char *disambiguation, int) const
{
    if (QByteArrayView(disambiguation).contains("date format"))
        return QString::fromUtf8(source);
    return mirrored(QString::fromUtf8(source));
}

} // namespace Tertulia::ViewModels
