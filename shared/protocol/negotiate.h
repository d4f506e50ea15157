// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/fields.h"

#include <QStringList>

#include <optional>
#include <vector>

// The answer to POST {hub}/negotiate (signalr.md 2), for servers and clients.

namespace Tertulia {

enum class HubTransport : quint8 { WebSockets, ServerSentEvents, LongPolling };
template <> struct EnumNames<HubTransport>
{
    static constexpr std::string_view names[] = {"WebSockets", "ServerSentEvents", "LongPolling"};
};

struct AvailableTransport
{
    QString transport; ///< a text, since a client must pass over transports it does not know
    QStringList transferFormats; ///< "Text", "Binary"

    static constexpr auto fields()
    {
        return std::tuple{required("transport", &AvailableTransport::transport),
                          required("transferFormats", &AvailableTransport::transferFormats)};
    }
    friend bool operator==(const AvailableTransport &, const AvailableTransport &) = default;
};

/// One of three: an error, a redirect (url) or a connection. Absent properties are left out, never null (the Java
/// client does not bear it).
struct NegotiateResponse
{
    std::optional<QString> error;
    std::optional<QString> url, accessToken;
    std::optional<int> negotiateVersion;
    std::optional<QString> connectionId; ///< public
    std::optional<QString> connectionToken; ///< secret; from version 1 on what `id` in the hub's URL must be
    std::optional<bool> useStatefulReconnect; ///< only true, and only when the client asked
    std::vector<AvailableTransport> availableTransports; ///< in the order to try

    static constexpr auto fields()
    {
        return std::tuple{omitEmpty("error", &NegotiateResponse::error),
                          omitEmpty("url", &NegotiateResponse::url),
                          omitEmpty("accessToken", &NegotiateResponse::accessToken),
                          omitEmpty("useStatefulReconnect", &NegotiateResponse::useStatefulReconnect),
                          omitEmpty("negotiateVersion", &NegotiateResponse::negotiateVersion),
                          omitEmpty("connectionId", &NegotiateResponse::connectionId),
                          omitEmpty("connectionToken", &NegotiateResponse::connectionToken),
                          omitEmpty("availableTransports", &NegotiateResponse::availableTransports)};
    }

    /// What has to stand as `id` in the URL of the connection.
    [[nodiscard]] QString id() const { return connectionToken ? *connectionToken : connectionId.value_or(QString()); }

    [[nodiscard]] static NegotiateResponse refused(const QString &error);
    [[nodiscard]] static NegotiateResponse redirect(const QString &url, const std::optional<QString> &accessToken);
    /// For a version of 0 the token is left out. `transports` in the order to try.
    [[nodiscard]] static NegotiateResponse connection(int version, const QString &connectionId,
                                                      const QString &connectionToken,
                                                      const std::vector<HubTransport> &transports,
                                                      bool statefulReconnect);

    [[nodiscard]] QByteArray encode() const;
    /// For clients: Invalid when it is none of the three, or the answer of an old ASP.NET SignalR server. A response
    /// with `error` decodes well.
    [[nodiscard]] static Result<NegotiateResponse> decode(QByteArrayView json);

    friend bool operator==(const NegotiateResponse &, const NegotiateResponse &) = default;
};

/// The version (0 or 1) to answer with, from the query's `negotiateVersion`. The error's message is the reference's
/// text, to be answered with status 200 through NegotiateResponse::refused.
[[nodiscard]] Result<int> negotiatedVersion(const std::optional<QString> &asked, int minimum = 0);

} // namespace Tertulia
