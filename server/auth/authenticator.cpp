// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/authenticator.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace Tertulia::Server {

namespace {

constexpr QLatin1String roleNames[] = {QLatin1String("User"), QLatin1String("Moderator"), QLatin1String("Admin")};

/// Our own claim: `iat` with milliseconds, so that a role change ends the tokens of the same second, too. The
/// standard's claims stay whole seconds, since some libraries read nothing else.
const QLatin1String issuedClaim("iat_ms");

qint64 seconds(Timestamp time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

/// NumericDate (RFC 7519). A foreign issuer may write any number: no later than the year 9999, no earlier than 1970.
Timestamp timestamp(const QJsonValue &numericDate)
{
    constexpr double latest = 253'402'300'799.0;
    const double seconds = std::clamp(numericDate.toDouble(), 0.0, latest);
    return Timestamp(std::chrono::milliseconds(std::llround(seconds * 1000.0)));
}

/// The claim lists every role up to the highest.
QJsonArray roleClaim(Role role)
{
    QJsonArray roles;
    for (int i = 0; i <= int(role); ++i)
        roles.append(roleNames[i]);
    return roles;
}

Role roleOf(const QJsonValue &claim)
{
    Role highest = Role::User;
    const QJsonArray roles = claim.toArray();
    for (const QJsonValue &name : roles) {
        if (name.toString() == roleNames[int(Role::Admin)])
            return Role::Admin;
        if (name.toString() == roleNames[int(Role::Moderator)])
            highest = Role::Moderator;
    }
    return highest;
}

Error refused()
{
    return Error::unauthenticated(QStringLiteral("The access token is not valid. Sign in or refresh it."));
}

} // namespace

Authenticator::Authenticator(const Clock &clock, AuthSettings settings, const JwtKey &ownKey, SessionRegistry &registry)
    : m_clock(clock)
    , m_settings(std::move(settings))
    , m_ownKey(ownKey)
    , m_registry(registry)
{
}

Result<void> Authenticator::configureForeign()
{
    const ForeignIssuerSettings &foreign = m_settings.foreign;
    const bool isAnySet = !foreign.audience.isEmpty() || !foreign.secret.isEmpty() || !foreign.jwksUrl.isEmpty();
    if (foreign.issuer.isEmpty() && !isAnySet)
        return {};
    if (foreign.issuer.isEmpty()) {
        return failure(Error::invalid(
            QStringLiteral("oidc.issuer"),
            QStringLiteral(
                "oidc.issuer is needed with the other settings of [oidc]: the iss of the provider's tokens")));
    }
    if (foreign.audience.isEmpty()) {
        return failure(Error::invalid(
            QStringLiteral("oidc.audience"),
            QStringLiteral(
                "oidc.audience is needed: the aud of tokens made for this server. Without it a token for any "
                "other application of %1 would be taken")
                .arg(foreign.issuer)));
    }
    if (foreign.issuer == m_settings.issuer)
        return failure(
            Error::invalid(QStringLiteral("oidc.issuer"), QStringLiteral("oidc.issuer must differ from auth.issuer")));
    if (foreign.secret.isEmpty() == foreign.jwksUrl.isEmpty()) {
        return failure(Error::invalid(QStringLiteral("oidc.jwks_url"),
                                      QStringLiteral("give either oidc.secret or oidc.jwks_url")));
    }
    QStringList names = foreign.algorithms;
    if (names.isEmpty()) {
        names = foreign.jwksUrl.isEmpty()
            ? QStringList{QStringLiteral("HS256")}
            : QStringList{QStringLiteral("RS256"), QStringLiteral("ES256"), QStringLiteral("EdDSA")};
    }
    for (const QString &name : std::as_const(names)) {
        const auto algorithm = jwtAlgorithm(name);
        const bool fits = algorithm && (*algorithm == JwtAlgorithm::HS256) == foreign.jwksUrl.isEmpty();
        if (!fits) {
            return failure(Error::invalid(
                QStringLiteral("oidc.algorithms"),
                QStringLiteral("'%1' does not fit: HS256 goes with oidc.secret; RS256, ES256, EdDSA with oidc.jwks_url")
                    .arg(name)));
        }
        m_foreignAlgorithms.push_back(*algorithm);
    }
    if (!foreign.secret.isEmpty()) {
        auto key = JwtKey::fromSecret(foreign.secret.toUtf8());
        if (!key)
            return failure(Error::invalid(QStringLiteral("oidc.secret"), key.error().message));
        m_foreignSecret = std::move(*key);
        return {};
    }
    const QUrl url(foreign.jwksUrl);
    if (!JwksCache::isAcceptable(url)) {
        return failure(Error::invalid(QStringLiteral("oidc.jwks_url"),
                                      QStringLiteral("oidc.jwks_url must be https, or http on loopback")));
    }
    m_foreignKeys = std::make_unique<JwksCache>(m_clock, url);
    m_foreignKeys->prefetch();
    return {};
}

Authenticator::AccessToken Authenticator::issue(const UserCard &user, Role role, SessionId session, Timestamp at) const
{
    const QJsonObject claims{
        {QLatin1String("iss"), m_settings.issuer},
        {QLatin1String("aud"), m_settings.issuer},
        {QLatin1String("sub"), user.id.toString()},
        {QLatin1String("name"), user.fullName},
        {QLatin1String("role"), roleClaim(role)},
        {QLatin1String("sid"), session.toString()},
        {QLatin1String("jti"), Uuid::generate().toString()},
        {QLatin1String("iat"), seconds(at)},
        {issuedClaim, qint64(at.time_since_epoch().count())},
        {QLatin1String("exp"), seconds(at + m_settings.accessLifetime)},
    };
    const auto life = std::chrono::duration_cast<std::chrono::seconds>(m_settings.accessLifetime);
    return {QString::fromLatin1(Jwt::sign(claims, m_ownKey)), int(life.count())};
}

Result<Authenticator::Judged> Authenticator::judge(QByteArrayView token, std::chrono::milliseconds grace)
{
    if (token.size() <= Jwt::maxSize) {
        if (const auto known = m_known.find(token))
            return judgeOwn(*known, grace);
    }
    auto parts = Jwt::parse(token);
    if (!parts)
        return failure(parts.error());
    const bool isForeign = !m_settings.foreign.issuer.isEmpty()
        && parts->claims.value(QLatin1String("iss")).toString() == m_settings.foreign.issuer;
    if (isForeign)
        return judgeForeign(*parts, grace); // each time: its key may be withdrawn
    const auto own = checkOwn(*parts, grace);
    if (!own)
        return failure(own.error());
    m_known.keep(token, *own);
    return judgeOwn(*own, grace);
}

Result<OwnToken> Authenticator::checkOwn(const JwtParts &parts, std::chrono::milliseconds grace) const
{
    if (parts.algorithm != m_ownKey.algorithm() || !m_ownKey.verify(parts.signedPart, parts.signature))
        return failure(refused());
    // Our own clock made it, so there is no leeway.
    if (auto good = Jwt::checkClaims(parts.claims, m_settings.issuer, m_settings.issuer, m_clock.now(), {}, grace);
        !good)
        return failure(good.error());
    const auto user = UserId::parse(parts.claims.value(QLatin1String("sub")).toString());
    const auto session = SessionId::parse(parts.claims.value(QLatin1String("sid")).toString());
    if (!user || !session)
        return failure(refused());
    return OwnToken{.user = *user,
                    .session = *session,
                    .role = roleOf(parts.claims.value(QLatin1String("role"))),
                    .issuedAt = Timestamp(std::chrono::milliseconds(parts.claims.value(issuedClaim).toInteger())),
                    .expiresAt = timestamp(parts.claims.value(QLatin1String("exp")))};
}

Result<Authenticator::Judged> Authenticator::judgeOwn(const OwnToken &token, std::chrono::milliseconds grace) const
{
    if (m_clock.now() >= token.expiresAt + grace)
        return failure(refused());
    m_registry.used(token.session, token.issuedAt);
    if (!m_registry.isGood(token.user, token.session, token.issuedAt))
        return failure(refused());
    Judged judged;
    judged.identity = {token.user, token.session, token.role, token.expiresAt};
    return judged;
}

Result<Authenticator::Judged> Authenticator::judgeForeign(const JwtParts &parts, std::chrono::milliseconds grace)
{
    if (std::find(m_foreignAlgorithms.begin(), m_foreignAlgorithms.end(), parts.algorithm) == m_foreignAlgorithms.end())
        return failure(refused());
    Result<JwtKey> key =
        m_foreignSecret ? Result<JwtKey>(*m_foreignSecret) : m_foreignKeys->key(parts.keyId, parts.algorithm);
    if (!key)
        return failure(key.error());
    if (key->algorithm() != parts.algorithm || !key->verify(parts.signedPart, parts.signature))
        return failure(refused());
    const ForeignIssuerSettings &foreign = m_settings.foreign;
    if (auto good = Jwt::checkClaims(parts.claims, foreign.issuer, foreign.audience, m_clock.now(),
                                     m_settings.clockLeeway, grace);
        !good)
        return failure(good.error());
    const QString subject = parts.claims.value(QLatin1String("sub")).toString();
    if (subject.isEmpty() || subject.size() > 255)
        return failure(refused());
    const auto uuid = Uuid::parse(subject);
    const UserId user(uuid ? *uuid : Uuid::fromName(foreign.issuer.toUtf8(), subject.toUtf8()));
    const SessionId session(Uuid::fromName("foreign token", parts.signedPart));
    if (!m_registry.isGood(user, session, timestamp(parts.claims.value(QLatin1String("iat")))))
        return failure(refused());

    Judged judged;
    judged.identity.user = user;
    judged.identity.session = session;
    judged.identity.isForeign = true;
    judged.identity.expiresAt = timestamp(parts.claims.value(QLatin1String("exp")));
    const std::shared_lock lock(m_mutex);
    if (const auto known = m_foreignRoles.find(user); known != m_foreignRoles.end()) {
        judged.identity.role = known->second;
    } else {
        judged.unknown =
            ForeignIdentity{user, foreign.issuer, subject, parts.claims.value(QLatin1String("name")).toString(),
                            parts.claims.value(QLatin1String("preferred_username")).toString()};
    }
    return judged;
}

void Authenticator::provision(ForeignIdentity person, Completion<Role> done)
{
    const UserId user = person.id;
    auto shared = std::make_shared<Completion<Role>>(std::move(done));
    m_provision(std::move(person), Completion<Role>(nullptr, [this, user, shared](Result<Role> role) {
                    if (role)
                        addForeign(user, *role);
                    shared->finish(std::move(role));
                }));
}

void Authenticator::authenticate(QByteArrayView token, Completion<Identity> done)
{
    auto judged = judge(token, {});
    if (!judged) {
        done.finish(failure(judged.error()));
        return;
    }
    if (!judged->unknown) {
        done.finish(judged->identity);
        return;
    }
    auto shared = std::make_shared<Completion<Identity>>(std::move(done));
    provision(std::move(*judged->unknown),
              Completion<Role>(nullptr, [shared, identity = judged->identity](Result<Role> role) mutable {
                  if (!role) {
                      shared->finish(failure(role.error()));
                      return;
                  }
                  identity.role = *role;
                  shared->finish(identity);
              }));
}

Result<Identity> Authenticator::authenticateNow(QByteArrayView token, std::chrono::milliseconds grace)
{
    auto judged = judge(token, grace);
    if (!judged)
        return failure(judged.error());
    if (!judged->unknown)
        return judged->identity;
    if (m_clock.now() >= judged->identity.expiresAt + m_settings.clockLeeway)
        return failure(refused());
    const bool isNamedByProvider = Uuid::parse(judged->unknown->subject).has_value();
    provision(std::move(*judged->unknown), {});
    // An id that the provider chose may be that of an account of ours, which the provision then refuses to hand over.
    if (isNamedByProvider)
        return failure(Error::unavailable(QStringLiteral("The account is being made; please try again."), 1));
    return judged->identity;
}

void Authenticator::addForeign(UserId user, Role role)
{
    const std::unique_lock lock(m_mutex);
    m_foreignRoles.try_emplace(user, role);
}

void Authenticator::setForeignRole(UserId user, Role role)
{
    const std::unique_lock lock(m_mutex);
    m_foreignRoles[user] = role;
}

} // namespace Tertulia::Server
