// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/numbers.h"

#include <algorithm>

namespace Tertulia {

using namespace Qt::StringLiterals;

Result<qint64> readWholeNumber(QStringView text, const QString &field, qint64 least, qint64 most)
{
    const QStringView digits = text.startsWith(u'-') || text.startsWith(u'+') ? text.sliced(1) : text;
    const bool isNumber =
        !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber)
        return failure(Error::invalid(field, u"%1 must be a whole number"_s.arg(field)));
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    if (!fits || number < least || number > most) {
        return failure(Error::invalid(
            field,
            u"%1 must be a whole number from %2 to %3"_s.arg(field, QString::number(least), QString::number(most))));
    }
    return number;
}

} // namespace Tertulia
