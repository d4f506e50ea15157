// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql.h"

#include <algorithm>

namespace Tertulia::Server {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

QByteArray withNumberedPlaceholders(QByteArrayView sql)
{
    QByteArray text;
    text.reserve(sql.size() + 16);
    int largest = 0; // a bare one is numbered behind all before it
    char quote = '\0'; // inside of these quotes; a doubled one ends and begins them
    for (qsizetype i = 0; i < sql.size(); ++i) {
        const char c = sql[i];
        if (quote == '\0' && c == '?') {
            int number = 0;
            while (i + 1 < sql.size() && isDigit(sql[i + 1]))
                number = number * 10 + (sql[++i] - '0');
            if (number == 0)
                number = largest + 1;
            largest = std::max(largest, number);
            text += '$' + QByteArray::number(number);
            continue;
        }
        if (c == quote)
            quote = '\0';
        else if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        text += c;
    }
    return text;
}

} // namespace Tertulia::Server
