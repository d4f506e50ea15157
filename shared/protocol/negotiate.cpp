// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/negotiate.h"

#include "protocol/codec.h"

namespace Tertulia {

using namespace Qt::StringLiterals;

NegotiateResponse NegotiateResponse::refused(const QString &error)
{
    NegotiateResponse response;
    response.error = error;
    return response;
}

NegotiateResponse NegotiateResponse::redirect(const QString &url, const std::optional<QString> &accessToken)
{
    NegotiateResponse response;
    response.url = url;
    response.accessToken = accessToken;
    return response;
}

NegotiateResponse NegotiateResponse::connection(int version, const QString &connectionId,
                                                const QString &connectionToken,
                                                const std::vector<HubTransport> &transports, bool statefulReconnect)
{
    NegotiateResponse response;
    response.negotiateVersion = version;
    response.connectionId = connectionId;
    if (version > 0)
        response.connectionToken = connectionToken;
    if (statefulReconnect)
        response.useStatefulReconnect = true;
    for (const HubTransport transport : transports) {
        const auto name = enumName(transport);
        QStringList formats{u"Text"_s};
        if (transport != HubTransport::ServerSentEvents)
            formats.append(u"Binary"_s);
        response.availableTransports.push_back({QString::fromLatin1(name.data(), qsizetype(name.size())), formats});
    }
    return response;
}

QByteArray NegotiateResponse::encode() const
{
    return toJson(*this);
}

Result<NegotiateResponse> NegotiateResponse::decode(QByteArrayView json)
{
    const auto document = acquireDocument();
    const auto root = parseJson(*document, json);
    if (!root)
        return failure(root.error());
    if (!root->find("ProtocolVersion").isMissing())
        return failure(Error::invalid(u"ProtocolVersion"_s, u"the server speaks the old ASP.NET SignalR"_s));
    auto response = readValue<NegotiateResponse>(*root);
    if (!response || response->error || response->url)
        return response;
    if (!response->connectionId)
        return failure(Error::invalid(u"connectionId"_s, u"connectionId is required"_s));
    if (response->negotiateVersion.value_or(0) > 0 && !response->connectionToken)
        return failure(Error::invalid(u"connectionToken"_s, u"connectionToken is required"_s));
    if (response->availableTransports.empty())
        return failure(Error::invalid(u"availableTransports"_s, u"availableTransports is required"_s));
    return response;
}

Result<int> negotiatedVersion(const std::optional<QString> &asked, int minimum)
{
    int version = 0;
    if (asked) {
        bool ok = false;
        version = asked->toInt(&ok);
        if (!ok)
            return failure(Error::invalid({}, u"The client requested a non-integer protocol version."_s));
    }
    if (version < minimum) {
        return failure(Error::invalid(
            {}, u"The client requested version '%1', but the server does not support this version."_s.arg(version)));
    }
    return std::min(version, 1);
}

} // namespace Tertulia
