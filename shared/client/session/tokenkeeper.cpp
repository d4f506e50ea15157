// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/tokenkeeper.h"

#include "base/logging.h"
#include "client/session/secretstore.h"
#include "client/transport/apiclient.h"
#include "client/transport/networkreasons.h"
#include "protocol/names.h"

#include <QPointer>

#include <algorithm>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestToken = 16 * 1024; // characters
constexpr int longestLife = 24 * 3600; // seconds; an access token that claims more is renewed daily all the same

/// Whether the server, and not something between, will never renew this session.
bool isFinal(const Error &error)
{
    return error.code == ErrorCode::Unauthenticated || error.code == ErrorCode::Forbidden
        || error.code == ErrorCode::Invalid;
}

/// Fit for a header: what else a server may call a token is not carried about.
bool isToken(const QString &text)
{
    const auto isPrintable = [](QChar c) { return c > u' ' && c <= u'~'; };
    return !text.isEmpty() && text.size() <= longestToken && std::all_of(text.begin(), text.end(), isPrintable);
}

bool areTokens(const AuthResult &result)
{
    return isToken(result.accessToken) && (!result.refreshToken || isToken(*result.refreshToken));
}

Error badTokens()
{
    Error error = Error::unavailable(u"the server gave no usable tokens"_s);
    error.reason = NetworkReason::badAnswer;
    return error;
}

Error noSession()
{
    return Error::unauthenticated(u"there is no session"_s);
}

} // namespace

TokenKeeper::TokenKeeper(ApiClient &api, SecretStore &secrets, QString secretKey, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_secrets(secrets)
    , m_secretKey(std::move(secretKey))
    , m_clock(clock)
{
    m_keepDeadline.setSingleShot(true);
    connect(&m_keepDeadline, &QTimer::timeout, this, [this] {
        qCWarning(logClient, "the secret store does not answer: going on with the session in memory");
        keepEnded(failure(Error::unavailable(u"the secret store does not answer"_s)));
    });
}

TokenKeeper::~TokenKeeper()
{
    answerWaiting(failure(Error::cancelled()));
}

Future<void> TokenKeeper::begin(const AuthResult &signIn)
{
    ++m_session;
    m_isRefreshing = false;
    m_refreshToken.clear();
    // Servers for browsers only give no refresh token.
    if (!areTokens(signIn) || !signIn.refreshToken) {
        m_accessToken.clear();
        answerWaiting(failure(badTokens()));
        return answered(Result<void>(failure(badTokens())));
    }
    take(signIn);
    Future<void> kept = keep();
    answerWaiting(m_accessToken); // they waited for a renewal of the session before
    return kept;
}

Future<void> TokenKeeper::restore()
{
    Promise<void> promise;
    const Future<void> future = promise.future();
    whenAnswered(m_secrets.read(deviceKey()), this, [this](const Result<std::optional<QByteArray>> &read) {
        if (read && *read && m_deviceToken.isEmpty())
            m_deviceToken = QString::fromUtf8(**read);
    });
    whenAnswered(m_secrets.read(m_secretKey), this,
                 [this, session = m_session,
                  promise = std::move(promise)](const Result<std::optional<QByteArray>> &read) mutable {
                     if (session != m_session)
                         return promise.finish({}); // somebody signed in meanwhile
                     if (!read)
                         return promise.finish(failure(read.error()));
                     if (!*read || (*read)->isEmpty())
                         return promise.finish(failure(noSession()));
                     m_refreshToken = QString::fromUtf8(**read);
                     m_isKept = m_secrets.isPersistent();
                     promise.finish({});
                 });
    return future;
}

Future<void> TokenKeeper::forget()
{
    ++m_session;
    m_isRefreshing = m_isKept = false;
    m_accessToken.clear();
    m_refreshToken.clear();
    m_deviceToken.clear();
    (void)m_secrets.remove(deviceKey());
    Future<void> removed = m_secrets.remove(m_secretKey);
    answerWaiting(failure(noSession()));
    return removed;
}

Future<QString> TokenKeeper::accessToken()
{
    if (!hasSession())
        return answered(Result<QString>(failure(noSession())));
    if (!m_isRefreshing && isFresh())
        return answered(Result<QString>(m_accessToken));
    Future<QString> future = m_waiting.emplace_back().future();
    if (!m_isRefreshing)
        refresh();
    return future;
}

void TokenKeeper::reject(const QString &accessToken)
{
    if (accessToken == m_accessToken)
        m_accessToken.clear();
}

void TokenKeeper::refresh()
{
    m_isRefreshing = true;
    const auto answer = m_api.postAnonymously<AuthResult>(Routes::refreshToken, RefreshRequest{m_refreshToken});
    whenAnswered(answer, this, [this, session = m_session](const Result<AuthResult> &result) {
        if (session == m_session)
            refreshed(result);
    });
}

void TokenKeeper::refreshed(const Result<AuthResult> &result)
{
    if (!result && isFinal(result.error()))
        return end(result.error());
    if (!result || !areTokens(*result)) {
        m_isRefreshing = false;
        // Better an old token that still lives than none.
        return answerWaiting(isAlive() ? Result<QString>(m_accessToken)
                                       : failure(result ? badTokens() : result.error()));
    }
    take(*result);
    const QPointer<TokenKeeper> guard(this);
    Q_EMIT renewed(result->user);
    if (!guard)
        return;
    whenAnswered(keep(), this, [this, session = m_session](const Result<void> &) {
        if (session != m_session)
            return;
        m_isRefreshing = false;
        answerWaiting(m_accessToken);
    });
}

void TokenKeeper::take(const AuthResult &tokens)
{
    const std::chrono::seconds life(std::clamp(tokens.expiresIn, 0, longestLife));
    m_accessToken = tokens.accessToken;
    m_expiresAt = m_clock.now() + life;
    m_margin = std::min<std::chrono::milliseconds>(renewalMargin, std::chrono::milliseconds(life) / 4);
    if (tokens.refreshToken)
        m_refreshToken = *tokens.refreshToken;
    takeDevice(tokens.deviceToken);
}

/// Nobody waits for it to be kept: who loses it is counted like a stranger at the next sign-in, no more.
void TokenKeeper::takeDevice(const std::optional<QString> &token)
{
    if (!token || !isToken(*token) || *token == m_deviceToken)
        return;
    m_deviceToken = *token;
    (void)m_secrets.write(deviceKey(), m_deviceToken.toUtf8());
}

QString TokenKeeper::deviceKey() const
{
    return m_secretKey + u"/device"_s;
}

Future<void> TokenKeeper::keep()
{
    m_keeping = Promise<void>(); // an earlier one ends as Cancelled
    const Future<void> future = m_keeping->future();
    const quint64 keeping = ++m_lastKeeping;
    m_keepDeadline.start(m_keepTimeout);
    whenAnswered(writeVerified(m_secrets, m_secretKey, m_refreshToken.toUtf8()), this,
                 [this, keeping](const Result<void> &written) {
                     if (keeping == m_lastKeeping)
                         keepEnded(written);
                 });
    return future;
}

void TokenKeeper::keepEnded(const Result<void> &written)
{
    m_keepDeadline.stop();
    m_isKept = written && m_secrets.isPersistent();
    if (!written) {
        qCWarning(logClient, "a session could not be kept: %s", qPrintable(written.error().message));
        // What is kept is an older token, and using it again would end the session.
        (void)m_secrets.remove(m_secretKey);
    }
    if (auto keeping = std::exchange(m_keeping, std::nullopt))
        keeping->finish(written);
}

void TokenKeeper::end(const Error &why)
{
    ++m_session;
    m_isRefreshing = m_isKept = false;
    m_accessToken.clear();
    m_refreshToken.clear();
    (void)m_secrets.remove(m_secretKey);
    std::vector<Promise<QString>> waiting = std::move(m_waiting);
    m_waiting.clear();
    // First, so that whoever loses a request over it knows why.
    Q_EMIT sessionEnded(why);
    // Only locals from here: that may have ended this object.
    for (Promise<QString> &promise : waiting)
        promise.finish(failure(noSession()));
}

void TokenKeeper::answerWaiting(const Result<QString> &token)
{
    std::vector<Promise<QString>> waiting = std::move(m_waiting);
    m_waiting.clear();
    for (Promise<QString> &promise : waiting)
        promise.finish(token);
}

bool TokenKeeper::isFresh() const
{
    return !m_accessToken.isEmpty() && m_clock.now() + m_margin < m_expiresAt;
}

bool TokenKeeper::isAlive() const
{
    return !m_accessToken.isEmpty() && m_clock.now() < m_expiresAt;
}

} // namespace Tertulia::Client
