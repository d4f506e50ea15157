// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/transport/apianswer.h"
#include "client/transport/httpcall.h"

#include <QUrlQuery>

#include <initializer_list>
#include <unordered_map>

namespace Tertulia::Client {

class TokenKeeper;

/// A route of Routes:: with its {…} filled in, in order.
[[nodiscard]] QString routePath(QLatin1StringView route, std::initializer_list<QString> values);

struct ApiRequest
{
    QByteArray verb; ///< GET, POST …
    QString path; ///< from Routes::, filled by routePath()
    QUrlQuery query = {};
    QByteArray body = {}; ///< JSON; null = none
    bool isAnonymous = false; ///< without the account's token: sign-in, refresh, health
};

/// The REST side of one server for one account, or for nobody before sign-in. Unwraps the envelope and tells every
/// failure as a typed Error (docs/protocol/rest.md; NetworkReason for what lies between). With a TokenKeeper each
/// request carries the access token; a 401 makes the keeper refresh, and the request is sent once more.
///
///     whenAnswered(m_api.get<Profile>(Routes::me), this, [this](const Result<Profile> &profile) { … });
///
/// T is the type of `data`; `void` where data says nothing; Paged<T> where `pagination` beside it is wanted.
/// Cancelling the future that a call returned aborts the request. Destroying the client delivers Cancelled for all that
/// is under way.
class ApiClient final : public QObject
{
    Q_OBJECT

public:
    /// @param server http(s)://host[:port], with a path prefix where the server stands below one
    explicit ApiClient(QUrl server, QObject *parent = nullptr);
    ~ApiClient() override;

    void setLimits(const ApiLimits &limits) { m_limits = limits; }
    /// @param keeper must live as long as this client, or be taken away again with null
    void setTokenKeeper(TokenKeeper *keeper);

    template <class T> [[nodiscard]] Future<T> get(const QString &path, const QUrlQuery &query = {})
    {
        return call<T>({"GET", path, query});
    }
    template <class T, class Body> [[nodiscard]] Future<T> post(const QString &path, const Body &body)
    {
        return call<T>({"POST", path, {}, toJson(body)});
    }
    template <class T> [[nodiscard]] Future<T> post(const QString &path) { return call<T>({"POST", path}); }
    template <class T, class Body> [[nodiscard]] Future<T> put(const QString &path, const Body &body)
    {
        return call<T>({"PUT", path, {}, toJson(body)});
    }
    template <class T> [[nodiscard]] Future<T> remove(const QString &path) // delete is a keyword
    {
        return call<T>({"DELETE", path});
    }
    /// Without the account's token.
    template <class T, class Body> [[nodiscard]] Future<T> postAnonymously(const QString &path, const Body &body)
    {
        return call<T>({"POST", path, {}, toJson(body), true});
    }
    template <class T> [[nodiscard]] Future<T> call(ApiRequest request)
    {
        Promise<T> promise;
        Future<T> future = promise.future();
        const quint64 id = ++m_lastId;
        promise.onCancelled(this, [this, id] { finish(id, failure(Error::cancelled())); });
        start(id, std::move(request), [promise = std::move(promise)](Result<QByteArray> body) mutable {
            promise.finish(body ? decodeAnswer<T>(*body) : Result<T>(failure(std::move(body.error()))));
        });
        return future;
    }

    [[nodiscard]] const QUrl &server() const { return m_server; }
    /// Requests that have no result yet.
    [[nodiscard]] int pendingCount() const { return int(m_pending.size()); }

Q_SIGNALS:
    /// The server will not renew this session: it was revoked or has expired. Once; from the keeper.
    void sessionEnded(const Tertulia::Error &why);

private:
    using Done = MoveFunction<void(Result<QByteArray>)>;
    struct Pending;

    void start(quint64 id, ApiRequest request, Done done);
    void authorize(quint64 id);
    void send(quint64 id, const QString &token);
    void takeAnswer(quint64 id, const QString &token, const Result<HttpAnswer> &answer);
    void finish(quint64 id, Result<QByteArray> result);
    [[nodiscard]] QNetworkRequest networkRequest(const ApiRequest &request, const QString &token) const;

    const QUrl m_server;
    ApiLimits m_limits;
    std::unique_ptr<QNetworkAccessManager> m_network;
    TokenKeeper *m_keeper = nullptr;
    std::unordered_map<quint64, std::unique_ptr<Pending>> m_pending;
    quint64 m_lastId = 0;
    bool m_isEnding = false;
};

} // namespace Tertulia::Client
