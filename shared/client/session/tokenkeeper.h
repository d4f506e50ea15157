// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "client/async.h"
#include "protocol/identity.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace Tertulia::Client {

class ApiClient;
class SecretStore;

/// The tokens of one session. One refresh is under way at a time, however many wait for it, and the new refresh token
/// is in the secret store before anybody gets the access token: the server ends the session of a
/// refresh token that comes again after its answer was used (docs/decisions/0046-refresh-answers-that-were-lost.md).
/// And the account's device token (docs/decisions/0058-known-devices.md), which outlives the session.
class TokenKeeper final : public QObject
{
    Q_OBJECT

public:
    /// A token with less life left than this is renewed before it is used (a short-lived one at a quarter of its life).
    static constexpr std::chrono::seconds renewalMargin{60};

    /// @param api asked without a token; @param secrets where the refresh token goes under `secretKey`,
    /// and the device token under `secretKey`/device
    TokenKeeper(ApiClient &api, SecretStore &secrets, QString secretKey, const Clock &clock, QObject *parent = nullptr);
    ~TokenKeeper() override;

    /// A secret store that has not answered after this (it may be asking a person) is not waited for any more.
    void setKeepTimeout(std::chrono::milliseconds timeout) { m_keepTimeout = timeout; }

    /// A new session (sign-in): keeps its refresh token; finishes when that is safe, or could not be made safe. It
    /// works either way; see isKept().
    Future<void> begin(const AuthResult &signIn);
    /// The session of an earlier run: reads the refresh token. Unauthenticated when there is none.
    Future<void> restore();
    /// Forgets all tokens, here and in the secret store.
    Future<void> forget();

    /// The access token, renewed if needed. Unauthenticated when there is no session (any more).
    [[nodiscard]] Future<QString> accessToken();
    /// The server did not take this token: the next one asked for will be another. Late complaints about an older
    /// token do nothing.
    void reject(const QString &accessToken);

    [[nodiscard]] bool hasSession() const { return !m_refreshToken.isEmpty(); }
    /// Whether a restart will find the session again.
    [[nodiscard]] bool isKept() const { return m_isKept; }
    [[nodiscard]] const QString &refreshToken() const { return m_refreshToken; }
    /// What to send with the next sign-in to this account, so that the server knows the device; may be empty.
    [[nodiscard]] const QString &deviceToken() const { return m_deviceToken; }

Q_SIGNALS:
    /// The server refused to renew: revoked, expired or disabled. Once per session.
    void sessionEnded(const Tertulia::Error &why);
    /// The server named the account's user again; names may have changed.
    void renewed(const Tertulia::SignedInUser &user);

private:
    void refresh();
    void refreshed(const Result<AuthResult> &result);
    void take(const AuthResult &tokens);
    void takeDevice(const std::optional<QString> &token);
    [[nodiscard]] QString deviceKey() const;
    [[nodiscard]] Future<void> keep();
    void keepEnded(const Result<void> &written);
    void end(const Error &why);
    void answerWaiting(const Result<QString> &token);
    [[nodiscard]] bool isFresh() const;
    [[nodiscard]] bool isAlive() const;

    ApiClient &m_api;
    SecretStore &m_secrets;
    const QString m_secretKey;
    const Clock &m_clock;
    QString m_accessToken, m_refreshToken, m_deviceToken;
    Timestamp m_expiresAt{};
    std::chrono::milliseconds m_margin{0};
    std::vector<Promise<QString>> m_waiting;
    std::optional<Promise<void>> m_keeping;
    QTimer m_keepDeadline;
    std::chrono::milliseconds m_keepTimeout = std::chrono::seconds(5);
    quint64 m_lastKeeping = 0;
    quint64 m_session = 0; ///< counts sessions: answers that concern an earlier one are dropped
    bool m_isRefreshing = false;
    bool m_isKept = false;
};

} // namespace Tertulia::Client
