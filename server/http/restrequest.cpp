// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restrequest.h"

namespace Tertulia::Server {

std::optional<QString> RestRequest::query(QByteArrayView key) const
{
    const std::optional<QByteArray> value = head().queryValue(key);
    return value ? std::optional(QString::fromUtf8(*value)) : std::nullopt;
}

Result<std::optional<qint64>> RestRequest::queryNumber(QLatin1StringView key) const
{
    const std::optional<QByteArray> text = head().queryValue(key);
    if (!text || text->isEmpty())
        return std::optional<qint64>();
    bool isNumber = false;
    const qint64 number = text->toLongLong(&isNumber);
    if (!isNumber)
        return failure(Error::invalid(key, QStringLiteral("%1 must be a whole number.").arg(key)));
    return std::optional(number);
}

Result<bool> RestRequest::queryFlag(QLatin1StringView key, bool fallback) const
{
    const std::optional<QByteArray> text = head().queryValue(key);
    if (!text || text->isEmpty())
        return fallback;
    const QByteArray lower = text->toLower();
    if (lower == "true" || lower == "1")
        return true;
    if (lower == "false" || lower == "0")
        return false;
    return failure(Error::invalid(key, QStringLiteral("%1 must be true or false.").arg(key)));
}

bool RestRequest::isLocal(const RequestHead &head)
{
    return head.peer.isLoopback() && head.header("x-forwarded-for").isNull() && head.header("forwarded").isNull();
}

QByteArray RestRequest::cookie(QByteArrayView name) const
{
    for (const HeaderField &field : head().headers) {
        if (field.name != "cookie")
            continue;
        for (const QByteArray &pair : field.value.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            if (equals > 0 && pair.first(equals).trimmed() == name)
                return pair.mid(equals + 1).trimmed();
        }
    }
    return {};
}

Result<void> RestRequest::checkJsonType() const
{
    const QByteArrayView field = head().header("content-type");
    const qsizetype semicolon = field.indexOf(';');
    const QByteArray type = (semicolon < 0 ? field : field.first(semicolon)).trimmed().toByteArray().toLower();
    if (type == "application/json" || (type.startsWith("application/") && type.endsWith("+json")))
        return {};
    if (exchange->body().isEmpty() && type.isEmpty())
        return failure(Error::invalid({}, QStringLiteral("A JSON body is needed.")));
    return failure(Error{ErrorCode::UnsupportedMediaType,
                         {},
                         QStringLiteral("The body must be JSON with Content-Type: application/json."),
                         {},
                         0});
}

} // namespace Tertulia::Server
