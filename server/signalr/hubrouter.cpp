// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubrouter.h"

#include "base/logging.h"
#include "net/netaddress.h"
#include "protocol/negotiate.h"
#include "signalr/hubserver.h"
#include "signalr/longpollingtransport.h"
#include "signalr/negotiator.h"
#include "signalr/relaytransport.h"
#include "signalr/ssetransport.h"
#include "signalr/websockettransport.h"

namespace Tertulia::Server {

namespace {

/// A client puts all that waits into one POST.
constexpr qint64 messagesOfAPost = 16;
constexpr qint64 negotiateBytes = 4 * 1024; ///< nobody sends a body with it, or with what is no POST

QByteArrayView withoutSlashes(QByteArrayView path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

bool acceptsEvents(const RequestHead &head)
{
    return head.header("accept").toByteArray().toLower().contains("text/event-stream");
}

Response refusal(int status, QByteArray text = {}, TransportKind kind = TransportKind::None)
{
    Response response;
    response.status = status;
    response.contentType = QByteArrayLiteral("text/plain");
    response.body = std::move(text);
    if (kind == TransportKind::LongPolling)
        response.headers = noCacheHeaders();
    return response;
}

void refuse(Exchange &exchange, int status, QByteArray text = {}, TransportKind kind = TransportKind::None)
{
    exchange.respond(refusal(status, std::move(text), kind));
}

Response refusalOfUnknown(TransportKind kind)
{
    Response response = refusal(404, QByteArrayLiteral("No Connection with that ID"), kind);
    if (kind == TransportKind::WebSockets) // as the reference does
        response.contentType.clear();
    return response;
}

void refuseUnknown(Exchange &exchange, TransportKind kind)
{
    exchange.respond(refusalOfUnknown(kind));
}

Response statusOnly(int status)
{
    Response response;
    response.status = status;
    return response;
}

/// Who holds a connection: the person; on a hub that is open to all the network, unless it is this machine.
Uuid holderOf(const UserId &user, const RequestHead &head)
{
    if (!user.isNull())
        return user.uuid();
    const NetAddress network = NetAddress(head.peer).limitKey();
    return network.isLoopback() ? Uuid() : Uuid::fromName("network", network.toHostAddress().toString().toUtf8());
}

/// The body must be empty and the reason exactly this: the client shows them (signalr.md 4).
Response unauthorized()
{
    Response response = statusOnly(401);
    response.reasonPhrase = QByteArrayLiteral("Unauthorized");
    response.headers = {{QByteArrayLiteral("www-authenticate"), QByteArrayLiteral("Bearer")}};
    return response;
}

Response refusalOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Forbidden:
        return statusOnly(403);
    case ErrorCode::RateLimited:
    case ErrorCode::Unavailable:
        return statusOnly(503);
    default:
        return unauthorized();
    }
}

/// The bearer token of a request: the header, else the query, which browsers need for WebSocket and EventSource.
QByteArray tokenOf(const RequestHead &head)
{
    const QByteArrayView field = head.header("authorization");
    constexpr QByteArrayView scheme = "bearer ";
    if (field.size() > scheme.size() && field.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0)
        return field.sliced(scheme.size()).trimmed().toByteArray();
    return head.queryValue("access_token").value_or(QByteArray());
}

} // namespace

struct HubRouter::Found
{
    ConnectionToken token;
    ConnectionRecord record;
};

HubRouter::HubRouter(HubServer &server, HubThread &thread)
    : m_server(server)
    , m_thread(thread)
{
}

HubRouter::~HubRouter()
{
    m_thread.end();
}

HubRouter::Target HubRouter::target(const RequestHead &head) const
{
    const QByteArray lower = withoutSlashes(head.path).toByteArray().toLower();
    if (HubEndpoint *const endpoint = m_server.endpoint(lower))
        return {endpoint, false};
    constexpr QByteArrayView suffix = "/negotiate";
    if (lower.endsWith(suffix)) {
        const QByteArrayView hub = withoutSlashes(QByteArrayView(lower).chopped(suffix.size()));
        return {m_server.endpoint(hub), true};
    }
    return {};
}

bool HubRouter::owns(const RequestHead &head) const
{
    return target(head).endpoint != nullptr;
}

BodyPolicy HubRouter::admit(const RequestHead &head)
{
    BodyPolicy policy;
    const Target to = target(head);
    if (head.contentLength == 0 || !to.endpoint) // handle() follows at once and decides all of this
        return policy;
    const auto refuseBody = [&policy](Response response) {
        policy.kind = BodyPolicy::Kind::Refuse;
        policy.refusal = std::move(response);
        return policy;
    };
    const Result<Caller> caller = authorize(to, head);
    if (!caller)
        return refuseBody(refusalOf(caller.error()));
    policy.person = caller->user;
    policy.limit = negotiateBytes;
    if (to.negotiate || head.method != Method::Post)
        return policy;
    // Only who has a connection here has anything to send to it.
    if (auto found = lookUp(head, *to.endpoint, caller->user, TransportKind::None); !found)
        return refuseBody(std::move(found.error()));
    policy.limit = messagesOfAPost * m_server.settings().maxReceiveMessageBytes;
    return policy;
}

bool HubRouter::isOver(const Caller &caller) const
{
    return caller.until && m_thread.clock().now() >= *caller.until;
}

Result<Caller> HubRouter::authorize(const Target &to, const RequestHead &head) const
{
    if (!to.endpoint->settings().authorized)
        return Caller();
    const QByteArray token = tokenOf(head);
    if (token.isEmpty())
        return failure(Error::unauthenticated(QStringLiteral("no token")));
    Result<Caller> caller = m_server.authenticate()(token);
    if (!caller)
        return caller;
    // A token that has ended may only speak on, on a connection of its own: HttpConnection::takesFrom().
    if (isOver(*caller) && (to.negotiate || head.method != Method::Post))
        return failure(Error::unauthenticated(QStringLiteral("the token has ended")));
    if (const auto &admits = to.endpoint->settings().admits) {
        if (const Result<void> admitted = admits(*caller, head); !admitted)
            return failure(admitted.error());
    }
    return caller;
}

void HubRouter::handle(std::shared_ptr<Exchange> exchange)
{
    const RequestHead &head = exchange->head();
    const Target to = target(head);
    if (!to.endpoint) {
        exchange->respond(statusOnly(404));
        return;
    }
    const Result<Caller> caller = authorize(to, head);
    if (!caller) {
        exchange->respond(refusalOf(caller.error()));
        return;
    }
    const Request request{exchange, *to.endpoint, *caller};
    if (to.negotiate) {
        if (head.method == Method::Post)
            negotiate(request);
        else
            refuse(*exchange, 405);
        return;
    }
    switch (head.method) {
    case Method::Get:
        if (acceptsEvents(head))
            connectEvents(request);
        else if (head.wantsWebSocket)
            connectWebSocket(request);
        else
            poll(request);
        break;
    case Method::Post:
        post(request);
        break;
    case Method::Delete:
        terminate(request);
        break;
    default:
        refuse(*exchange, 405);
        break;
    }
}

void HubRouter::negotiate(const Request &request)
{
    const HubSettings &settings = m_server.settings();
    const auto answer = [&](QByteArray body) {
        Response response;
        response.contentType = QByteArrayLiteral("application/json");
        response.body = std::move(body);
        response.headers = request.endpoint.settings().negotiateHeaders;
        request.exchange->respond(std::move(response));
    };
    const auto asked = readNegotiateRequest(request.exchange->head(), settings.minimumNegotiateVersion);
    if (!asked) {
        answer(NegotiateResponse::refused(asked.error().message).encode());
        return;
    }
    const auto token = randomConnectionName<ConnectionToken>();
    ConnectionRecord record;
    // Version 0 knows one name only, which is then the key.
    record.id = asked->version > 0 ? randomConnectionName<ConnectionId>() : ConnectionId(token.uuid());
    record.endpoint = &request.endpoint;
    record.user = request.caller.user;
    record.holder = holderOf(request.caller.user, request.exchange->head());
    record.stateful = asked->stateful && request.endpoint.settings().allowStateful
        && request.endpoint.supports(TransportKind::WebSockets);
    record.negotiatedAt = m_thread.clock().steadyNow();
    if (m_thread.isShuttingDown()) {
        request.exchange->respond(statusOnly(503));
        return;
    }
    if (!enter(request, token, record))
        return;
    m_thread.wake();
    answer(negotiateAnswer(request.endpoint.settings(), *asked, record.id, token, record.stateful));
}

bool HubRouter::enter(const Request &request, const ConnectionToken &token, const ConnectionRecord &record)
{
    // The JavaScript client makes these texts part of its error.
    switch (m_server.registry().add(token, record)) {
    case ConnectionRegistry::Admission::Admitted:
        return true;
    case ConnectionRegistry::Admission::TooManyOfHolder:
        refuse(*request.exchange, 429, QByteArrayLiteral("You have too many connections. Close one and try again."));
        return false;
    case ConnectionRegistry::Admission::TooManyUnused:
        refuse(*request.exchange, 503, QByteArrayLiteral("The server has too many connections. Try again soon."));
        return false;
    }
    return false;
}

tl::expected<HubRouter::Found, Response> HubRouter::lookUp(const RequestHead &head, const HubEndpoint &endpoint,
                                                           const UserId &user, TransportKind kind) const
{
    const auto text = head.queryValue("id");
    if (!text || text->isEmpty())
        return tl::unexpected(refusal(400, QByteArrayLiteral("Connection ID required"), kind));
    const auto token = parseConnectionText<ConnectionToken>(*text);
    const auto record = token ? m_server.registry().find(*token) : std::nullopt;
    // A key is good on the path it was negotiated on only: another hub may ask for other rights.
    if (!record || record->endpoint != &endpoint)
        return tl::unexpected(refusalOfUnknown(kind));
    if (record->user != user)
        return tl::unexpected(statusOnly(403));
    return Found{*token, *record};
}

std::optional<ConnectionRecord> HubRouter::recordFor(const Request &request, ConnectionToken &token, TransportKind kind)
{
    auto found = lookUp(request.exchange->head(), request.endpoint, request.caller.user, kind);
    if (!found) {
        request.exchange->respond(std::move(found.error()));
        return {};
    }
    token = found->token;
    return found->record;
}

std::optional<ConnectionRecord> HubRouter::claim(const Request &request, ConnectionToken &token, TransportKind kind)
{
    if (m_thread.isShuttingDown()) {
        request.exchange->respond(statusOnly(503));
        return {};
    }
    if (!recordFor(request, token, kind))
        return {};
    if (!request.endpoint.supports(kind)) {
        refuse(*request.exchange, 404,
               transportName(kind) + QByteArrayLiteral(" transport not supported by this end point type"), kind);
        return {};
    }
    const auto before = m_server.registry().claim(token, kind, &m_thread);
    if (!before) {
        refuseUnknown(*request.exchange, kind);
        return {};
    }
    if (before->transport != TransportKind::None && before->transport != kind) {
        refuse(*request.exchange, 400, QByteArrayLiteral("Cannot change transports mid-connection"), kind);
        return {};
    }
    return before;
}

std::shared_ptr<HttpConnection> HubRouter::makeConnection(const Request &request, const ConnectionToken &token,
                                                          const ConnectionRecord &record, TransportKind kind)
{
    const HubEndpointSettings &settings = request.endpoint.settings();
    auto connection = request.endpoint.makeConnection({
        .thread = m_thread,
        .endpoint = request.endpoint,
        .id = record.id,
        .token = token,
        .caller = request.caller,
        .transport = kind,
        .stateful = record.stateful && kind == TransportKind::WebSockets,
        .request = settings.keepRequest ? std::make_unique<RequestHead>(request.exchange->head()) : nullptr,
    });
    m_thread.add(connection);
    return connection;
}

void HubRouter::receiveEarly(HttpConnection &connection, const ConnectionRecord &record)
{
    if (!record.early.isEmpty())
        connection.receive(record.early, true);
}

void HubRouter::connectWebSocket(const Request &request)
{
    ConnectionToken token;
    const auto id = request.exchange->head().queryValue("id");
    if (id && !id->isEmpty()) {
        const auto before = claim(request, token, TransportKind::WebSockets);
        if (!before)
            return;
        if (before->transport == TransportKind::None) {
            const auto connection = makeConnection(request, token, *before, TransportKind::WebSockets);
            acceptWebSocket(request, connection);
            receiveEarly(*connection, *before);
        } else if (before->resumable)
            resume(request, *before);
        else
            refuse(*request.exchange, 409);
        return;
    }
    if (!request.endpoint.supports(TransportKind::WebSockets)) {
        refuse(*request.exchange, 404, QByteArrayLiteral("WebSockets transport not supported by this end point type"));
        return;
    }
    if (m_thread.isShuttingDown()) {
        request.exchange->respond(statusOnly(503));
        return;
    }
    // Negotiation was skipped: one name for both purposes, and never stateful.
    token = randomConnectionName<ConnectionToken>();
    ConnectionRecord record;
    record.id = ConnectionId(token.uuid());
    record.endpoint = &request.endpoint;
    record.user = request.caller.user;
    record.holder = holderOf(request.caller.user, request.exchange->head());
    record.home = &m_thread;
    record.transport = TransportKind::WebSockets;
    if (!enter(request, token, record))
        return;
    acceptWebSocket(request, makeConnection(request, token, record, TransportKind::WebSockets));
}

void HubRouter::acceptWebSocket(const Request &request, const std::shared_ptr<HttpConnection> &connection)
{
    if (auto transport = WebSocketTransport::accept(*request.exchange, connection))
        connection->attach(std::move(transport));
    else
        connection->transportGone(nullptr, false);
}

void HubRouter::resume(const Request &request, const ConnectionRecord &record)
{
    if (record.home == &m_thread) {
        const auto connection = m_thread.find(record.id);
        if (!connection) {
            refuseUnknown(*request.exchange, TransportKind::WebSockets);
            return;
        }
        if (auto transport = WebSocketTransport::accept(*request.exchange, connection))
            connection->resumeWith(std::move(transport), request.caller);
        return;
    }
    RelayTransport::connect(*request.exchange, *record.home, record.id, request.caller);
}

void HubRouter::connectEvents(const Request &request)
{
    ConnectionToken token;
    const auto before = claim(request, token, TransportKind::ServerSentEvents);
    if (!before)
        return;
    if (before->transport != TransportKind::None) {
        refuse(*request.exchange, 409);
        return;
    }
    const auto connection = makeConnection(request, token, *before, TransportKind::ServerSentEvents);
    auto transport = std::make_shared<SseTransport>(*connection, request.exchange);
    transport->start();
    connection->attach(std::move(transport));
    receiveEarly(*connection, *before);
}

void HubRouter::poll(const Request &request)
{
    ConnectionToken token;
    const auto before = claim(request, token, TransportKind::LongPolling);
    if (!before)
        return;
    HubThread *const home = before->home ? before->home : &m_thread;
    if (before->transport == TransportKind::None) {
        const auto connection = makeConnection(request, token, *before, TransportKind::LongPolling);
        connection->attach(std::make_shared<LongPollingTransport>(*connection, m_server.settings()));
        receiveEarly(*connection, *before);
    }
    const quint64 serial = (++m_pollSerial << 8) | quint64(m_thread.loop().index() & 0xff);
    const auto withTransport = [home, id = before->id](auto &&work) {
        const auto connection = home->find(id);
        if (connection && connection->transport())
            work(*connection, *static_cast<LongPollingTransport *>(connection->transport()));
        return connection && connection->transport();
    };
    request.exchange->endWithPeer();
    request.exchange->setOnClosed([home, serial, withTransport] {
        home->loop().post([serial, withTransport] {
            withTransport(
                [serial](HttpConnection &, LongPollingTransport &transport) { transport.pollAborted(serial); });
        });
    });
    auto wait = [handle = ExchangeHandle(request.exchange), serial, withTransport, caller = request.caller]() mutable {
        const auto take = [&](HttpConnection &connection, LongPollingTransport &transport) {
            connection.renew(caller);
            transport.poll(std::move(handle), serial);
        };
        if (!withTransport(take))
            handle.respond(404, QByteArrayLiteral("No Connection with that ID"), QByteArrayLiteral("text/plain"));
    };
    if (home == &m_thread)
        wait();
    else
        home->loop().post(std::move(wait));
}

void HubRouter::post(const Request &request)
{
    ConnectionToken token;
    auto record = recordFor(request, token, TransportKind::None);
    if (!record)
        return;
    if (!record->home) {
        if (isOver(request.caller)) {
            request.exchange->respond(unauthorized());
            return;
        }
        const auto kept = m_server.registry().keepEarly(token, request.exchange->body());
        if (kept == ConnectionRegistry::Early::Kept) {
            Response taken;
            taken.contentType = QByteArrayLiteral("text/plain");
            request.exchange->respond(std::move(taken));
            return;
        }
        if (kept == ConnectionRegistry::Early::TooMuch) {
            refuse(*request.exchange, 413, QByteArrayLiteral("Too much before the first GET of this connection."));
            return;
        }
        record = m_server.registry().find(token); // its first GET came in between
    }
    if (!record || !record->home) {
        refuseUnknown(*request.exchange, TransportKind::None);
        return;
    }
    if (record->transport == TransportKind::WebSockets) {
        refuse(*request.exchange, 405, QByteArrayLiteral("POST requests are not allowed for WebSocket connections."));
        return;
    }
    auto deliver = [home = record->home, id = record->id, handle = ExchangeHandle(request.exchange),
                    body = request.exchange->body(), caller = request.caller]() mutable {
        const auto connection = home->find(id);
        if (!connection || !connection->transport())
            handle.respond(404);
        else if (!connection->takesFrom(caller))
            handle.respond(unauthorized());
        else
            static_cast<HttpTransport *>(connection->transport())->post(std::move(handle), body);
    };
    if (record->home == &m_thread)
        deliver();
    else
        record->home->loop().post(std::move(deliver));
}

void HubRouter::terminate(const Request &request)
{
    ConnectionToken token;
    const auto record = recordFor(request, token, TransportKind::None);
    if (!record)
        return;
    if (record->transport != TransportKind::LongPolling) {
        refuse(*request.exchange, 400,
               QByteArrayLiteral("Cannot terminate this connection using the DELETE endpoint."));
        return;
    }
    auto end = [home = record->home, id = record->id, handle = ExchangeHandle(request.exchange)]() mutable {
        const auto connection = home->find(id);
        if (connection && connection->transport())
            static_cast<LongPollingTransport *>(connection->transport())->terminate(std::move(handle));
        else
            handle.respond(404);
    };
    if (record->home == &m_thread)
        end();
    else
        record->home->loop().post(std::move(end));
}

void HubRouter::shutDown()
{
    m_thread.shutDown();
}

} // namespace Tertulia::Server
