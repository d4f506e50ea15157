// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/accountroutes.h"

#include "http/qthttpcompat.h"
#include "http/refreshcookie.h"
#include "net/netaddress.h"
#include "protocol/names.h"
#include "store/transaction.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

constexpr char deviceCookie[] = "tertulia_device";

ClientInfo clientOf(const RestRequest &request)
{
    const NetAddress peer(request.head().peer);
    ClientInfo client;
    client.address = request.head().peer.toString();
    client.network = peer.limitKey().toHostAddress().toString() + (peer.isV4() ? u"/32"_s : u"/64"_s);
    client.userAgent = QString::fromUtf8(request.head().header("user-agent"));
    client.isLoopback = request.isLocal();
    return client;
}

/// Tokens as the answer: refresh and device token as cookies and, unless configured otherwise, in the body.
Completion<AuthResult> signedIn(const AccountParts &parts, const RestRequest &request, Reply reply,
                                ResponseStatus status)
{
    return deferredReply<AuthResult>(std::move(reply),
                                     [&parts, status, cookie = RefreshCookie(request),
                                      device = HostCookie(request, deviceCookie)](Reply &out, AuthResult &result) {
                                         const QByteArray token = result.refreshToken.value_or(QString()).toLatin1();
                                         const QByteArray known = result.deviceToken.value_or(QString()).toLatin1();
                                         if (!parts.refreshTokenInBody) {
                                             result.refreshToken.reset();
                                             result.deviceToken.reset();
                                         }
                                         QHttpServerResponse response = Reply::json(successJson(result), status);
                                         if (!token.isEmpty())
                                             cookie.put(response, token, parts.refreshLifetime);
                                         if (!known.isEmpty())
                                             device.put(response, known, parts.deviceLifetime);
                                         out.send(response);
                                     });
}

/// An answer without content that also takes the cookie away.
Completion<void> signedOut(const RestRequest &request, Reply reply)
{
    return deferredReply<void>(std::move(reply), [cookie = RefreshCookie(request)](Reply &out) {
        QHttpServerResponse response = Reply::json(successJson(Empty()), ResponseStatus::Ok);
        cookie.remove(response);
        out.send(response);
    });
}

Completion<void> done(Reply reply)
{
    return deferredReply<void>(std::move(reply), [](Reply &out) { out.ok(Empty()); });
}

/// The refresh token from the body, else from the cookie; Forbidden for pages whose cookie it is not.
Result<QString> refreshTokenOf(const AccountParts &parts, const RestRequest &request)
{
    Result<RefreshRequest> body = request.optionalJson<RefreshRequest>();
    if (!body)
        return failure(std::move(body.error()));
    if (body->refreshToken)
        return std::move(*body->refreshToken);
    const RefreshCookie cookie(request);
    if (!cookie.token().isEmpty() && !HostCookie::areFor(request.head(), parts.corsOrigins))
        return failure(Error::forbidden(u"Pages of this origin may not use the cookie."_s));
    return QString::fromLatin1(cookie.token());
}

void registerUser(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    Result<RegisterRequest> body =
        request.json<RegisterRequest>([&parts](const RegisterRequest &typed) { return parts.accounts.check(typed); });
    if (!body)
        return reply.fail(body.error());
    parts.flow.registerUser(std::move(*body), clientOf(request),
                            signedIn(parts, request, std::move(reply), ResponseStatus::Created));
}

void login(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    Result<LoginRequest> body = request.json<LoginRequest>(AccountFlow::checkName);
    if (!body)
        return reply.fail(body.error());
    ClientInfo client = clientOf(request);
    client.deviceName = body->deviceName.value_or(QString());
    // A page that may not use the cookie could spend the device's guesses.
    if (!body->deviceToken && HostCookie::areFor(request.head(), parts.corsOrigins))
        body->deviceToken = QString::fromLatin1(HostCookie(request, deviceCookie).value());
    parts.flow.login(std::move(*body), std::move(client),
                     signedIn(parts, request, std::move(reply), ResponseStatus::Ok));
}

void refresh(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    Result<QString> token = refreshTokenOf(parts, request);
    if (!token)
        return reply.fail(token.error());
    if (token->isEmpty())
        return reply.fail(Error::unauthenticated(u"A refresh token is needed, as a cookie or in the body."_s));
    parts.flow.refresh(std::move(*token), clientOf(request),
                       signedIn(parts, request, std::move(reply), ResponseStatus::Ok));
}

/// Ends the sessions of the refresh token and of the access token; for everybody, since the latter may have expired.
void logout(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    Result<QString> token = refreshTokenOf(parts, request);
    if (!token)
        return reply.fail(token.error());
    parts.executor.write<void>(
        {request.actor.id.isNull() ? clientOf(request).networkKey() : request.actor.id},
        [&accounts = parts.accounts, actor = request.actor,
         token = std::move(*token)](Transaction &tx) -> Result<void> {
            if (!token.isEmpty()) {
                if (Result<void> ended = accounts.logoutByToken(tx, token); !ended)
                    return ended;
            }
            return actor.session.isNull() ? Result<void>() : accounts.logout(tx, actor);
        },
        signedOut(request, std::move(reply)));
}

void sessions(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    using Sessions = std::vector<SessionInfo>;
    parts.executor.read<Sessions>(
        {request.actor.id},
        [&accounts = parts.accounts, actor = request.actor](ReadTransaction &tx) {
            return accounts.sessions(tx, actor);
        },
        deferredReply<Sessions>(std::move(reply)));
}

void endSession(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.write<void>(
        {request.actor.id},
        [&accounts = parts.accounts, actor = request.actor, id = request.id()](Transaction &tx) {
            return accounts.endSession(tx, actor, id);
        },
        done(std::move(reply)));
}

void endOtherSessions(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.write<void>(
        {request.actor.id},
        [&accounts = parts.accounts, actor = request.actor](Transaction &tx) {
            return accounts.endOtherSessions(tx, actor);
        },
        done(std::move(reply)));
}

void me(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<Profile>(
        {request.actor.id},
        [&accounts = parts.accounts, actor = request.actor](ReadTransaction &tx) { return accounts.me(tx, actor); },
        deferredReply<Profile>(std::move(reply)));
}

void profile(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<Profile>(
        {request.actor.id},
        [&accounts = parts.accounts, actor = request.actor, id = request.id()](ReadTransaction &tx) {
            return accounts.profile(tx, actor, id);
        },
        deferredReply<Profile>(std::move(reply)));
}

void updateProfile(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    Result<UpdateProfileRequest> body = request.json<UpdateProfileRequest>(
        [](const UpdateProfileRequest &typed) { return AccountService::check(typed); });
    if (!body)
        return reply.fail(body.error());
    parts.executor.write<Profile>(
        {request.actor.id},
        [&accounts = parts.accounts, actor = request.actor, body = std::move(*body)](Transaction &tx) {
            return accounts.updateProfile(tx, actor, body);
        },
        deferredReply<Profile>(std::move(reply)));
}

void changePassword(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    Result<ChangePasswordRequest> body =
        request.json<ChangePasswordRequest>([&parts](const ChangePasswordRequest &typed) {
            return parts.accounts.checkPassword(typed.newPassword, u"newPassword"_s);
        });
    if (!body)
        return reply.fail(body.error());
    parts.flow.changePassword(request.actor, std::move(*body), clientOf(request),
                              deferredReply<Empty>(std::move(reply)));
}

/// GET /api/friends/search?q=&limit=: people to talk to.
void search(const AccountParts &parts, const RestRequest &request, Reply reply)
{
    using Cards = std::vector<UserCard>;
    parts.executor.read<Cards>(
        {request.actor.id, Lane::Bulk},
        [&accounts = parts.accounts, actor = request.actor, term = request.query("q").value_or(QString()),
         count = request.queryNumber("limit"_L1)](ReadTransaction &tx) {
            return accounts.search(tx, actor, term, count);
        },
        deferredReply<Cards>(std::move(reply)));
}

} // namespace

void addAccountRoutes(RouteTable &table, const AccountParts &parts)
{
    const auto with = [&parts](auto function) {
        return
            [&parts, function](const RestRequest &request, Reply reply) { function(parts, request, std::move(reply)); };
    };
    table.add({
        {Method::Post, Routes::authRegister, Access::Anonymous, RouteBody::Small, RateClass::Registrations,
         with(registerUser)},
        {Method::Post, Routes::login, Access::Anonymous, RouteBody::Small, RateClass::SignIns, with(login)},
        // Two names for one thing (contract.md 13.30).
        {Method::Post, Routes::refreshToken, Access::Anonymous, RouteBody::Small, RateClass::None, with(refresh)},
        {Method::Post, Routes::refresh, Access::Anonymous, RouteBody::Small, RateClass::None, with(refresh)},
        {Method::Post, Routes::logout, Access::Optional, RouteBody::Small, RateClass::None, with(logout)},
        {Method::Get, Routes::sessions, Access::User, RouteBody::None, RateClass::Lists, with(sessions)},
        {Method::Delete, Routes::sessions, Access::User, RouteBody::None, RateClass::None, with(endOtherSessions)},
        {Method::Delete, Routes::session, Access::User, RouteBody::None, RateClass::None, with(endSession)},
        {Method::Get, Routes::me, Access::User, RouteBody::None, RateClass::None, with(me)},
        {Method::Get, Routes::user, Access::User, RouteBody::None, RateClass::None, with(profile)},
        {Method::Post, Routes::updateProfile, Access::User, RouteBody::Small, RateClass::None, with(updateProfile)},
        {Method::Post, Routes::changePassword, Access::User, RouteBody::Small, RateClass::PasswordChanges,
         with(changePassword)},
        {Method::Get, Routes::peopleSearch, Access::User, RouteBody::None, RateClass::Searches, with(search)},
    });
}

} // namespace Tertulia::Server
