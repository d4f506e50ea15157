// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/identity.h"

namespace Tertulia::Server {

/// A person's account as the server keeps it; only parts of it ever cross the wire.
struct Account
{
    UserId id;
    QString username;
    QString fullName;
    std::optional<QString> email, avatar, bio, location, website;
    Role role = Role::User;
    QByteArray passwordHash; ///< PHC string; empty: no password, a foreign identity provider signs this person in
    bool isDisabled = false;
    QString externalIssuer, externalSubject;
    Timestamp createdAt;
    qint64 deviceEpoch = 0; ///< device tokens of another one are known no more

    [[nodiscard]] UserCard card() const { return {id, fullName, username, avatar}; }
};

/// One signed-in device.
struct Session
{
    SessionId id;
    UserId user;
    Timestamp createdAt, lastUsedAt, expiresAt;
    QString deviceName;
    QString address;
    QByteArray refreshHash; ///< SHA-256 of the only refresh token that is good now
    std::optional<Timestamp> endedAt;
    bool isAnswerUsed = true; ///< an access token that came with that refresh token was used
};

/// Where a request comes from, for the list of sessions and for limits.
struct ClientInfo
{
    QString address;
    QString network; ///< what limits count by, as "192.0.2.1/32" or "2001:db8:0:1::/64": what one subscriber gets
    QString userAgent;
    QString deviceName; ///< as the client calls itself, may be empty
    bool isLoopback = false; ///< not limited

    /// Limits and turns go by person; where nobody is known yet the network stands for one.
    [[nodiscard]] UserId networkKey() const { return UserId(Uuid::fromName("network", network.toUtf8())); }
};

} // namespace Tertulia::Server
