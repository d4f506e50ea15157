// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/netaddress.h"

#include <QHashFunctions>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace Tertulia::Server {

namespace {

constexpr std::array<quint8, 12> v4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// One X-Forwarded-For entry: an address, perhaps with a port ("1.2.3.4:5", "[::1]:5").
std::optional<NetAddress> parseHop(QByteArrayView entry)
{
    entry = entry.trimmed();
    if (entry.isEmpty() || entry.size() > 64)
        return std::nullopt;
    if (entry.front() == '[') {
        const auto end = entry.indexOf(']');
        if (end < 0)
            return std::nullopt;
        entry = entry.sliced(1, end - 1);
    } else if (std::count(entry.begin(), entry.end(), ':') == 1) {
        entry = entry.first(entry.indexOf(':'));
    }
    QHostAddress address;
    if (!address.setAddress(QString::fromLatin1(entry)))
        return std::nullopt;
    return NetAddress(address);
}

} // namespace

NetAddress::NetAddress(const sockaddr_storage &address)
{
    if (address.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        std::copy(v4Prefix.begin(), v4Prefix.end(), m_bytes.begin());
        std::memcpy(m_bytes.data() + 12, &v4.sin_addr, 4);
    } else if (address.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        std::memcpy(m_bytes.data(), &v6.sin6_addr, 16);
    }
}

NetAddress::NetAddress(const QHostAddress &address)
{
    // toIPv6Address() maps IPv4 in the same way.
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::copy(std::begin(bytes.c), std::end(bytes.c), m_bytes.begin());
}

QHostAddress NetAddress::toHostAddress() const
{
    if (isV4()) {
        return QHostAddress(quint32{m_bytes[12]} << 24 | quint32{m_bytes[13]} << 16 | quint32{m_bytes[14]} << 8
                            | quint32{m_bytes[15]});
    }
    return QHostAddress(m_bytes.data());
}

bool NetAddress::isV4() const
{
    return std::equal(v4Prefix.begin(), v4Prefix.end(), m_bytes.begin());
}

bool NetAddress::isLoopback() const
{
    if (isV4())
        return m_bytes[12] == 127;
    NetAddress one;
    one.m_bytes[15] = 1;
    return *this == one;
}

NetAddress NetAddress::limitKey() const
{
    NetAddress key = *this;
    if (!isV4())
        std::fill(key.m_bytes.begin() + 8, key.m_bytes.end(), quint8{0});
    return key;
}

bool NetAddress::isIn(const NetAddress &network, int prefixBits) const
{
    const auto wholeBytes = static_cast<size_t>(prefixBits / 8);
    if (!std::equal(m_bytes.begin(), m_bytes.begin() + static_cast<qptrdiff>(wholeBytes), network.m_bytes.begin()))
        return false;
    const int rest = prefixBits % 8;
    return rest == 0 || ((m_bytes[wholeBytes] ^ network.m_bytes[wholeBytes]) >> (8 - rest)) == 0;
}

size_t NetAddress::hash() const
{
    // QHash's per-process seed: the addresses are the attacker's to choose.
    return qHashBits(m_bytes.data(), m_bytes.size(), QHashSeed::globalSeed());
}

TrustedProxies::TrustedProxies(const std::vector<std::pair<QHostAddress, int>> &networks)
{
    for (const auto &[address, prefix] : networks) {
        const NetAddress network(address);
        const bool v4 = address.protocol() == QAbstractSocket::IPv4Protocol;
        const int bits = prefix < 0 ? 128 : std::clamp(v4 ? prefix + 96 : prefix, 0, 128);
        m_networks.push_back({network, bits});
    }
}

bool TrustedProxies::contains(const NetAddress &address) const
{
    return std::any_of(m_networks.begin(), m_networks.end(),
                       [&](const Network &network) { return address.isIn(network.address, network.prefixBits); });
}

NetAddress TrustedProxies::resolve(const NetAddress &peer, QByteArrayView forwardedFor) const
{
    NetAddress hop = peer;
    while (contains(hop) && !forwardedFor.isEmpty()) {
        const auto comma = forwardedFor.lastIndexOf(',');
        const auto next = parseHop(forwardedFor.sliced(comma + 1));
        if (!next)
            break;
        hop = *next;
        forwardedFor = comma < 0 ? QByteArrayView() : forwardedFor.first(comma);
    }
    return hop;
}

} // namespace Tertulia::Server
