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
          thread, [this](Exchange &exchange) { return noSuchRoute(exchange); },
          [this](Exchange &exchange, Response &response) {
              response.headers.push_back({"x-request-id", exchange.head().requestId});
              // Answers hold what belongs to one person.
              response.headers.push_back({"cache-control", "no-store"});
              response.headers.push_back({"x-content-type-options", "nosniff"});
              // Without the query: hub paths carry tokens there.
              qCDebug(logHttp, "%s %s %d, request %s", exchange.head().methodName.constData(),
                      exchange.head().path.constData(), response.status, exchange.head().requestId.constData());
              m_settings.metrics.finished(exchange.head().method, response.status);
          })
{
    for (const Route &route : settings.routes.routes()) {
        m_bridge.addRoute(routedMethod(route.method),
                          QString(route.path).replace(QStringLiteral("<id>"), QStringLiteral("<arg>")),
                          [this, &route](const std::shared_ptr<Exchange> &exchange, QStringList ids) {
                              return start(route, exchange, std::move(ids));
                          });
    }
}

BodyPolicy RestServer::admit(const RequestHead & /*head*/)
{
    return {BodyPolicy::Kind::Memory, m_settings.maxBodyBytes, {}};
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
        reply.fail(Error::forbidden(QStringLiteral("Only from the server itself or with the operator's token.")));
    return future;
}

bool RestServer::isOperator(const RequestHead &head) const
{
    return RestRequest::isLocal(head)
        || (!m_settings.operatorToken.isEmpty() && sameSecret(bearerToken(head), m_settings.operatorToken));
}

void RestServer::authorize(RestRequest request, Reply reply) const
{
    const QByteArray token = bearerToken(request.head());
    const bool isOptional = request.route->access == Access::Optional;
    if (token.isEmpty() && isOptional)
        return request.route->handler(request, std::move(reply));
    if (token.isEmpty())
        return reply.fail(
            Error::unauthenticated(QStringLiteral("Sign in: an Authorization: Bearer header is needed.")));
    auto proceed = [isOptional, request = std::move(request), reply = std::move(reply)](Result<Actor> actor) mutable {
        if (!actor && isOptional)
            return request.route->handler(request, std::move(reply));
        if (!actor)
            return reply.fail(actor.error());
        const Access access = request.route->access;
        const bool isModerator = actor->role == Role::Moderator || actor->role == Role::Admin;
        if ((access == Access::Moderator && !isModerator) || (access == Access::Admin && actor->role != Role::Admin))
            return reply.fail(Error::forbidden(QStringLiteral("This needs another role.")));
        request.actor = *actor;
        request.route->handler(request, std::move(reply));
    };
    m_settings.authenticate(token, Completion<Actor>(&m_thread, std::move(proceed)));
}

QHttpServerResponse RestServer::noSuchRoute(const Exchange &exchange) const
{
    const RequestHead &head = exchange.head();
    const QByteArray allowed = m_settings.routes.allowedMethods(head.path);
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
    }
    QHttpServerResponse response = Reply::json(std::move(plain.body), ResponseStatus(plain.status));
    if (!allowed.isEmpty())
        QtHttpCompat::setHeader(response, "allow", allowed);
    return response;
}

} // namespace Tertulia::Server
