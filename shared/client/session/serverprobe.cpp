// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/serverprobe.h"

#include "client/transport/networkreasons.h"
#include "protocol/envelope.h"
#include "protocol/names.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestAddress = 2'000; // characters
constexpr qint64 probeBytes = 64 * 1024; // a health report has some hundred

/// The part of a health report that says "Tertulia" (docs/protocol/rest.md).
struct Health
{
    QString status;
    std::optional<QString> version;
    static constexpr auto fields()
    {
        return std::tuple{required("status", &Health::status), optional("version", &Health::version)};
    }
};
/// A server that is not well says so with success:false.
struct HealthEnvelope
{
    Health data;
    static constexpr auto fields() { return std::tuple{required("data", &HealthEnvelope::data)}; }
};

/// What people copy along: an address of the API or of a hub names the same server.
QString withoutKnownPaths(QString path)
{
    for (const QLatin1StringView known : {Routes::onlineHub, Routes::chatHub, Routes::health, Routes::api}) {
        while (path.endsWith(u'/'))
            path.chop(1);
        if (path.endsWith(known, Qt::CaseInsensitive)) {
            path.chop(known.size());
            break;
        }
    }
    return path;
}

/// Of an answer without a health report.
QLatin1StringView probeReason(int status)
{
    return status >= 502 && status <= 504 ? ProbeReason::away : ProbeReason::notTertulia;
}

QLatin1StringView probeReason(const Error &error)
{
    static constexpr std::pair<QLatin1StringView, QLatin1StringView> words[] = {
        {NetworkReason::hostNotFound, ProbeReason::noSuchHost},
        {NetworkReason::connectionRefused, ProbeReason::refused},
        {NetworkReason::certificate, ProbeReason::certificate},
        {NetworkReason::timeout, ProbeReason::timeout},
        {NetworkReason::offline, ProbeReason::offline},
    };
    for (const auto &[network, probe] : words) {
        if (error.reason == network)
            return probe;
    }
    return ProbeReason::notTertulia;
}

Error probeError(ErrorCode code, QLatin1StringView reason, const QString &message)
{
    return {code, reason, message, u"address"_s, 0};
}

} // namespace

bool isThisMachine(const QUrl &server)
{
    const QString host = server.host();
    return host.compare(u"localhost"_s, Qt::CaseInsensitive) == 0 || host.endsWith(u".localhost"_s, Qt::CaseInsensitive)
        || QHostAddress(host).isLoopback();
}

QUrl normalizedServer(const QUrl &url)
{
    QUrl out;
    out.setScheme(url.scheme().toLower());
    out.setHost(url.host().toLower());
    const int defaultPort = out.scheme() == "https"_L1 ? 443 : 80;
    if (url.port() > 0 && url.port() != defaultPort)
        out.setPort(url.port());
    out.setPath(withoutKnownPaths(url.path(QUrl::FullyEncoded)), QUrl::TolerantMode);
    return out;
}

ServerProbe::ServerProbe(QObject *parent)
    : QObject(parent)
    , m_network(makeNetworkAccessManager())
{
    m_limits.answerBytes = probeBytes;
}

ServerProbe::~ServerProbe() = default;

std::vector<QUrl> ServerProbe::candidates(const QString &typedAddress)
{
    const QString typed = typedAddress.trimmed();
    static const QRegularExpression scheme(u"^[a-z][a-z0-9+.-]*://"_s, QRegularExpression::CaseInsensitiveOption);
    const bool hasScheme = typed.contains(scheme);
    if (typed.isEmpty() || typed.size() > longestAddress || typed.contains(QRegularExpression(u"[\\s@]"_s)))
        return {};
    const QUrl url(hasScheme ? typed : u"https://"_s + typed, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || url.port() == 0)
        return {};
    std::vector<QUrl> urls{normalizedServer(url)};
    if (!hasScheme && isThisMachine(url)) {
        QUrl plain = url;
        plain.setScheme(u"http"_s);
        urls.push_back(normalizedServer(plain));
    }
    return urls;
}

Future<ServerInfo> ServerProbe::check(const QString &typedAddress)
{
    cancel();
    m_candidates = candidates(typedAddress);
    if (m_candidates.empty()) {
        return answered(Result<ServerInfo>(
            failure(probeError(ErrorCode::Invalid, ProbeReason::badAddress, u"not an address of a server"_s))));
    }
    std::reverse(m_candidates.begin(), m_candidates.end());
    m_promise.emplace();
    Future<ServerInfo> future = m_promise->future();
    tryNext();
    return future;
}

void ServerProbe::cancel()
{
    dropCall();
    if (auto promise = std::exchange(m_promise, std::nullopt))
        promise->finish(failure(Error::cancelled()));
}

void ServerProbe::dropCall()
{
    if (!m_call)
        return;
    m_call->cancel();
    m_call.release()->deleteLater();
}

void ServerProbe::tryNext()
{
    const QUrl server = m_candidates.back();
    m_candidates.pop_back();
    QUrl url = server;
    url.setPath(server.path(QUrl::FullyEncoded) + Routes::health, QUrl::TolerantMode);
    m_call =
        std::make_unique<HttpCall>(*m_network, "GET", QNetworkRequest(url), QByteArray(), m_limits,
                                   [this, server](const Result<HttpAnswer> &answer) { takeAnswer(server, answer); });
}

void ServerProbe::takeAnswer(const QUrl &server, const Result<HttpAnswer> &answer)
{
    dropCall();
    if (answer) {
        if (const auto report = fromJson<HealthEnvelope>(answer->body)) {
            const bool isHealthy = answer->isSuccess();
            return finish(ServerInfo{server, report->data.version.value_or(QString()), isHealthy});
        }
        // A server that wants to be spoken to in secret only: the same address, with TLS.
        const QUrl to = answer->location;
        if (server.scheme() == "http"_L1 && to.scheme() == "https"_L1
            && to.host().compare(server.host(), Qt::CaseInsensitive) == 0 && m_candidates.empty()) {
            QUrl secure = to;
            secure.setQuery(QString());
            m_candidates.push_back(normalizedServer(secure));
            return tryNext();
        }
    }
    if (!m_candidates.empty())
        return tryNext();
    const QLatin1StringView reason = answer ? probeReason(answer->status) : probeReason(answer.error());
    const QString message =
        answer ? u"HTTP status %1 without a health report"_s.arg(answer->status) : answer.error().message;
    finish(failure(probeError(ErrorCode::Unavailable, reason, message)));
}

void ServerProbe::finish(Result<ServerInfo> result)
{
    // Whoever is told may check again, or destroy this.
    if (auto promise = std::exchange(m_promise, std::nullopt))
        promise->finish(std::move(result));
}

} // namespace Tertulia::Client
