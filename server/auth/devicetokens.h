// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/sealer.h"
#include "base/clock.h"
#include "base/ids.h"

namespace Tertulia::Server {

/// A device from which somebody has signed in to an account: what a device token says.
struct KnownDevice
{
    UserId user;
    SessionId session; ///< the one that was opened then; it may have ended, and tells this device from others
    qint64 epoch = 0; ///< of the account (Account::deviceEpoch); another one by now: it is known no more
};

/// Device tokens (docs/decisions/0058; in the manner of OWASP's device cookies): who brings one is counted apart from
/// those who guess. It opens nothing by itself. Sealed, so that whoever finds one learns nothing from it; nothing is
/// stored. Immutable; any thread.
class DeviceTokens
{
public:
    /// @param key at least 32 bytes, of KeyStore
    /// @param lifetime since the last time that the device was given one
    DeviceTokens(const Clock &clock, std::chrono::milliseconds lifetime, const QByteArray &key);

    /// The same text for a whole day, so that a client need not write it down with each refresh.
    [[nodiscard]] QString make(const KnownDevice &device) const;
    /// Empty for what this server did not make, and for what is too old.
    [[nodiscard]] std::optional<KnownDevice> open(const QString &token) const;

private:
    const Clock &m_clock;
    const std::chrono::milliseconds m_lifetime;
    const Sealer m_sealer;
};

} // namespace Tertulia::Server
