// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "protocol/codec.h"
#include "protocol/paging.h"

#include <map>

namespace Tertulia {

/// `{}`: the data of an answer that says nothing more.
struct Empty
{
    static constexpr auto fields() { return std::tuple{}; }
    friend bool operator==(const Empty &, const Empty &) = default;
};

/// The answer of a REST call that went well (contract.md section 2): {success:true, data, message?, pagination?}.
template <class T> struct SuccessEnvelope
{
    bool success = true;
    T data;
    std::optional<QString> message;
    std::optional<Pagination> pagination; ///< lists whose data is the bare list

    static constexpr auto fields()
    {
        return std::tuple{required("success", &SuccessEnvelope::success), required("data", &SuccessEnvelope::data),
                          omitEmpty("message", &SuccessEnvelope::message),
                          omitEmpty("pagination", &SuccessEnvelope::pagination)};
    }
    friend bool operator==(const SuccessEnvelope &, const SuccessEnvelope &) = default;
};

/// The answer of a REST call that failed: {success:false, message, code, errors?, traceId}.
struct ErrorEnvelope
{
    bool success = false;
    QString message; ///< English, for developers; clients show their own words for `code`
    QString code; ///< `VALIDATION_ERROR`, `BLOCKED` … (contract.md section 2)
    std::map<QString, QStringList> errors; ///< by field path
    QString traceId; ///< names the request in the server's log

    static constexpr auto fields()
    {
        return std::tuple{required("success", &ErrorEnvelope::success), required("message", &ErrorEnvelope::message),
                          required("code", &ErrorEnvelope::code), omitEmpty("errors", &ErrorEnvelope::errors),
                          optional("traceId", &ErrorEnvelope::traceId)};
    }
    friend bool operator==(const ErrorEnvelope &, const ErrorEnvelope &) = default;
};

/// The envelope for an error. An Internal error's message is not sent: its place is the log.
[[nodiscard]] ErrorEnvelope errorEnvelope(const Error &error, const QString &traceId);

/// {"success":true,"data":…} of any value.
template <class T> [[nodiscard]] QByteArray successJson(const T &data, const std::optional<Pagination> &pagination = {})
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("success");
    writer.boolean(true);
    writer.key("data");
    writeValue(writer, data);
    if (pagination) {
        writer.key("pagination");
        writeValue(writer, *pagination);
    }
    writer.endObject();
    return writer.take();
}

} // namespace Tertulia
