// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/apiclient.h"

#include "client/session/tokenkeeper.h"

#include <QNetworkAccessManager>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

QString routePath(QLatin1StringView route, std::initializer_list<QString> values)
{
    QString path;
    auto value = values.begin();
    for (qsizetype at = 0; at < route.size();) {
        if (route[at] != u'{' || value == values.end()) {
            path += route[at++];
            continue;
        }
        path += QString::fromLatin1(QUrl::toPercentEncoding(*value++));
        at = route.indexOf(u'}', at) + 1;
    }
    return path;
}

struct ApiClient::Pending
{
    ApiRequest request;
    Done done;
    std::unique_ptr<HttpCall> call = {};
    bool isSecondTry = false;

    /// Nothing below this may be deleted inside its own signal.
    ~Pending() { dropCall(); }
    void dropCall()
    {
        if (!call)
            return;
        call->cancel();
        call.release()->deleteLater();
    }
};

ApiClient::ApiClient(QUrl server, QObject *parent)
    : QObject(parent)
    , m_server(std::move(server))
    , m_network(makeNetworkAccessManager())
{
}

ApiClient::~ApiClient()
{
    m_isEnding = true; // whoever tries again when told is told again
    while (!m_pending.empty())
        finish(m_pending.begin()->first, failure(Error::cancelled()));
}

void ApiClient::setTokenKeeper(TokenKeeper *keeper)
{
    if (m_keeper)
        m_keeper->disconnect(this);
    m_keeper = keeper;
    if (m_keeper)
        connect(m_keeper, &TokenKeeper::sessionEnded, this, &ApiClient::sessionEnded);
}

void ApiClient::start(quint64 id, ApiRequest request, Done done)
{
    if (m_isEnding)
        return done(failure(Error::cancelled()));
    m_pending.emplace(id, new Pending{std::move(request), std::move(done)});
    authorize(id);
}

void ApiClient::authorize(quint64 id)
{
    Pending &pending = *m_pending.at(id);
    if (pending.request.isAnonymous || !m_keeper)
        return send(id, {});
    whenAnswered(m_keeper->accessToken(), this, [this, id](const Result<QString> &token) {
        if (token)
            send(id, *token);
        else
            finish(id, failure(token.error()));
    });
}

void ApiClient::send(quint64 id, const QString &token)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return; // cancelled while it waited for its token
    Pending &pending = *found->second;
    pending.call = std::make_unique<HttpCall>(
        *m_network, pending.request.verb, networkRequest(pending.request, token), pending.request.body, m_limits,
        [this, id, token](const Result<HttpAnswer> &answer) { takeAnswer(id, token, answer); });
}

void ApiClient::takeAnswer(quint64 id, const QString &token, const Result<HttpAnswer> &answer)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    if (!answer)
        return finish(id, failure(answer.error()));
    if (answer->isSuccess())
        return finish(id, answer->body);
    Error error = errorOfAnswer(*answer);
    Pending &pending = *found->second;
    if (error.code == ErrorCode::Unauthenticated && m_keeper && !token.isEmpty() && !pending.isSecondTry) {
        pending.isSecondTry = true;
        pending.dropCall();
        m_keeper->reject(token);
        return authorize(id);
    }
    finish(id, failure(std::move(error)));
}

void ApiClient::finish(quint64 id, Result<QByteArray> result)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    const std::unique_ptr<Pending> pending = std::move(found->second);
    m_pending.erase(found);
    // Whoever is told may destroy this client.
    Done done = std::move(pending->done);
    done(std::move(result));
}

QNetworkRequest ApiClient::networkRequest(const ApiRequest &request, const QString &token) const
{
    QUrl url = m_server;
    url.setPath(m_server.path(QUrl::FullyEncoded) + request.path, QUrl::TolerantMode);
    if (!request.query.isEmpty()) {
        // QUrlQuery leaves + alone, and servers read it as a space.
        QString query = request.query.toString(QUrl::FullyEncoded);
        url.setQuery(query.replace(u'+', u"%2B"_s), QUrl::StrictMode);
    }
    QNetworkRequest out(url);
    out.setHeader(QNetworkRequest::UserAgentHeader, u"Tertulia/"_s + QLatin1StringView(TERTULIA_VERSION));
    if (!token.isEmpty())
        out.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    return out;
}

} // namespace Tertulia::Client
