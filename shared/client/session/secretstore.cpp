// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/secretstore.h"

#include <memory>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

/// The steps of writeVerified; lives until it has finished.
class VerifiedWrite final : public QObject
{
public:
    VerifiedWrite(SecretStore &secrets, const QString &key, const QByteArray &secret)
        : m_secrets(secrets)
        , m_key(key)
        , m_secret(secret)
    {
    }

    Future<void> start()
    {
        const Future<void> future = m_promise.future();
        whenAnswered(m_secrets.write(m_key, m_secret), this, [this](const Result<void> &written) {
            if (!written)
                return end(written);
            whenAnswered(m_secrets.read(m_key), this, [this](const Result<std::optional<QByteArray>> &read) {
                if (!read)
                    return end(failure(read.error()));
                if (*read != m_secret)
                    return end(failure(Error::unavailable(u"the secret store did not keep what was written"_s)));
                end({});
            });
        });
        return future;
    }

private:
    void end(const Result<void> &result)
    {
        deleteLater();
        m_promise.finish(result);
    }

    SecretStore &m_secrets;
    QString m_key;
    QByteArray m_secret;
    Promise<void> m_promise;
};

} // namespace

Future<void> writeVerified(SecretStore &secrets, const QString &key, const QByteArray &secret)
{
    return (new VerifiedWrite(secrets, key, secret))->start(); // deletes itself
}

MemorySecretStore::MemorySecretStore(bool isPersistent)
    : m_isPersistent(isPersistent)
{
}

Future<void> MemorySecretStore::write(const QString &key, const QByteArray &secret)
{
    m_secrets.insert(key, secret);
    return answered(Result<void>());
}

Future<std::optional<QByteArray>> MemorySecretStore::read(const QString &key)
{
    const auto found = m_secrets.constFind(key);
    return answered(Result<std::optional<QByteArray>>(
        found == m_secrets.constEnd() ? std::nullopt : std::optional<QByteArray>(*found)));
}

Future<void> MemorySecretStore::remove(const QString &key)
{
    m_secrets.remove(key);
    return answered(Result<void>());
}

} // namespace Tertulia::Client
