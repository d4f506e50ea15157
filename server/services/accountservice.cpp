// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/accountservice.h"

#include "base/faults.h"
#include "base/random.h"
#include "services/profilerules.h"
#include "store/sessionstore.h"
#include "store/userstore.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>

namespace Tertulia::Server {

namespace {

constexpr int maxSearchTerm = 200;
constexpr int maxSearchResults = 50;
constexpr int defaultSearchResults = 20;
constexpr int maxDeviceName = 120;
constexpr int maxEmail = 254;
/// How long the token before is answered whatever happens: two tabs refresh together, a client asks again at once.
constexpr std::chrono::seconds refreshGrace{20};
constexpr qsizetype idBytes = 16, secretBytes = 24, tagBytes = 16;
constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

/// The bytes, not the text: two spellings of one token must not look like an old and a new one.
QByteArray bytesOf(const QString &refreshToken)
{
    return QByteArray::fromBase64(refreshToken.toLatin1(), base64Url);
}

QByteArray hashOf(const QString &refreshToken)
{
    return QCryptographicHash::hash(bytesOf(refreshToken), QCryptographicHash::Sha256);
}

QString deviceName(const ClientInfo &client)
{
    for (const QString &told : {client.deviceName, client.userAgent}) {
        if (QString name = ProfileRules::fit(told, maxDeviceName); !name.isEmpty())
            return name;
    }
    return QStringLiteral("Unknown device");
}

Profile publicProfile(const Account &account)
{
    Profile profile;
    profile.id = account.id;
    profile.fullName = account.fullName;
    profile.username = account.username;
    profile.avatar = account.avatar;
    profile.bio = account.bio;
    profile.location = account.location;
    profile.website = account.website;
    return profile;
}

Profile ownProfile(const Account &account)
{
    Profile profile = publicProfile(account);
    profile.email = account.email;
    profile.createdAt = account.createdAt;
    profile.roles.emplace();
    for (int role = 0; role <= int(account.role); ++role)
        profile.roles->push_back(Role(role));
    return profile;
}

Error noSuchUser()
{
    return Error::notFound(QStringLiteral("There is no such user."));
}

/// Who is put out may have a request under way that was let in before. What it does to the sessions and the password of
/// the account must not happen: of two devices that sign each other out, the first wins.
Result<void> checkOpen(ReadTransaction &tx, const Actor &actor)
{
    if (actor.session.isNull())
        return {}; // signed in by a foreign provider
    const auto session = SessionStore::byId(tx, actor.session);
    if (session && !session->endedAt)
        return {};
    return failure(Error::unauthenticated(QStringLiteral("This session has ended. Sign in again.")));
}

} // namespace

AccountService::AccountService(const Clock &clock, AuthSettings settings, QByteArray refreshKey)
    : m_clock(clock)
    , m_settings(std::move(settings))
    , m_refreshKey(std::move(refreshKey))
{
}

Result<void> AccountService::checkPassword(const QString &password, const QString &field) const
{
    const PasswordSettings &rules = m_settings.password;
    if (password.size() < rules.minLength || password.size() > rules.maxLength) {
        return failure(Error::invalid(
            field,
            QStringLiteral("%1 needs %2 to %3 characters.").arg(field).arg(rules.minLength).arg(rules.maxLength)));
    }
    return {};
}

Result<void> AccountService::check(const RegisterRequest &request) const
{
    static const QRegularExpression emailForm(QStringLiteral("\\A[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\z"));
    Faults faults;
    faults.add(ProfileRules::checkUsername(request.username));
    faults.add(ProfileRules::checkFullName(request.fullName));
    if (request.email && (request.email->size() > maxEmail || !emailForm.match(*request.email).hasMatch()))
        faults.add(Error::invalid(QStringLiteral("email"), QStringLiteral("email is not an e-mail address.")));
    faults.add(checkPassword(request.password, QStringLiteral("password")));
    return faults.verdict();
}

Result<void> AccountService::check(const UpdateProfileRequest &request)
{
    Faults faults;
    if (request.fullName)
        faults.add(ProfileRules::checkFullName(*request.fullName));
    faults.add(ProfileRules::checkText(request.bio.value_or(QString()), QStringLiteral("bio"), ProfileRules::maxBio));
    faults.add(ProfileRules::checkText(request.location.value_or(QString()), QStringLiteral("location"),
                                       ProfileRules::maxShortText));
    faults.add(ProfileRules::checkWebsite(request.website.value_or(QString())));
    return faults.verdict();
}

Result<Account> AccountService::create(Transaction &tx, const RegisterRequest &request, const QByteArray &passwordHash,
                                       Role role) const
{
    Account account;
    account.id = UserId::generate();
    account.username = request.username.normalized(QString::NormalizationForm_C);
    account.fullName = ProfileRules::tidy(request.fullName);
    account.email = request.email;
    account.role = role;
    account.passwordHash = passwordHash;
    account.createdAt = m_clock.now();
    if (!UserStore::insert(tx, account))
        return failure(Error::conflict(
            QStringLiteral("This username or e-mail address is taken, or the username looks like one that is.")));
    return account;
}

Result<Role> AccountService::ensureForeign(Transaction &tx, const ForeignIdentity &person) const
{
    if (const auto known = UserStore::byId(tx, person.id)) {
        if (known->externalIssuer != person.issuer || known->externalSubject != person.subject) {
            return failure(Error::forbidden(
                QStringLiteral("An account with this id exists already; the identity provider has no right to it.")));
        }
        if (known->isDisabled)
            return failure(Error::forbidden(QStringLiteral("This account is disabled."), QStringLiteral("BANNED")));
        return known->role;
    }
    Account account;
    account.id = person.id;
    account.externalIssuer = person.issuer;
    account.externalSubject = person.subject;
    account.createdAt = m_clock.now();
    const QString base = ProfileRules::checkUsername(person.preferredUsername)
        ? person.preferredUsername
        : QStringLiteral("user-") + person.id.toString().left(8);
    account.fullName = ProfileRules::fit(person.name, ProfileRules::maxFullName);
    if (account.fullName.isEmpty())
        account.fullName = base;
    account.username = base;
    // The wished name may be taken; the person's own id makes it unique.
    if (!UserStore::insert(tx, account)) {
        account.username = base.left(23) + QLatin1Char('-') + person.id.toString().right(8);
        if (!UserStore::insert(tx, account))
            return failure(Error::conflict(QStringLiteral("No free username was found for this person.")));
    }
    return account.role;
}

std::optional<Account> AccountService::forLogin(ReadTransaction &tx, const LoginRequest &request) const
{
    const bool hasEmail = request.email && !request.email->isEmpty();
    auto byEmail = hasEmail ? UserStore::byEmail(tx, *request.email) : std::nullopt;
    if (!request.username || request.username->isEmpty())
        return byEmail;
    auto found = UserStore::byUsername(tx, *request.username);
    if (!found && request.username->contains(QLatin1Char('@')))
        found = UserStore::byEmail(tx, *request.username);
    const bool fits = !hasEmail || (found && byEmail && found->id == byEmail->id);
    return fits ? found : std::nullopt;
}

Result<std::optional<SignIn>> AccountService::loginSucceeded(Transaction &tx, UserId user, const QByteArray &verified,
                                                             const ClientInfo &client,
                                                             const std::optional<QByteArray> &newHash) const
{
    const auto account = UserStore::byId(tx, user);
    if (!account || account->isDisabled)
        return failure(Error::forbidden(QStringLiteral("This account is disabled."), QStringLiteral("BANNED")));
    if (account->passwordHash != verified)
        return std::nullopt;
    if (newHash)
        UserStore::setPasswordHash(tx, user, *newHash);
    return openSession(tx, *account, client);
}

/// One more session than a person may have ends the one that was unused for longest, with its connections.
void AccountService::makeRoomForSession(Transaction &tx, UserId user) const
{
    const auto open = SessionStore::openOf(tx, user, m_clock.now());
    for (size_t i = size_t(std::max(1, m_settings.sessionsPerPerson)) - 1; i < open.size(); ++i)
        std::ignore = logout(tx, user, open[i].id);
}

SignIn AccountService::openSession(Transaction &tx, const Account &account, const ClientInfo &client) const
{
    Session session;
    session.id = SessionId::generate();
    session.user = account.id;
    session.createdAt = session.lastUsedAt = m_clock.now();
    session.expiresAt = session.createdAt + m_settings.refreshLifetime;
    session.deviceName = deviceName(client);
    session.address = client.address;
    QByteArray secret(secretBytes, Qt::Uninitialized);
    fillRandom(secret.data(), size_t(secret.size()));
    SignIn result{account, session.id, makeRefreshToken(session.id, secret), session.createdAt};
    session.refreshHash = hashOf(result.refreshToken);
    makeRoomForSession(tx, account.id);
    SessionStore::insert(tx, session);
    return result;
}

QByteArray AccountService::tag(const QByteArray &body) const
{
    return QMessageAuthenticationCode::hash(body, m_refreshKey, QCryptographicHash::Sha256).first(tagBytes);
}

QString AccountService::makeRefreshToken(SessionId session, const QByteArray &secret) const
{
    const QByteArray body = session.uuid().toBytes() + secret;
    return QString::fromLatin1((body + tag(body)).toBase64(base64Url));
}

QString AccountService::successorOf(SessionId session, const QString &refreshToken) const
{
    const QByteArray secret = QMessageAuthenticationCode::hash("successor of " + bytesOf(refreshToken), m_refreshKey,
                                                               QCryptographicHash::Sha256);
    return makeRefreshToken(session, secret.first(secretBytes));
}

bool AccountService::mayRepeat(const Session &session, const SessionRegistry &uses) const
{
    const auto passed = m_clock.now() - session.lastUsedAt;
    if (passed >= std::chrono::milliseconds(0) && passed < refreshGrace)
        return true;
    return !session.isAnswerUsed && !uses.isUsed(session.id, session.lastUsedAt);
}

std::optional<SessionId> AccountService::sessionOf(const QString &refreshToken) const
{
    const QByteArray raw = bytesOf(refreshToken);
    if (raw.size() != idBytes + secretBytes + tagBytes || tag(raw.first(idBytes + secretBytes)) != raw.last(tagBytes))
        return std::nullopt;
    return SessionId(Uuid::fromBytes(QByteArrayView(raw).first(idBytes)));
}

Result<std::optional<SignIn>> AccountService::refresh(Transaction &tx, const QString &refreshToken,
                                                      const ClientInfo &client, const SessionRegistry &uses) const
{
    const auto id = sessionOf(refreshToken);
    auto session = id ? SessionStore::byId(tx, *id) : std::nullopt;
    const Timestamp now = m_clock.now();
    if (!session || session->endedAt || session->expiresAt <= now)
        return std::nullopt;
    const QString successor = successorOf(session->id, refreshToken);
    const bool isGood = session->refreshHash == hashOf(refreshToken);
    const bool isPrevious = session->refreshHash == hashOf(successor);
    if (!isGood && !(isPrevious && mayRepeat(*session, uses))) {
        // We made this token, it was exchanged before, and the answer arrived: somebody has a copy. Nobody keeps the
        // session, and the copy of a device token is good for nothing either.
        (void)logout(tx, session->user, session->id);
        UserStore::forgetDevices(tx, session->user);
        return std::nullopt;
    }
    const auto account = UserStore::byId(tx, session->user);
    if (!account || account->isDisabled)
        return std::nullopt;
    SignIn result{*account, session->id, successor, now, session->lastUsedAt};
    if (isPrevious)
        return result;
    session->refreshHash = hashOf(successor);
    session->lastUsedAt = now;
    result.refreshedAt = now;
    session->expiresAt = now + m_settings.refreshLifetime;
    session->address = client.address;
    SessionStore::rotate(tx, *session);
    return result;
}

Result<void> AccountService::logout(Transaction &tx, UserId user, SessionId session) const
{
    if (SessionStore::end(tx, session, m_clock.now()))
        tx.record(SessionEnded{user, session});
    return {};
}

Result<void> AccountService::logout(Transaction &tx, const Actor &actor) const
{
    if (!actor.foreignUntil)
        return logout(tx, actor.id, actor.session);
    // So long it is taken for good (Jwt::checkClaims).
    const Timestamp until = *actor.foreignUntil + m_settings.clockLeeway;
    if (SessionStore::endForeign(tx, actor.session, until))
        tx.record(SessionEnded{actor.id, actor.session, until});
    return {};
}

Result<void> AccountService::logoutByToken(Transaction &tx, const QString &refreshToken) const
{
    const auto id = sessionOf(refreshToken);
    if (const auto session = id ? SessionStore::byId(tx, *id) : std::nullopt)
        return logout(tx, session->user, session->id);
    return {}; // whoever signs out is signed out
}

Result<std::vector<SessionInfo>> AccountService::sessions(ReadTransaction &tx, const Actor &actor) const
{
    std::vector<SessionInfo> list;
    for (const Session &session : SessionStore::openOf(tx, actor.id, m_clock.now())) {
        list.push_back({session.id, session.deviceName,
                        session.address.isEmpty() ? std::nullopt : std::optional(session.address), session.createdAt,
                        session.lastUsedAt, session.expiresAt, session.id == actor.session});
    }
    return list;
}

Result<void> AccountService::endSession(Transaction &tx, const Actor &actor, QStringView sessionId) const
{
    if (auto open = checkOpen(tx, actor); !open)
        return open;
    const auto id = SessionId::parse(sessionId);
    const auto session = id ? SessionStore::byId(tx, *id) : std::nullopt;
    if (!session || session->user != actor.id || session->endedAt)
        return failure(Error::notFound(QStringLiteral("There is no such session.")));
    if (session->id != actor.session)
        UserStore::forgetDevices(tx, actor.id);
    return logout(tx, actor.id, session->id);
}

Result<void> AccountService::endOtherSessions(Transaction &tx, const Actor &actor) const
{
    if (auto open = checkOpen(tx, actor); !open)
        return open;
    return endAllBut(tx, actor.id, actor.session);
}

/// Who puts out other devices trusts them no more; those that stay are given a new device token with the next refresh.
Result<void> AccountService::endAllBut(Transaction &tx, UserId user, SessionId keep) const
{
    UserStore::forgetDevices(tx, user);
    for (const SessionId &id : SessionStore::endAllOf(tx, user, keep, m_clock.now()))
        tx.record(SessionEnded{user, id});
    return {};
}

Result<Account> AccountService::account(ReadTransaction &tx, UserId user) const
{
    auto found = UserStore::byId(tx, user);
    if (!found)
        return failure(noSuchUser());
    return *found;
}

Result<Profile> AccountService::me(ReadTransaction &tx, const Actor &actor) const
{
    return account(tx, actor.id).map(ownProfile);
}

Result<Profile> AccountService::profile(ReadTransaction &tx, const Actor &actor, QStringView userId) const
{
    const auto id = UserId::parse(userId);
    const auto found = id ? UserStore::byId(tx, *id) : std::nullopt;
    if (!found)
        return failure(noSuchUser());
    return found->id == actor.id ? ownProfile(*found) : publicProfile(*found);
}

Result<Profile> AccountService::updateProfile(Transaction &tx, const Actor &actor,
                                              const UpdateProfileRequest &request) const
{
    auto found = account(tx, actor.id);
    if (!found)
        return failure(found.error());
    if (auto good = check(request); !good)
        return failure(good.error());
    const auto take = [](const std::optional<QString> &from, std::optional<QString> &to) {
        if (from)
            to = ProfileRules::tidy(*from).isEmpty() ? std::nullopt : std::optional(ProfileRules::tidy(*from));
    };
    if (request.fullName)
        found->fullName = ProfileRules::tidy(*request.fullName);
    take(request.bio, found->bio);
    take(request.location, found->location);
    take(request.website, found->website);
    UserStore::setProfile(tx, *found);
    return ownProfile(*found);
}

Result<bool> AccountService::changePassword(Transaction &tx, const Actor &actor, const QByteArray &verified,
                                            const QByteArray &hash) const
{
    if (auto open = checkOpen(tx, actor); !open)
        return failure(open.error());
    const auto found = account(tx, actor.id);
    if (!found)
        return failure(found.error());
    if (found->passwordHash != verified)
        return false;
    return setPassword(tx, actor.id, hash, actor.session).map([] { return true; });
}

Result<void> AccountService::setPassword(Transaction &tx, UserId user, const QByteArray &hash, SessionId keep) const
{
    UserStore::setPasswordHash(tx, user, hash);
    return endAllBut(tx, user, keep);
}

Result<std::vector<UserCard>> AccountService::search(ReadTransaction &tx, const Actor &actor, const QString &term,
                                                     const Result<std::optional<qint64>> &limit) const
{
    const QString wanted = term.trimmed();
    Faults faults;
    if (wanted.isEmpty() || wanted.size() > maxSearchTerm)
        faults.add(Error::invalid(QStringLiteral("q"), QStringLiteral("q needs 1 to 200 characters.")));
    faults.add(limit);
    if (limit && *limit && **limit < 1)
        faults.add(Error::invalid(QStringLiteral("limit"), QStringLiteral("limit must be at least 1.")));
    if (auto good = faults.verdict(); !good)
        return failure(good.error());
    const qint64 count = std::min<qint64>(limit->value_or(defaultSearchResults), maxSearchResults);
    return UserStore::search(tx, wanted, actor.id, int(count));
}

Result<void> AccountService::setRole(Transaction &tx, UserId user, Role role) const
{
    UserStore::setRole(tx, user, role);
    tx.record(SessionEnded{user, {}}); // tokens that name the old role are over; refresh gives new ones
    return {};
}

Result<void> AccountService::setDisabled(Transaction &tx, UserId user, bool disabled) const
{
    UserStore::setDisabled(tx, user, disabled);
    if (disabled)
        (void)SessionStore::endAllOf(tx, user, {}, m_clock.now());
    tx.record(SessionEnded{user, {}});
    return {};
}

} // namespace Tertulia::Server
