// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace Tertulia::Server {

/// Small values that go out and come back with a later request, such as cursors: nobody but this server can read, make
/// or change one. XChaCha20-Poly1305 under a nonce that is a keyed digest of what is sealed (the SIV construction), so
/// that the same value is sealed to the same text and no state or randomness is needed. Immutable; any thread.
class Sealer
{
public:
    /// @param key at least 32 bytes, of KeyStore
    explicit Sealer(const QByteArray &key);

    /// base64url without padding.
    /// @param context for what and whom it is sealed; open() wants the same
    [[nodiscard]] QByteArray seal(const QByteArray &value, const QByteArray &context) const;
    /// Empty unless seal() of a Sealer with this key made it for this context.
    [[nodiscard]] std::optional<QByteArray> open(const QByteArray &sealed, const QByteArray &context) const;

private:
    [[nodiscard]] QByteArray nonceOf(const QByteArray &value, const QByteArray &context) const;

    QByteArray m_cipherKey, m_nonceKey;
};

} // namespace Tertulia::Server
