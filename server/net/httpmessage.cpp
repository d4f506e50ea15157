// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpmessage.h"

namespace Tertulia::Server {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

namespace {

/// As application/x-www-form-urlencoded says; a wrong escape is taken literally.
QByteArray decodeFormPart(QByteArrayView raw)
{
    QByteArray result;
    result.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const char c = raw[i];
        if (c == '+') {
            result += ' ';
            continue;
        }
        if (c == '%' && i + 2 < raw.size() && hexDigit(raw[i + 1]) >= 0 && hexDigit(raw[i + 2]) >= 0) {
            result += static_cast<char>(hexDigit(raw[i + 1]) * 16 + hexDigit(raw[i + 2]));
            i += 2;
            continue;
        }
        result += c;
    }
    return result;
}

} // namespace

QByteArrayView RequestHead::header(QByteArrayView lowerCaseName) const
{
    for (const HeaderField &field : headers) {
        if (field.name == lowerCaseName)
            return field.value;
    }
    return {};
}

std::optional<QByteArray> RequestHead::queryValue(QByteArrayView key) const
{
    QByteArrayView rest = query;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('&');
        const QByteArrayView pair = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = decodeFormPart(equals < 0 ? pair : pair.first(equals));
        if (name.compare(key, Qt::CaseInsensitive) == 0)
            return equals < 0 ? QByteArray("") : decodeFormPart(pair.sliced(equals + 1));
    }
    return std::nullopt;
}

} // namespace Tertulia::Server
