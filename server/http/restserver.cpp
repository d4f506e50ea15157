// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restserver.h"

#include "base/logging.h"
#include "http/errortable.h"

namespace Tertulia::Server {

namespace {

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

} // namespace

QByteArray bearerToken(const RequestHead &head)
{
    constexpr qsizetype schemeLength = 7;
    const QByteArrayView field = head.header("authorization");
    if (field.size() <= schemeLength || qstrnicmp(field.data(), "bearer ", schemeLength) != 0)
        return {};
    return field.sliced(schemeLength).trimmed().toByteArray();
}

/// What is known of a request since its head was there.
struct RestServer::Admitted final : AdmittedRequest
{
    RouteTable::Match found;
    qint64 at = 0; ///< NetworkThread::nowMs()
    std::optional<Result<Actor>> caller; ///< empty: not known yet
    Task onKnown; ///< the answer waits for the caller
    bool isCharged = false;
};

RestServer::RestServer(NetworkThread &thread, const RestSettings &settings)
    : m_thread(thread)
    , m_settings(settings)
    , m_bridge(
          thread,
          [this](std::shared_ptr<Exchange> exchange, Reply::Responder responder) {
              start(std::move(exchange), std::move(responder));
          },
          [this](Exchange &exchange, Response &response) { finish(exchange.head(), response); })
{
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
    const auto admitted = std::make_shared<Admitted>();
    admitted->found = m_settings.routes.find(head);
    admitted->at = m_thread.nowMs();
    const Route *const route = admitted->found.route;
    if (route)
        findCaller(head, admitted);
    BodyPolicy policy;
    policy.admitted = admitted;
    if (head.contentLength == 0) // handle() follows at once and answers, whatever it is
        return policy;
    const std::optional<Result<Actor>> &caller = admitted->caller;
    if (!route || (caller && !*caller)) {
        policy.kind = BodyPolicy::Kind::Refuse;
        policy.refusal = route ? errorResponse(caller->error(), head.requestId) : noSuchRoute(head);
        finish(head, policy.refusal);
        return policy;
    }
    policy.limit = bodyLimit(route->body);
    policy.person = caller ? (*caller)->id : UserId();
    return policy;
}

void RestServer::findCaller(const RequestHead &head, const std::shared_ptr<Admitted> &admitted) const
{
    const auto know = [this, admitted](Result<Actor> caller) {
        admitted->caller = judge(*admitted, std::move(caller));
        if (Task go = std::move(admitted->onKnown))
            go();
    };
    const Access access = admitted->found.route->access;
    if (access == Access::Anonymous)
        return know(Actor());
    if (access == Access::Operator)
        return know(isOperator(head) ? Result<Actor>(Actor()) : failure(notTheOperator()));
    const QByteArray token = bearerToken(head);
    if (token.isEmpty())
        return know(failure(noToken()));
    m_settings.authenticate(token, Completion<Actor>(&m_thread, know));
}

Result<Actor> RestServer::judge(Admitted &admitted, Result<Actor> caller) const
{
    const Route &route = *admitted.found.route;
    if (!caller)
        return route.access == Access::Optional ? Result<Actor>(Actor()) : caller;
    if (!mayCall(route.access, caller->role))
        return failure(wrongRole());
    const Rate &rate = m_settings.rates.of(route.rate);
    if (rate.when == Rate::When::AtAdmission && !std::exchange(admitted.isCharged, true)) {
        if (const Result<void> allowed = rate.usual->take(caller->id); !allowed)
            return failure(allowed.error());
    }
    return caller;
}

void RestServer::handle(std::shared_ptr<Exchange> exchange)
{
    m_bridge.handle(std::move(exchange));
}

void RestServer::start(std::shared_ptr<Exchange> exchange, Reply::Responder responder) const
{
    const RequestHead &head = exchange->head();
    Reply reply(m_thread, head.requestId, std::move(responder));
    const auto admitted = std::static_pointer_cast<Admitted>(exchange->takeAdmitted());
    if (!admitted->found.route)
        return reply.send(noSuchRoute(head));
    const bool wasLong = head.contentLength != 0 && m_thread.nowMs() - admitted->at >= m_settings.callerGoodFor.count();
    if (wasLong && admitted->caller) {
        admitted->caller.reset();
        findCaller(head, admitted);
    }
    if (admitted->caller)
        return answer(*admitted, std::move(exchange), std::move(reply));
    admitted->onKnown = [this, known = admitted.get(), exchange = std::move(exchange),
                         reply = std::move(reply)]() mutable { answer(*known, std::move(exchange), std::move(reply)); };
}

void RestServer::answer(Admitted &known, std::shared_ptr<Exchange> exchange, Reply reply) const
{
    const Result<Actor> &caller = *known.caller;
    if (!caller)
        return reply.fail(caller.error());
    const Route &route = *known.found.route;
    route.handler({std::move(exchange), std::move(known.found.ids), *caller, m_settings.rates.of(route.rate)},
                  std::move(reply));
}

bool RestServer::isOperator(const RequestHead &head) const
{
    return head.local
        || (!m_settings.operatorToken.isEmpty() && sameSecret(bearerToken(head), m_settings.operatorToken));
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
