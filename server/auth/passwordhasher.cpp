// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/passwordhasher.h"

#include "base/logging.h"
#include "base/random.h"

#include <sodium.h>

#include <condition_variable>
#include <deque>
#include <thread>

namespace Tertulia::Server {

struct PasswordHasher::Private
{
    PasswordSettings settings;
    QByteArray dummy; ///< verified against when there is nobody, so that the time tells nothing
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Task> queue;
    bool stopping = false;
    std::vector<std::thread> threads;

    [[nodiscard]] size_t memory() const { return size_t(settings.memoryKiB) * 1024; }
    [[nodiscard]] unsigned long long passes() const { return static_cast<unsigned long long>(settings.passes); }

    void work()
    {
        for (;;) {
            Task task;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return stopping || !queue.empty(); });
                if (stopping)
                    return;
                task = std::move(queue.front());
                queue.pop_front();
            }
            task();
        }
    }

    /// The threads are made at the first sign-in: an idle server has none.
    bool enqueue(Task task)
    {
        {
            const std::lock_guard lock(mutex);
            if (stopping || int(queue.size()) >= settings.queueLimit)
                return false;
            queue.push_back(std::move(task));
            if (int(threads.size()) < std::max(1, settings.threads))
                threads.emplace_back([this] { work(); });
        }
        wake.notify_one();
        return true;
    }
};

PasswordHasher::PasswordHasher(const PasswordSettings &settings)
    : d(std::make_unique<Private>())
{
    d->settings = settings;
    if (sodium_init() < 0)
        qFatal("libsodium could not be initialised");
    // A PHC string of random bytes: no password fits it, and trying takes the usual time.
    QByteArray salt(crypto_pwhash_SALTBYTES, Qt::Uninitialized), digest(32, Qt::Uninitialized);
    fillRandom(salt.data(), size_t(salt.size()));
    fillRandom(digest.data(), size_t(digest.size()));
    d->dummy = QStringLiteral("$argon2id$v=19$m=%1,t=%2,p=1$").arg(settings.memoryKiB).arg(settings.passes).toLatin1()
        + salt.toBase64(QByteArray::OmitTrailingEquals) + '$' + digest.toBase64(QByteArray::OmitTrailingEquals);
}

PasswordHasher::~PasswordHasher()
{
    stop();
}

void PasswordHasher::stop()
{
    std::deque<Task> rest;
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
        rest = std::exchange(d->queue, {});
        threads = std::exchange(d->threads, {});
    }
    d->wake.notify_all();
    rest.clear(); // cancels
    for (std::thread &thread : threads)
        thread.join();
}

namespace {
Error busy()
{
    return Error::rateLimited(2, QStringLiteral("Too many sign-ins at once. Please try again in a moment."));
}
} // namespace

void PasswordHasher::hash(const QString &password, Completion<QByteArray> done)
{
    // The completion is kept apart from the task, so that it can be answered when the queue is full.
    auto shared = std::make_shared<Completion<QByteArray>>(std::move(done));
    if (!d->enqueue([this, password, shared] { shared->finish(hashNow(password)); }))
        shared->finish(failure(busy()));
}

void PasswordHasher::verify(const QString &password, const QByteArray &hash, Completion<Verdict> done)
{
    auto shared = std::make_shared<Completion<Verdict>>(std::move(done));
    if (!d->enqueue([this, password, hash, shared] { shared->finish(verifyNow(password, hash)); }))
        shared->finish(failure(busy()));
}

Result<QByteArray> PasswordHasher::hashNow(const QString &password) const
{
    const QByteArray text = password.toUtf8();
    char out[crypto_pwhash_STRBYTES] = {};
    if (crypto_pwhash_str(out, text.constData(), static_cast<unsigned long long>(text.size()), d->passes(), d->memory())
        != 0) {
        qCWarning(logAuth) << "argon2id: no memory for a hash";
        return failure(Error::unavailable(QStringLiteral("The server is out of memory for password hashing."), 5));
    }
    return QByteArray(out);
}

PasswordHasher::Verdict PasswordHasher::verifyNow(const QString &password, const QByteArray &hash) const
{
    const QByteArray text = password.toUtf8();
    const QByteArray against = hash.isEmpty() ? d->dummy : hash;
    const bool same =
        crypto_pwhash_str_verify(against.constData(), text.constData(), static_cast<unsigned long long>(text.size()))
        == 0;
    Verdict verdict;
    verdict.matches = same && !hash.isEmpty();
    verdict.needsRehash =
        verdict.matches && crypto_pwhash_str_needs_rehash(hash.constData(), d->passes(), d->memory()) != 0;
    return verdict;
}

} // namespace Tertulia::Server
