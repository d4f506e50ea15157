// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restserver.h"

#include "base/logging.h"
#include "http/errortable.h"
#include "http/qthttpcompat.h"

namespace Tertulia::Server {

namespace {

QHttpServerRequest::Method routedMethod(Method method)
{
    switch (method) {
    case Method::Post:
        return QHttpServerRequest::Method::Post;
    case Method::Put:
        return QHttpServerRequest::Method::Put;
    case Method::Delete:
        return QHttpServerRequest::Method::Delete;
    case Method::Patch:
        return QHttpServerRequest::Method::Patch;
    default:
        return QHttpServerRequest::Method::Get;
    }
}

/// Equal in time whatever the guess, as far as its length is right.
bool sameSecret(QByteArrayView given, QByteArrayView secret)
{
    if (given.size() != secret.size())
        return false;
    char difference = 0;
    for (qsizetype i = 0; i < secret.size(); ++i)
        difference = char(difference | (given[i] ^ secret[i]));
    return difference == 0;
}

/// What a route without a body takes all the same.
constexpr qint64 ignoredBodyBytes = 1024;

bool mayCall(Access access, Role role)
{
    const bool isModerator = role == Role::Moderator || role == Role::Admin;
    return (access != Access::Moderator || isModerator) && (access != Access::Admin || role == Role::Admin);
}

Error noToken()
{
    return Error::unauthenticated(QStringLiteral("Sign in: an Authorization: Bearer header is needed."));
}

Error wrongRole()
{
    return Error::forbidden(QStringLiteral("This needs another role."));
}

Error notTheOperator()
{
    return Error::forbidden(QStringLiteral("Only from the server itself or with the operator's token."));
}

QHttpServerResponse asHttpServerResponse(Response plain)
{
    QHttpServerResponse response = Reply::json(std::move(plain.body), ResponseStatus(plain.status));
    for (const HeaderField &field : plain.headers)
        QtHttpCompat::setHeader(response, field.name, field.value);
    return response;
}

} // namespace

QByteArray bearerToken(const RequestHead &head)
{
    constexpr qsizetype schemeLength = 7;
    const QByteArrayView field = head.header("authorization");
    if (field.size() <= schemeLength || qstrnicmp(field.data(), "bearer ", schemeLength) != 0)
        return {};
    return field.sliced(schemeLength).trimmed().toByteArray();
}

RestServer::RestServer(NetworkThread &thread, const RestSettings &settings)
    : m_thread(thread)
    , m_settings(settings)
    , m_bridge(
          thread, [this](Exchange &exchange) { return asHttpServerResponse(noSuchRoute(exchange.head())); },
          [this](Exchange &exchange, Response &response) { finish(exchange.head(), response); })
{
    for (const Route &route : settings.routes.routes()) {
        m_bridge.addRoute(routedMethod(route.method), route.path,
                          [this, &route](const std::shared_ptr<Exchange> &exchange, QStringList ids) {
                              return start(route, exchange, std::move(ids));
                          });
    }
}

void RestServer::finish(const RequestHead &head, Response &response) const
{
    response.headers.push_back({"x-request-id", head.requestId});
    // Answers hold what belongs to one person.
    response.headers.push_back({"cache-control", "no-store"});
    response.headers.push_back({"x-content-type-options", "nosniff"});
    // Without the query: hub paths carry tokens there.
    qCDebug(logHttp, "%s %s %d, request %s", head.methodName.constData(), head.path.constData(), response.status,
            head.requestId.constData());
    m_settings.metrics.finished(head.method, response.status);
}

qint64 RestServer::bodyLimit(RouteBody body) const
{
    switch (body) {
    case RouteBody::None:
        return ignoredBodyBytes;
    case RouteBody::Small:
        return std::min(m_settings.maxSmallBodyBytes, m_settings.maxBodyBytes);
    case RouteBody::Large:
        break;
    }
    return m_settings.maxBodyBytes;
}

BodyPolicy RestServer::admit(const RequestHead &head)
{
    BodyPolicy policy;
    if (head.contentLength == 0) // handle() follows at once and decides all of this
        return policy;
    const auto refuse = [&](Response refusal) {
        policy.kind = BodyPolicy::Kind::Refuse;
        policy.refusal = std::move(refusal);
        finish(head, policy.refusal);
    };
    const Route *const route = m_settings.routes.find(head);
    if (!route) {
        refuse(noSuchRoute(head));
        return policy;
    }
    const std::optional<Result<Actor>> caller = callerOf(*route, head);
    if (caller && !*caller) {
        refuse(errorResponse(caller->error(), head.requestId));
        return policy;
    }
    policy.limit = bodyLimit(route->body);
    policy.person = caller ? (*caller)->id : UserId();
    return policy;
}

std::optional<Result<Actor>> RestServer::callerOf(const Route &route, const RequestHead &head) const
{
    if (route.access == Access::Anonymous)
        return Actor();
    if (route.access == Access::Operator)
        return isOperator(head) ? Result<Actor>(Actor()) : failure(notTheOperator());
    const QByteArray token = bearerToken(head);
    const bool isOptional = route.access == Access::Optional;
    if (token.isEmpty())
        return isOptional ? Result<Actor>(Actor()) : failure(noToken());
    const auto caller = std::make_shared<std::optional<Result<Actor>>>();
    m_settings.authenticate(token, Completion<Actor>(&m_thread, [caller](Result<Actor> actor) { *caller = actor; }));
    if (!*caller)
        return {};
    if (!**caller)
        return isOptional ? Result<Actor>(Actor()) : **caller;
    if (!mayCall(route.access, (**caller)->role))
        return failure(wrongRole());
    return *caller;
}

void RestServer::handle(std::shared_ptr<Exchange> exchange)
{
    m_bridge.handle(std::move(exchange));
}

QtHttpBridge::Future RestServer::start(const Route &route, const std::shared_ptr<Exchange> &exchange, QStringList ids)
{
    Reply reply(m_thread, exchange->head().requestId);
    QtHttpBridge::Future future = reply.future();
    RestRequest request{exchange, &route, std::move(ids), {}};
    if (route.access != Access::Anonymous && route.access != Access::Operator)
        authorize(std::move(request), std::move(reply));
    else if (route.access == Access::Anonymous || isOperator(exchange->head()))
        route.handler(request, std::move(reply));
    else
        reply.fail(notTheOperator());
    return future;
}

bool RestServer::isOperator(const RequestHead &head) const
{
    return head.local
        || (!m_settings.operatorToken.isEmpty() && sameSecret(bearerToken(head), m_settings.operatorToken));
}

void RestServer::authorize(RestRequest request, Reply reply) const
{
    const QByteArray token = bearerToken(request.head());
    const bool isOptional = request.route->access == Access::Optional;
    if (token.isEmpty() && isOptional)
        return request.route->handler(request, std::move(reply));
    if (token.isEmpty())
        return reply.fail(noToken());
    auto proceed = [isOptional, request = std::move(request), reply = std::move(reply)](Result<Actor> actor) mutable {
        if (!actor && isOptional)
            return request.route->handler(request, std::move(reply));
        if (!actor)
            return reply.fail(actor.error());
        if (!mayCall(request.route->access, actor->role))
            return reply.fail(wrongRole());
        request.actor = *actor;
        request.route->handler(request, std::move(reply));
    };
    m_settings.authenticate(token, Completion<Actor>(&m_thread, std::move(proceed)));
}

Response RestServer::noSuchRoute(const RequestHead &head) const
{
    const QByteArray allowed = m_settings.routes.allowedMethods(head);
    Response plain =
        errorResponse(Error::notFound(QStringLiteral("There is nothing at this address.")), head.requestId);
    if (!allowed.isEmpty()) {
        plain = errorResponse(Error{ErrorCode::Invalid,
                                    QStringLiteral("METHOD_NOT_ALLOWED"),
                                    QStringLiteral("This address does not know the method."),
                                    {},
                                    0},
                              head.requestId);
        plain.status = 405;
        plain.headers.push_back({"allow", allowed});
    }
    return plain;
}

} // namespace Tertulia::Server
