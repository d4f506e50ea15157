// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requestorigin.h"

namespace Tertulia::Server {

namespace {

/// The machine's name for itself, with or without a port: what a client on it says.
bool isOwnName(QByteArrayView host)
{
    if (host.startsWith('[')) {
        const qsizetype end = host.indexOf(']');
        host = end < 0 ? QByteArrayView() : host.sliced(1, end - 1);
    } else if (const qsizetype colon = host.indexOf(':'); colon >= 0) {
        host = host.first(colon);
    }
    if (host.compare("localhost", Qt::CaseInsensitive) == 0)
        return true;
    QHostAddress address;
    return address.setAddress(QString::fromLatin1(host)) && NetAddress(address).isLoopback();
}

bool looksPassedOn(const RequestHead &head)
{
    const auto isProxys = [](const HeaderField &field) {
        return field.name.startsWith("x-forwarded-") || field.name == "forwarded" || field.name == "via"
            || field.name == "x-real-ip";
    };
    return head.minorVersion == 0 || !isOwnName(head.header("host"))
        || std::any_of(head.headers.begin(), head.headers.end(), isProxys);
}

} // namespace

RequestOrigin originOf(const RequestHead &head, const NetAddress &socketPeer, bool tls, const TrustedProxies &proxies)
{
    RequestOrigin origin;
    origin.peer = socketPeer;
    origin.secure = tls;
    origin.isProxied = proxies.contains(socketPeer);
    if (!origin.isProxied) {
        origin.local = socketPeer.isLoopback() && !looksPassedOn(head);
        if (socketPeer.isLoopback() && !origin.local)
            origin.trouble = RequestOrigin::Trouble::Unnamed;
        return origin;
    }
    // A proxy may append to the field or add a second one: in both cases what it wrote comes last.
    QByteArray hops;
    QByteArrayView scheme;
    for (const HeaderField &field : head.headers) {
        if (field.name == "x-forwarded-for")
            hops += (hops.isEmpty() ? "" : ",") + field.value;
        else if (field.name == "x-forwarded-proto")
            scheme = QByteArrayView(field.value).sliced(field.value.lastIndexOf(',') + 1).trimmed();
    }
    origin.peer = proxies.resolve(socketPeer, hops);
    if (!scheme.isEmpty())
        origin.secure = scheme.compare("https", Qt::CaseInsensitive) == 0;
    if (origin.peer == socketPeer)
        origin.trouble = RequestOrigin::Trouble::NoAddress;
    return origin;
}

} // namespace Tertulia::Server
