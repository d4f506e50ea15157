// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/accountflow.h"
#include "services/accountwatch.h"
#include "store/userstore.h"
#include "support/fakeclock.h"

#include <QSemaphore>
#include <QTemporaryDir>

#include <future>

namespace Tertulia::Test {

using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

template <class T> struct Awaited
{
    std::shared_ptr<std::promise<Result<T>>> promise = std::make_shared<std::promise<Result<T>>>();
    Completion<T> completion()
    {
        return Completion<T>(nullptr, [p = promise](Result<T> result) { p->set_value(std::move(result)); });
    }
    Result<T> wait() { return promise->get_future().get(); }
};

/// Hashing that costs next to nothing, one after the other.
inline AuthSettings cheap(int memoryKiB = 8)
{
    AuthSettings settings;
    settings.password.memoryKiB = memoryKiB;
    settings.password.passes = 1;
    settings.password.threads = 1;
    return settings;
}

/// Keeps the hashing thread busy: what is to be hashed meanwhile waits until letGo().
class HeldHasher
{
public:
    explicit HeldHasher(PasswordHasher &hasher)
    {
        hasher.hash(u"x"_s, u"192.0.2.99/32"_s,
                    Completion<QByteArray>(nullptr, [gates = m_gates](const Result<QByteArray> &) {
                        gates->reached.release();
                        gates->go.acquire();
                    }));
        m_gates->reached.acquire();
    }
    void letGo() { m_gates->go.release(); }

private:
    struct Gates
    {
        QSemaphore reached, go;
    };
    std::shared_ptr<Gates> m_gates = std::make_shared<Gates>();
};

/// Everything from the hasher to the store, as the server wires it.
struct Stage
{
    explicit Stage(AuthSettings theSettings = cheap(), const QString &path = {}, StoreSettings store = {})
        : settings(std::move(theSettings))
    {
        store.readerThreads = 1; // what is read first is answered first
        store.path = path.isEmpty() ? folder.filePath(u"test.db"_s) : path;
        store.clock = &clock;
        executor.emplace(store);
        flow.emplace(clock, settings, AddressLimits(), *executor, hasher, authenticator, accounts, devices);
        watch.emplace(clock, settings.accessLifetime, *executor, registry, authenticator);
        watch->setEnded([this](const SessionEnded &event) { dropped.push_back(event.user); });
        executor->addSink([this](const std::vector<DomainEvent> &events) {
            watch->committed(events);
            clock.advance(timeOfACommit);
        });
        const auto started = executor->start();
        if (!started)
            qFatal("no store: %s", qUtf8Printable(started.error().message));
        Awaited<Empty> loaded;
        watch->load(loaded.completion());
        if (!loaded.wait())
            qFatal("the watch could not load");
    }
    ~Stage() { executor->stop(); }

    static ClientInfo from(const QString &address)
    {
        const bool isV6 = address.contains(u':');
        return {.address = address,
                .network = isV6 ? address.section(u"::"_s, 0, 0) + u"::/64"_s : address + u"/32"_s,
                .userAgent = u"Test"_s,
                .deviceName = {},
                .isLoopback = address == u"127.0.0.1"_s};
    }
    static LoginRequest credentials(const QString &name, const QString &password)
    {
        LoginRequest request;
        request.username = name;
        request.password = password;
        return request;
    }
    Result<AuthResult> signUp(const QString &name, const QString &address = u"127.0.0.1"_s)
    {
        Awaited<AuthResult> result;
        flow->registerUser({.username = name, .fullName = name, .password = u"right password"_s, .email = {}},
                           from(address), result.completion());
        return result.wait();
    }
    Result<AuthResult> refresh(const AuthResult &with)
    {
        Awaited<AuthResult> result;
        flow->refresh(*with.refreshToken, from(u"127.0.0.1"_s), result.completion());
        return result.wait();
    }
    Result<AuthResult> login(const QString &name, const QString &password = u"right password"_s,
                             const QString &address = u"127.0.0.1"_s, const QString &deviceToken = {})
    {
        LoginRequest request = credentials(name, password);
        request.deviceToken = deviceToken;
        Awaited<AuthResult> result;
        flow->login(std::move(request), from(address), result.completion());
        return result.wait();
    }
    /// A sign-in that has read the account and waits for the hasher.
    Awaited<AuthResult> beginLogin(const QString &name, const QString &password = u"right password"_s)
    {
        Awaited<AuthResult> result;
        flow->login(credentials(name, password), from(u"127.0.0.1"_s), result.completion());
        settle();
        return result;
    }
    Awaited<Empty> beginPasswordChange(const AuthResult &by, const QString &next)
    {
        const Identity who = *authenticate(by);
        Awaited<Empty> result;
        flow->changePassword({who.user, who.session, who.role},
                             {.currentPassword = u"right password"_s, .newPassword = next}, from(u"127.0.0.1"_s),
                             result.completion());
        settle();
        return result;
    }
    Result<Empty> setPassword(UserId user, const QString &password)
    {
        const QByteArray hash = *hasher.hashNow(password);
        return write<Empty>(
            [&](Transaction &tx) { return accounts.setPassword(tx, user, hash, {}).map([] { return Empty{}; }); });
    }
    QByteArray storedHash(UserId user)
    {
        return *write<QByteArray>(
            [&](Transaction &tx) -> Result<QByteArray> { return UserStore::byId(tx, user)->passwordHash; });
    }
    Result<Identity> authenticate(const AuthResult &signedIn)
    {
        return authenticator.authenticateNow(signedIn.accessToken.toLatin1());
    }
    template <class T, class Work> Result<T> write(Work work)
    {
        Awaited<T> result;
        executor->write<T>(std::move(work), result.completion());
        return result.wait();
    }
    /// Waits for what is queued, reads included.
    void settle()
    {
        Awaited<Empty> written, read;
        executor->write<Empty>([](Transaction &) -> Result<Empty> { return Empty{}; }, written.completion());
        (void)written.wait();
        executor->read<Empty>([](ReadTransaction &) -> Result<Empty> { return Empty{}; }, read.completion());
        (void)read.wait();
    }

    QTemporaryDir folder;
    FakeClock clock;
    std::chrono::milliseconds timeOfACommit{0};
    AuthSettings settings;
    SessionRegistry registry{clock, settings.accessLifetime};
    Authenticator authenticator{clock, settings, *JwtKey::fromSecret(QByteArray(32, 'k')), registry};
    AccountService accounts{clock, settings, QByteArray(32, 'r')};
    DeviceTokens devices{clock, settings.deviceLifetime, QByteArray(32, 'd')};
    std::vector<UserId> dropped;
    // The hasher ends before the store: its waiting work may still want it.
    std::optional<Executor> executor;
    PasswordHasher hasher{settings.password};
    std::optional<AccountFlow> flow;
    std::optional<AccountWatch> watch;
};

} // namespace Tertulia::Test
