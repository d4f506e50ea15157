// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/session/secretstore.h"

#include <QObject>

namespace Tertulia::Desktop {

/// Secrets in the desktop's key store (Secret Service, KWallet) through QtKeychain, and nowhere else: QtKeychain's
/// fallback to a plain file is never used. Any answer but "found" and "not found" means that there is no secure store:
/// isPersistent() becomes false, and the session lives as long as the process.
class KeychainSecretStore final : public QObject, public Client::SecretStore
{
    Q_OBJECT

public:
    /// @param service the name under which the key store shows what is ours
    explicit KeychainSecretStore(QString service = QStringLiteral("Tertulia"), QObject *parent = nullptr);

    /// Finds out whether there is a store at all, so that the sign-in page can say so before it is used. A locked one
    /// shows itself at the first write only.
    void probe();

    [[nodiscard]] Client::Future<void> write(const QString &key, const QByteArray &secret) override;
    [[nodiscard]] Client::Future<std::optional<QByteArray>> read(const QString &key) override;
    [[nodiscard]] Client::Future<void> remove(const QString &key) override;
    [[nodiscard]] bool isPersistent() const override { return m_isPersistent; }

Q_SIGNALS:
    void persistenceChanged(bool isPersistent);

private:
    void setPersistent(bool isPersistent);
    [[nodiscard]] Error refused(int error, const QString &text);

    const QString m_service;
    bool m_isPersistent = true; ///< until something says otherwise
};

} // namespace Tertulia::Desktop
