// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keychainsecretstore.h"

#include "base/logging.h"

#include <qt6keychain/keychain.h>

#include <memory>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

/// QtKeychain's jobs delete themselves after finished(); the promise lives in the connection.
template <class T> std::shared_ptr<Client::Promise<T>> sharedPromise()
{
    return std::make_shared<Client::Promise<T>>();
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, QObject *parent)
    : QObject(parent)
    , m_service(std::move(service))
{
}

void KeychainSecretStore::setPersistent(bool isPersistent)
{
    if (isPersistent == m_isPersistent)
        return;
    m_isPersistent = isPersistent;
    Q_EMIT persistenceChanged(isPersistent);
}

Error KeychainSecretStore::refused(int error, const QString &text)
{
    qCInfo(logClient, "no secure place for secrets (%d): %s", error, qPrintable(text));
    setPersistent(false);
    Error unavailable = Error::unavailable(u"the key store: "_s + text);
    unavailable.reason = u"NO_SECRET_STORE"_s;
    return unavailable;
}

void KeychainSecretStore::probe()
{
    // refused() and read() tell what is to be told; a key that is never written is as good as any
    Client::whenAnswered(read(u"probe"_s), this, [](const Result<std::optional<QByteArray>> &) {});
}

Client::Future<void> KeychainSecretStore::write(const QString &key, const QByteArray &secret)
{
    auto promise = sharedPromise<void>();
    auto *job = new QKeychain::WritePasswordJob(m_service, this);
    job->setInsecureFallback(false);
    job->setKey(key);
    job->setBinaryData(secret);
    connect(job, &QKeychain::Job::finished, this, [this, promise](QKeychain::Job *done) {
        if (done->error() == QKeychain::NoError) {
            setPersistent(true);
            promise->finish({});
        } else {
            promise->finish(failure(refused(done->error(), done->errorString())));
        }
    });
    job->start();
    return promise->future();
}

Client::Future<std::optional<QByteArray>> KeychainSecretStore::read(const QString &key)
{
    auto promise = sharedPromise<std::optional<QByteArray>>();
    auto *job = new QKeychain::ReadPasswordJob(m_service, this);
    job->setInsecureFallback(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [this, promise](QKeychain::Job *done) {
        const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(done);
        if (done->error() == QKeychain::NoError && reading)
            promise->finish(std::optional(reading->binaryData()));
        else if (done->error() == QKeychain::EntryNotFound)
            promise->finish(std::optional<QByteArray>());
        else
            promise->finish(failure(refused(done->error(), done->errorString())));
    });
    job->start();
    return promise->future();
}

Client::Future<void> KeychainSecretStore::remove(const QString &key)
{
    auto promise = sharedPromise<void>();
    auto *job = new QKeychain::DeletePasswordJob(m_service, this);
    job->setInsecureFallback(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [this, promise](QKeychain::Job *done) {
        if (done->error() == QKeychain::NoError || done->error() == QKeychain::EntryNotFound)
            promise->finish({});
        else
            promise->finish(failure(refused(done->error(), done->errorString())));
    });
    job->start();
    return promise->future();
}

} // namespace Tertulia::Desktop
