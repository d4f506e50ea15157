// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubaccess.h"

#include "client/async.h"
#include "client/transport/huberrors.h"
#include "client/transport/networkreasons.h"

#include <QNetworkReply>
#include <QUrlQuery>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype toldBodyBytes = 300;

/// Of a request: how many tokens had been rejected when it was made.
constexpr auto rejectionsBefore = QNetworkRequest::User;

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == u"https"_s ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

} // namespace

void HubAccess::prepare(const QUrl &url, QObject *context, Ready ready)
{
    if (m_redirectToken || !m_options.accessToken || !isSameOrigin(url, m_options.url)) {
        ready(request(url, m_redirectToken.value_or(QString())));
        return;
    }
    whenAnswered<QString>(m_options.accessToken(), context,
                          [this, url, ready = std::move(ready)](const Result<QString> &token) {
                              if (!token) {
                                  ready(failure(token.error()));
                                  return;
                              }
                              m_lastToken = *token;
                              ready(request(url, *token));
                          });
}

bool HubAccess::rejectToken()
{
    if (m_hasRejected || m_lastToken.isEmpty() || !m_options.rejectToken)
        return false;
    m_hasRejected = true;
    ++m_rejections;
    m_options.rejectToken(m_lastToken);
    return true;
}

bool HubAccess::mayRepeat(const Error &why, const QNetworkRequest &refused)
{
    const bool wasBefore = refused.attribute(rejectionsBefore).toInt() < m_rejections;
    return why.code == ErrorCode::Unauthenticated && (wasBefore || rejectToken());
}

QNetworkRequest HubAccess::request(const QUrl &url, const QString &token) const
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    request.setMaximumRedirectsAllowed(m_options.redirectLimit);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Answers are small, and what is not compressed cannot swell.
    request.setRawHeader("Accept-Encoding", "identity");
    // A server that would send a browser to its login page says 401 instead.
    request.setRawHeader("X-Requested-With", "XMLHttpRequest");
    request.setRawHeader("User-Agent", "Tertulia/" TERTULIA_VERSION);
    for (const auto &[name, value] : m_options.headers)
        request.setRawHeader(name, value);
    request.setAttribute(rejectionsBefore, m_rejections);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    return request;
}

Error errorOfStatus(int status, const QString &message)
{
    Error error{ErrorCode::Unavailable, {}, message, {}, 0};
    if (status == 401)
        error.code = ErrorCode::Unauthenticated;
    else if (status == 403)
        error.code = ErrorCode::Forbidden;
    else if (status == 404)
        error.code = ErrorCode::NotFound;
    else if (status == 413)
        error.code = ErrorCode::TooLarge;
    else if (status == 429)
        error.code = ErrorCode::RateLimited;
    else if (status >= 400 && status < 500)
        error.code = ErrorCode::Invalid;
    return error;
}

Error errorOfReply(QNetworkReply &reply, bool timedOut)
{
    if (timedOut)
        return {ErrorCode::Timeout, NetworkReason::timeout, u"No answer in time."_s, {}, 0};
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return {ErrorCode::Unavailable, reasonOf(reply.error()), reply.errorString(), {}, 0};
    QString text = QString::fromUtf8(reply.read(toldBodyBytes)).simplified();
    if (text.isEmpty())
        text = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    Error error = errorOfStatus(status, u"%1: Status code '%2'"_s.arg(text).arg(status));
    error.retryAfterSeconds = qBound(0, reply.rawHeader("Retry-After").toInt(), 3600);
    return error;
}

QUrl withQueryItem(QUrl url, const QString &name, const QString &value)
{
    QUrlQuery query(url);
    query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    url.setQuery(query);
    return url;
}

} // namespace Tertulia::Client
