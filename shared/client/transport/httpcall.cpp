// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/httpcall.h"

#include "client/transport/abortreply.h"
#include "client/transport/networkreasons.h"

#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QSslError>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

constexpr int longestRetryAfter = 24 * 3600; // seconds; a server that says more is not believed

/// Keeps nothing and sends nothing: one account's refresh cookie must never ride along with another's request.
class NoCookies final : public QNetworkCookieJar
{
public:
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

} // namespace

HttpCall::HttpCall(QNetworkAccessManager &network, const QByteArray &verb, QNetworkRequest request,
                   const QByteArray &body, const ApiLimits &limits, Done done)
    : m_limits(limits)
    , m_done(std::move(done))
{
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity");
    if (!body.isNull())
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    m_reply = network.sendCustomRequest(request, verb, body);
    m_reply->setParent(this);
    m_reply->setReadBufferSize(m_limits.answerBytes + 1);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_certificateTrouble = errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpCall::read);
    connect(m_reply, &QNetworkReply::finished, this, &HttpCall::finishReply);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(NetworkReason::timeout, u"no whole answer in time"_s); });
    m_deadline.start(m_limits.deadline);
}

HttpCall::~HttpCall()
{
    cancel();
}

void HttpCall::cancel()
{
    if (!m_done)
        return;
    m_done.reset();
    m_deadline.stop();
    m_reply->disconnect(this);
    abortReply(*m_reply);
    // At once: a reply that was to start in this turn of the loop would look for a manager that may have gone.
    delete std::exchange(m_reply, nullptr);
}

void HttpCall::read()
{
    m_body += m_reply->read(m_limits.answerBytes + 1 - m_body.size());
    if (m_body.size() > m_limits.answerBytes)
        fail(NetworkReason::answerTooLarge, u"the answer is larger than %1 bytes"_s.arg(m_limits.answerBytes));
}

void HttpCall::finishReply()
{
    if (!m_done)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // A status says more than the error that Qt makes of it (those from ContentAccessDenied on); a status without the
    // whole body says nothing.
    const auto error = m_reply->error();
    const bool isStatusError = error == QNetworkReply::NoError
        || (error >= QNetworkReply::ContentAccessDenied && error != QNetworkReply::ProtocolFailure);
    if (status < 100 || status > 599 || !isStatusError)
        return finish(failure(networkError()));
    read();
    if (!m_done)
        return;
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::move(m_body);
    const int seconds = m_reply->rawHeader("Retry-After").toInt();
    answer.retryAfterSeconds = std::clamp(seconds, 0, longestRetryAfter);
    if (const QUrl to = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl(); !to.isEmpty())
        answer.location = m_reply->url().resolved(to);
    finish(std::move(answer));
}

Error HttpCall::networkError() const
{
    QLatin1StringView reason = reasonOf(m_reply->error());
    QString message = m_reply->errorString();
    if (!m_certificateTrouble.isEmpty()) {
        reason = NetworkReason::certificate;
        message = m_certificateTrouble;
    }
    Error error = Error::unavailable(message);
    error.reason = reason;
    return error;
}

void HttpCall::fail(QLatin1StringView reason, const QString &message)
{
    Error error = Error::unavailable(message);
    error.reason = reason;
    finish(failure(std::move(error)));
}

void HttpCall::finish(Result<HttpAnswer> result)
{
    m_deadline.stop();
    m_reply->disconnect(this);
    abortReply(*m_reply);
    // The one that is told may delete this.
    Done done = std::move(m_done);
    m_done.reset();
    if (done)
        done(std::move(result));
}

std::unique_ptr<QNetworkAccessManager> makeNetworkAccessManager()
{
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setCookieJar(new NoCookies); // owned by the manager
    network->setAutoDeleteReplies(false);
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return network;
}

} // namespace Tertulia::Client
