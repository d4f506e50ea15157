// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/session/secretstore.h"

#include <utility>
#include <vector>

namespace Tertulia::Test {

/// A machine without a secret store, or with a locked one: it says yes and keeps nothing.
class BrokenSecretStore final : public Client::SecretStore
{
public:
    enum class Kind { Refuses, Forgets };

    explicit BrokenSecretStore(Kind kind)
        : m_kind(kind)
    {
    }
    Client::Future<void> write(const QString &, const QByteArray &) override
    {
        return Client::answered(m_kind == Kind::Refuses ? refusal<void>() : Result<void>());
    }
    Client::Future<std::optional<QByteArray>> read(const QString &) override
    {
        using Secret = std::optional<QByteArray>;
        return Client::answered(m_kind == Kind::Refuses ? refusal<Secret>() : Result<Secret>(Secret()));
    }
    Client::Future<void> remove(const QString &) override
    {
        ++m_removals;
        return Client::answered(m_kind == Kind::Refuses ? refusal<void>() : Result<void>());
    }
    bool isPersistent() const override { return m_kind == Kind::Forgets; }
    int removals() const { return m_removals; }

private:
    template <class T> static Result<T> refusal()
    {
        return failure(Error::unavailable(QStringLiteral("no secret service")));
    }

    Kind m_kind;
    int m_removals = 0;
};

/// Writes when it is told to.
class SlowSecretStore final : public Client::SecretStore
{
public:
    Client::Future<void> write(const QString &key, const QByteArray &secret) override
    {
        m_writes.push_back({key, secret, {}});
        return m_writes.back().promise.future();
    }
    Client::Future<std::optional<QByteArray>> read(const QString &key) override { return m_store.read(key); }
    Client::Future<void> remove(const QString &key) override { return m_store.remove(key); }
    bool isPersistent() const override { return true; }

    int waiting() const { return int(m_writes.size()); }
    void carryOut()
    {
        for (Write &write : std::exchange(m_writes, {})) {
            (void)m_store.write(write.key, write.secret);
            write.promise.finish({});
        }
    }
    const QHash<QString, QByteArray> &secrets() const { return m_store.secrets(); }

private:
    struct Write
    {
        QString key;
        QByteArray secret;
        Client::Promise<void> promise;
    };
    std::vector<Write> m_writes;
    Client::MemorySecretStore m_store;
};

} // namespace Tertulia::Test
