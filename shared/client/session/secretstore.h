// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

namespace Tertulia::Client {

/// Where refresh tokens are kept: the one place on this machine that may hold them. The outside world; the desktop
/// brings its keychain. One thread.
class SecretStore
{
public:
    SecretStore() = default;
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;
    virtual ~SecretStore() = default;

    [[nodiscard]] virtual Future<void> write(const QString &key, const QByteArray &secret) = 0;
    /// Empty: nothing is kept under that key, or (a locked keyring) nothing that we may see.
    [[nodiscard]] virtual Future<std::optional<QByteArray>> read(const QString &key) = 0;
    [[nodiscard]] virtual Future<void> remove(const QString &key) = 0;
    /// False: secrets live as long as this process, and people are told so.
    [[nodiscard]] virtual bool isPersistent() const = 0;
};

/// Writes and reads back: a locked keyring may refuse silently. Unavailable when what comes back is something else.
/// @param secrets must outlive the future
[[nodiscard]] Future<void> writeVerified(SecretStore &secrets, const QString &key, const QByteArray &secret);

/// Secrets of this process only: for tests, bots, and where the machine has no safe place.
class MemorySecretStore final : public SecretStore
{
public:
    /// @param isPersistent what to claim; tests of a restart keep one store for both lives
    explicit MemorySecretStore(bool isPersistent = false);

    [[nodiscard]] Future<void> write(const QString &key, const QByteArray &secret) override;
    [[nodiscard]] Future<std::optional<QByteArray>> read(const QString &key) override;
    [[nodiscard]] Future<void> remove(const QString &key) override;
    [[nodiscard]] bool isPersistent() const override { return m_isPersistent; }

    [[nodiscard]] const QHash<QString, QByteArray> &secrets() const { return m_secrets; }

private:
    QHash<QString, QByteArray> m_secrets;
    bool m_isPersistent;
};

} // namespace Tertulia::Client
