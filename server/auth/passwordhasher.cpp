// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/passwordhasher.h"

#include "base/logging.h"
#include "base/random.h"

#include <QHash>

#include <sodium.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <thread>

namespace Tertulia::Server {

namespace {

/// One piece of work that waits, and how it is answered when there is no room for it.
struct Waiting
{
    QString network;
    Task run, refuse;
    quint64 round = 0; ///< in each round every network has one turn
};

} // namespace

struct PasswordHasher::Private
{
    PasswordSettings settings;
    QByteArray dummy; ///< verified against when there is nobody, so that the time tells nothing
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Waiting> queue; ///< in the order of their turns
    quint64 round = 0; ///< of the one taken last
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
                round = queue.front().round;
                task = std::move(queue.front().run);
                queue.pop_front();
            }
            task();
        }
    }

    [[nodiscard]] size_t waitingOf(const QString &network) const
    {
        return size_t(std::count_if(queue.begin(), queue.end(),
                                    [&network](const Waiting &waiting) { return waiting.network == network; }));
    }

    /// The last one of the network that has the most in the queue, if that is more than `own`; else the end.
    std::deque<Waiting>::iterator largest(size_t own)
    {
        QHash<QString, size_t> counts;
        auto found = queue.end();
        for (auto waiting = queue.begin(); waiting != queue.end(); ++waiting) {
            const size_t count = ++counts[waiting->network];
            if (count > own) {
                own = count;
                found = waiting; // the count was reached by its last one
            }
        }
        return found;
    }

    /// With the lock held. @return what is refused: nothing, the new one, or one that gave way to it
    Task place(Waiting added)
    {
        Task refused;
        const size_t own = waitingOf(added.network);
        if (int(queue.size()) >= settings.queueLimit) {
            const auto leaving = largest(own + 1);
            if (leaving == queue.end())
                return std::move(added.refuse);
            refused = std::move(leaving->refuse);
            queue.erase(leaving);
        }
        added.round = round + 1 + own;
        const auto place = std::upper_bound(queue.begin(), queue.end(), added.round,
                                            [](quint64 turn, const Waiting &other) { return turn < other.round; });
        queue.insert(place, std::move(added));
        return refused;
    }

    /// The threads are made at the first sign-in: an idle server has none.
    void enqueue(Waiting added)
    {
        Task refused;
        {
            const std::lock_guard lock(mutex);
            if (stopping) {
                refused = std::move(added.refuse);
            } else {
                refused = place(std::move(added));
                if (int(threads.size()) < std::max(1, settings.threads))
                    threads.emplace_back([this] { work(); });
            }
        }
        wake.notify_one();
        if (refused)
            refused();
    }

    /// `make` is `Result<T>()`; the completion is shared by the two ways in which it can end.
    template <class T, class Make> void enqueue(const QString &network, Completion<T> done, Make make);
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
    std::deque<Waiting> rest;
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

template <class T, class Make>
void PasswordHasher::Private::enqueue(const QString &network, Completion<T> done, Make make)
{
    auto shared = std::make_shared<Completion<T>>(std::move(done));
    enqueue({network, [shared, make = std::move(make)] { shared->finish(make()); },
             [shared] { shared->finish(failure(busy())); }});
}

void PasswordHasher::hash(const QString &password, const QString &network, Completion<QByteArray> done)
{
    d->enqueue(network, std::move(done), [this, password] { return hashNow(password); });
}

void PasswordHasher::verify(const QString &password, const QByteArray &hash, const QString &network,
                            Completion<Verdict> done)
{
    d->enqueue(network, std::move(done), [this, password, hash] { return Result<Verdict>(verifyNow(password, hash)); });
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
