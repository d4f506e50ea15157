// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jwks.h"

#include "base/logging.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QThread>

#include <mutex>

namespace Tertulia::Server {

namespace {
constexpr qint64 maxBytes = 256 * 1024;
constexpr int maxKeys = 64;
constexpr int transferTimeoutMs = 5'000;
constexpr auto refetchInterval = std::chrono::minutes(1);
constexpr auto renewInterval = std::chrono::hours(1);

std::vector<JwtKey> readKeys(const QByteArray &json)
{
    std::vector<JwtKey> keys;
    const QJsonArray list = QJsonDocument::fromJson(json).object().value(QLatin1String("keys")).toArray();
    for (const QJsonValue &entry : list) {
        if (auto key = JwtKey::fromJwk(entry.toObject()); key && int(keys.size()) < maxKeys)
            keys.push_back(*key); // keys of other kinds (encryption, curves we do not know) are passed over
    }
    return keys;
}
} // namespace

struct JwksCache::Private
{
    explicit Private(const Clock &theClock, QUrl theUrl)
        : clock(theClock)
        , url(std::move(theUrl))
    {
    }

    const Clock &clock;
    const QUrl url;
    std::mutex mutex;
    std::vector<JwtKey> keys;
    std::optional<std::chrono::steady_clock::time_point> lastFetch;
    std::unique_ptr<QThread> thread;

    void received(QNetworkReply *reply)
    {
        if (reply->error() != QNetworkReply::NoError || reply->bytesAvailable() > maxBytes) {
            qCWarning(logAuth) << "the identity provider's keys could not be fetched:" << reply->errorString();
            return;
        }
        std::vector<JwtKey> fresh = readKeys(reply->readAll());
        qCInfo(logAuth) << "the identity provider has" << fresh.size() << "usable keys";
        const std::lock_guard lock(mutex);
        if (!fresh.empty())
            keys = std::move(fresh);
    }
};

JwksCache::JwksCache(const Clock &clock, QUrl url)
    : d(std::make_shared<Private>(clock, std::move(url)))
{
}

JwksCache::~JwksCache()
{
    if (d->thread) {
        d->thread->quit();
        d->thread->wait();
    }
}

bool JwksCache::isAcceptable(const QUrl &url)
{
    if (url.scheme() == QLatin1String("https"))
        return !url.host().isEmpty();
    return url.scheme() == QLatin1String("http")
        && (url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback());
}

void JwksCache::prefetch()
{
    const std::lock_guard lock(d->mutex);
    fetch();
}

void JwksCache::fetch()
{
    const auto now = d->clock.steadyNow();
    if (d->lastFetch && now - *d->lastFetch < refetchInterval)
        return;
    d->lastFetch = now;
    if (!d->thread) {
        d->thread = std::make_unique<QThread>();
        d->thread->setObjectName(QStringLiteral("jwks"));
        d->thread->start();
    }
    auto *manager = new QNetworkAccessManager;
    manager->moveToThread(d->thread.get());
    QObject::connect(d->thread.get(), &QThread::finished, manager, &QObject::deleteLater);
    QMetaObject::invokeMethod(manager, [shared = d, manager] {
        QNetworkRequest request(shared->url);
        request.setTransferTimeout(transferTimeoutMs);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        QNetworkReply *reply = manager->get(request);
        QObject::connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
            if (received > maxBytes)
                reply->abort();
        });
        QObject::connect(reply, &QNetworkReply::finished, manager, [shared, reply, manager] {
            shared->received(reply);
            manager->deleteLater(); // and the reply, its child
        });
    });
}

Result<JwtKey> JwksCache::key(const QString &id, JwtAlgorithm algorithm)
{
    const std::lock_guard lock(d->mutex);
    const JwtKey *found = nullptr;
    int matching = 0;
    for (const JwtKey &key : d->keys) {
        if (key.algorithm() == algorithm && (id.isEmpty() || key.id() == id)) {
            found = &key;
            ++matching;
        }
    }
    const auto now = d->clock.steadyNow();
    const bool mayFetch = !d->lastFetch || now - *d->lastFetch >= refetchInterval;
    if (found && (matching == 1 || !id.isEmpty())) {
        const JwtKey key = *found;
        if (now - *d->lastFetch >= renewInterval)
            fetch();
        return key;
    }
    fetch();
    if (!mayFetch && !d->keys.empty())
        return failure(Error::unauthenticated(QStringLiteral("The token is signed with an unknown key.")));
    return failure(Error::unavailable(QStringLiteral("The identity provider's keys are being fetched."), 1));
}

} // namespace Tertulia::Server
