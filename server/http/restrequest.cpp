// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restrequest.h"

#include "protocol/numbers.h"

#include <limits>

namespace Tertulia::Server {

namespace {

tl::unexpected<Error> unsupported(QString message)
{
    return failure(Error{ErrorCode::UnsupportedMediaType, {}, std::move(message), {}, 0});
}

/// A parameter of Content-Type, in lower case: no charset, or the one that JSON has.
bool isUtf8OrOther(const QByteArray &parameter)
{
    const qsizetype equals = parameter.indexOf('=');
    if (equals < 0 || parameter.first(equals).trimmed() != "charset")
        return true;
    QByteArray value = parameter.mid(equals + 1).trimmed();
    if (value.size() > 1 && value.startsWith('"') && value.endsWith('"'))
        value = value.mid(1, value.size() - 2);
    return value == "utf-8" || value == "utf8";
}

} // namespace

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
    const auto number = readWholeNumber(QString::fromUtf8(*text), key, 1, std::numeric_limits<int>::max());
    return number ? Result<std::optional<qint64>>(*number) : failure(number.error());
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

Result<void> RestRequest::charge(Cost cost) const
{
    if (rate.when != Rate::When::ByHandler)
        return {};
    RateLimiter *const costly = cost == Cost::High ? rate.costly : nullptr;
    return (costly ? costly : rate.usual)->take(actor.id);
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

QByteArrayView RestRequest::jsonText() const
{
    constexpr QByteArrayView mark = "\xef\xbb\xbf";
    const QByteArrayView body = exchange->body();
    return body.startsWith(mark) ? body.sliced(mark.size()) : body;
}

Result<void> RestRequest::checkJsonType() const
{
    const QList<QByteArray> parts = head().header("content-type").toByteArray().toLower().split(';');
    const QByteArray type = parts.front().trimmed();
    if (exchange->body().isEmpty() && type.isEmpty())
        return failure(Error::invalid({}, QStringLiteral("A JSON body is needed.")));
    if (type != "application/json" && !(type.startsWith("application/") && type.endsWith("+json")))
        return unsupported(QStringLiteral("The body must be JSON with Content-Type: application/json."));
    for (const QByteArray &part : parts.mid(1)) {
        if (!isUtf8OrOther(part))
            return unsupported(QStringLiteral("JSON is read in UTF-8 only."));
    }
    return {};
}

} // namespace Tertulia::Server
