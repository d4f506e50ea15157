// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QHostAddress>

#include <array>
#include <compare>
#include <optional>
#include <vector>

struct sockaddr_storage;

namespace Tertulia::Server {

/// A network address in 16 bytes: IPv6, with IPv4 as v4-mapped. QHostAddress costs an allocation for each copy that
/// is kept; a connection keeps this.
class NetAddress
{
public:
    NetAddress() = default;
    explicit NetAddress(const sockaddr_storage &address);
    explicit NetAddress(const QHostAddress &address);

    [[nodiscard]] QHostAddress toHostAddress() const; ///< IPv4 again where it was
    [[nodiscard]] bool isLoopback() const;
    [[nodiscard]] bool isV4() const;
    /// The unit that limits count by: the address, for IPv6 the /64 that one subscriber gets.
    [[nodiscard]] NetAddress limitKey() const;
    [[nodiscard]] bool isIn(const NetAddress &network, int prefixBits) const; ///< prefix of 128 bits
    [[nodiscard]] size_t hash() const;

    friend auto operator<=>(const NetAddress &, const NetAddress &) = default;

private:
    std::array<quint8, 16> m_bytes{};
};

/// The configured proxies that are believed (RFC 7239 calls them trusted).
class TrustedProxies
{
public:
    TrustedProxies() = default;
    explicit TrustedProxies(const std::vector<std::pair<QHostAddress, int>> &networks);
    [[nodiscard]] bool isEmpty() const { return m_networks.empty(); }
    [[nodiscard]] bool contains(const NetAddress &address) const;
    /// The person's address: the rightmost entry of X-Forwarded-For that is no trusted proxy. `peer` if the peer is
    /// not trusted, or the list says nothing usable.
    [[nodiscard]] NetAddress resolve(const NetAddress &peer, QByteArrayView forwardedFor) const;

private:
    struct Network
    {
        NetAddress address;
        int prefixBits;
    };
    std::vector<Network> m_networks;
};

} // namespace Tertulia::Server

template <> struct std::hash<Tertulia::Server::NetAddress>
{
    size_t operator()(const Tertulia::Server::NetAddress &address) const noexcept { return address.hash(); }
};
