// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/negotiator.h"

#include "protocol/negotiate.h"

namespace Tertulia::Server {

Result<NegotiateRequest> readNegotiateRequest(const RequestHead &head, int minimumVersion)
{
    const auto asked = head.queryValue("negotiateVersion");
    const auto version =
        negotiatedVersion(asked ? std::optional(QString::fromUtf8(*asked)) : std::nullopt, minimumVersion);
    if (!version)
        return failure(version.error());
    NegotiateRequest request;
    request.version = *version;
    if (const auto text = head.queryValue("useStatefulReconnect"))
        request.stateful = text->compare("true", Qt::CaseInsensitive) == 0;
    return request;
}

QByteArray negotiateAnswer(const HubEndpointSettings &endpoint, const NegotiateRequest &request, const ConnectionId &id,
                           const ConnectionToken &token, bool stateful)
{
    constexpr std::pair<TransportKind, Tertulia::HubTransport> known[] = {
        {TransportKind::WebSockets, Tertulia::HubTransport::WebSockets},
        {TransportKind::ServerSentEvents, Tertulia::HubTransport::ServerSentEvents},
        {TransportKind::LongPolling, Tertulia::HubTransport::LongPolling},
    };
    std::vector<Tertulia::HubTransport> transports;
    for (const auto &[kind, name] : known) {
        if ((endpoint.transports & quint8(kind)) != 0)
            transports.push_back(name);
    }
    return NegotiateResponse::connection(request.version, QString::fromLatin1(connectionText(id)),
                                         QString::fromLatin1(connectionText(token)), transports, stateful)
        .encode();
}

} // namespace Tertulia::Server
