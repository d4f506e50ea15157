// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpprotocol.h"

#include "net/httpexchange.h"
#include "net/websockethandshake.h"
#include "net/websocketprotocol.h"

namespace Tertulia::Server {

namespace {

/// A refused body up to this is read over, so that the connection can go on.
constexpr qint64 skippedBodyBytes = 16 * 1024;
/// Of those that a client has sent ahead, before others have their turn.
constexpr int requestsInARow = 4;

} // namespace

HttpProtocol::HttpProtocol(Connection &connection)
    : m_connection(connection)
{
    m_connection.setDeadline(connection.door().settings().headTimeout);
}

HttpProtocol::~HttpProtocol()
{
    if (m_exchange)
        m_exchange->detach();
}

HeadLimits HttpProtocol::limits() const
{
    const NetSettings &settings = m_connection.door().settings();
    return {settings.maxHeadBytes, settings.maxTargetBytes, settings.maxHeaderFields};
}

bool HttpProtocol::wantsBytes() const
{
    return m_state == State::Head || m_state == State::Skipping || (m_state == State::Body && !m_body->isWaiting());
}

qsizetype HttpProtocol::readLimit() const
{
    // In the head: what may be kept is bounded by this, whatever a client pipelines.
    return m_state == State::Body ? m_body->readLimit() : limits().maxHeadBytes;
}

void HttpProtocol::onBytes(char *bytes, qsizetype size)
{
    if (m_input.isEmpty()) {
        const QByteArrayView view(bytes, size);
        keepRest(view.sliced(process(view)));
    } else {
        QByteArray input = std::exchange(m_input, {});
        input.append(bytes, size);
        keepRest(QByteArrayView(input).sliced(process(input)));
    }
}

void HttpProtocol::keepRest(QByteArrayView rest)
{
    if (m_upgraded) {
        if (!rest.isEmpty()) {
            QByteArray copy = rest.toByteArray();
            std::exchange(m_upgraded, nullptr)->onBytes(copy.data(), copy.size());
        }
        return;
    }
    m_input = m_state == State::Finished ? QByteArray() : rest.toByteArray();
}

qsizetype HttpProtocol::process(QByteArrayView bytes)
{
    qsizetype used = 0;
    int begun = 0;
    m_processing = true;
    for (bool going = true; going;) {
        const QByteArrayView rest = bytes.sliced(used);
        switch (m_state) {
        case State::Head: {
            const bool mustWait = begun == requestsInARow && !rest.isEmpty();
            if (mustWait)
                m_connection.takeTurns();
            const qsizetype taken = mustWait ? 0 : takeHead(rest);
            used += taken;
            ++begun;
            going = taken > 0;
            break;
        }
        case State::Body: {
            const HttpBody::Step step = m_body->feed(rest);
            used += step.consumed;
            if (step.status == HttpBody::Status::Failed) {
                refuse(m_body->error());
            } else if (step.status == HttpBody::Status::Done) {
                handOver();
            } else {
                going = false;
                if (step.status == HttpBody::Status::Waiting)
                    m_connection.clearDeadline();
                else if (step.consumed > 0)
                    m_connection.setDeadline(m_connection.door().settings().bodyStallTimeout);
            }
            break;
        }
        case State::Skipping:
            used += skip(rest);
            going = m_state == State::Head;
            break;
        case State::Answering:
        case State::Streaming:
        case State::Draining:
        case State::Finished:
            going = false;
            break;
        }
    }
    m_processing = false;
    return used;
}

/// Begins the request whose head is there. @returns the size of the head; 0 when more of it has to come, or it is none
qsizetype HttpProtocol::takeHead(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return 0;
    switch (m_scanner.scan(bytes, limits())) {
    case HeadScanner::Status::Incomplete:
        if (!std::exchange(m_headStarted, true))
            m_connection.setDeadline(m_connection.door().settings().headTimeout);
        break;
    case HeadScanner::Status::Failed:
        refuse(m_scanner.error());
        break;
    case HeadScanner::Status::Complete: {
        const qsizetype size = m_scanner.headSize();
        m_scanner.reset();
        beginRequest(bytes.first(size), bytes.size() > size);
        return size;
    }
    }
    return 0;
}

void HttpProtocol::beginRequest(QByteArrayView head, bool moreBytesHere)
{
    Doorway &door = m_connection.door();
    door.shared().requests.fetch_add(1, std::memory_order_relaxed);
    auto parsed = parseHead(head, limits());
    if (!parsed) {
        refuse(parsed.error());
        return;
    }
    RequestHead &request = parsed->request;
    const bool isAllowed = findOrigin(request);
    request.requestId = door.nextRequestId();

    m_traits = {};
    m_traits.minorVersion = request.minorVersion;
    m_traits.isHead = request.method == Method::Head;
    m_traits.keepAlive = parsed->keepAlive && !door.isShuttingDown();
    const QByteArrayView origin = request.header("origin");
    if (!origin.isEmpty() && door.shared().isCorsOrigin(origin))
        m_traits.corsOrigin = origin.toByteArray();
    if (!isAllowed) {
        refuse({429, "There are too many requests and connections of your network at present."});
        return;
    }
    if (answerByDoor(request, parsed->isAsterisk))
        return;
    const bool sendContinue = parsed->expectsContinue && !moreBytesHere;
    admit(std::make_shared<HttpExchange>(*this, door, std::move(request)), sendContinue);
}

bool HttpProtocol::findOrigin(RequestHead &head)
{
    DoorShared &shared = m_connection.door().shared();
    const RequestOrigin origin = originOf(head, m_connection.peer(), m_connection.isTls(), shared.proxies);
    head.peer = origin.peer.toHostAddress();
    head.secure = origin.secure;
    head.local = origin.local;
    shared.noteTrouble(origin.trouble, m_connection.peer());
    if (!origin.isProxied)
        return true;
    m_connection.setClient({}); // the one before
    const auto kind = head.wantsWebSocket ? ConnectionLimits::Kind::Connection : ConnectionLimits::Kind::Request;
    if (!shared.limits.take(origin.peer, m_connection.door().thread().nowMs(), kind)) {
        shared.refused.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
    m_connection.setClient(ClientSlot(shared.limits, origin.peer));
    return true;
}

bool HttpProtocol::answerByDoor(const RequestHead &head, bool isAsterisk)
{
    const QByteArrayView origin = head.header("origin");
    if (head.wantsWebSocket && !origin.isEmpty() && m_traits.corsOrigin.isEmpty()
        && !isSameOrigin(origin, head.header("host"), head.secure)) {
        refuse({403, "Pages of this origin may not open a WebSocket here."});
        return true;
    }
    const bool isPreflight =
        head.method == Method::Options && !origin.isEmpty() && !head.header("access-control-request-method").isEmpty();
    if (!isAsterisk && !isPreflight)
        return false;
    if (head.contentLength != 0)
        m_traits.keepAlive = false;
    respond(preflight(head));
    return true;
}

Response HttpProtocol::preflight(const RequestHead &head) const
{
    Response response;
    response.status = 204;
    if (m_traits.corsOrigin.isEmpty())
        return response;
    const auto echo = [&](const char *name, QByteArrayView value) {
        if (!value.isEmpty())
            response.headers.push_back({name, value.toByteArray()});
    };
    echo("Access-Control-Allow-Methods", head.header("access-control-request-method"));
    echo("Access-Control-Allow-Headers", head.header("access-control-request-headers"));
    echo("Access-Control-Max-Age", QByteArray::number(m_connection.door().settings().corsMaxAge.count()));
    return response;
}

void HttpProtocol::admit(std::shared_ptr<HttpExchange> exchange, bool sendContinue)
{
    Doorway &door = m_connection.door();
    const NetSettings &settings = door.settings();
    const RequestHead &head = exchange->head();
    BodyPolicy policy = door.handler().admit(head);
    if (policy.kind == BodyPolicy::Kind::Refuse) {
        exchange->detach();
        refuseForPolicy(head, std::move(policy.refusal), !sendContinue);
        return;
    }
    exchange->setAdmitted(std::move(policy.admitted));
    m_receiving = std::move(exchange);
    if (head.contentLength == 0) {
        handOver();
        return;
    }
    const bool toFile = policy.kind == BodyPolicy::Kind::File;
    if (toFile && !door.shared().disk) {
        refuse({503, "This server has no folder for uploads."});
        return;
    }
    const qint64 limit = toFile ? policy.limit : std::min(policy.limit, settings.maxBodyBytes);
    if (head.contentLength > limit) {
        refuse({413, "The body is larger than this address accepts."});
        return;
    }
    const BodySender sender{NetAddress(head.peer).limitKey(), policy.person};
    m_body = std::make_unique<HttpBody>(m_connection, head.contentLength, policy.kind, limit, sender);
    m_state = State::Body;
    m_connection.setDeadline(settings.bodyStallTimeout);
    if (sendContinue)
        m_connection.sendUnlimited(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
}

/// @param isBodyComing whatever is answered; else (Expect: 100-continue) the client may keep it to itself
void HttpProtocol::refuseForPolicy(const RequestHead &head, Response response, bool isBodyComing)
{
    // Body bytes must not be taken for the next request: a few are read over, else the connection ends.
    if (head.contentLength > 0 && head.contentLength <= skippedBodyBytes && isBodyComing)
        m_toSkip = head.contentLength;
    else if (head.contentLength != 0)
        m_traits.keepAlive = false;
    respond(std::move(response));
}

void HttpProtocol::handOver()
{
    auto exchange = std::move(m_receiving);
    if (m_body) {
        exchange->setBody(m_body->takeBytes(), m_body->takeShare());
        exchange->setBodyFile(m_body->takeFile());
        m_body.reset();
    }
    m_exchange = exchange.get();
    m_state = State::Answering;
    if (m_peerGone)
        m_connection.setDeadline(m_connection.door().settings().halfClosedTimeout);
    else
        m_connection.clearDeadline();
    m_connection.door().handler().handle(std::move(exchange));
}

void HttpProtocol::refuse(const HttpError &error)
{
    QByteArray traceId;
    if (m_receiving) {
        traceId = m_receiving->head().requestId;
        m_receiving->detach();
        m_receiving.reset();
    } else {
        traceId = m_connection.door().nextRequestId();
    }
    m_body.reset();
    m_traits.keepAlive = false;
    respond(errorResponse(error, traceId));
}

ResponseFrame HttpProtocol::frame() const
{
    Doorway &door = m_connection.door();
    ResponseFrame result;
    result.minorVersion = m_traits.minorVersion;
    result.close = !m_traits.keepAlive || door.isShuttingDown();
    result.varyOrigin = !door.settings().corsOrigins.empty() || door.settings().anyCorsOrigin;
    result.corsOrigin = m_traits.corsOrigin;
    result.date = door.date();
    return result;
}

void HttpProtocol::respond(Response response)
{
    m_exchange = nullptr;
    ResponseFrame answer = frame();
    m_traits.keepAlive = !answer.close;
    answer.bodySize = response.body.size();
    const bool sendsBody = !m_traits.isHead && mayHaveBody(response.status);
    sendAnswer(serializeHead(response, answer), sendsBody ? response.body : QByteArray());
}

void HttpProtocol::sendAnswer(const QByteArray &head, const QByteArray &body)
{
    m_state = State::Draining;
    m_connection.clearDeadline();
    m_connection.sendUnlimited(head);
    m_connection.sendUnlimited(body);
    m_connection.flush();
    if (m_connection.isDrained() && m_connection.isOpen())
        answered();
}

void HttpProtocol::answered()
{
    m_connection.setClient({});
    const bool keepAlive = std::exchange(m_traits, {}).keepAlive;
    if (!keepAlive) {
        close();
        return;
    }
    const NetSettings &settings = m_connection.door().settings();
    m_state = m_toSkip > 0 ? State::Skipping : State::Head;
    m_headStarted = false;
    m_connection.setDeadline(m_toSkip > 0 ? settings.bodyStallTimeout : settings.keepAliveTimeout);
    if (m_processing)
        return;
    // Not from inside the handler's call.
    if (m_input.isEmpty())
        m_connection.scheduleResume();
    else
        m_connection.takeTurns();
}

/// The deadline is for all of it: who is refused gets no time for dripping.
qsizetype HttpProtocol::skip(QByteArrayView bytes)
{
    const qsizetype skipped = std::min<qint64>(m_toSkip, bytes.size());
    m_toSkip -= skipped;
    if (m_toSkip == 0) {
        m_state = State::Head;
        m_connection.setDeadline(m_connection.door().settings().keepAliveTimeout);
    }
    return skipped;
}

void HttpProtocol::close()
{
    m_state = State::Finished;
    m_input.clear();
    m_connection.closeAfterSending();
}

void HttpProtocol::onDrained()
{
    if (m_state == State::Draining)
        answered();
    else if (m_state == State::Streaming && m_exchange)
        m_exchange->streamDrained();
}

void HttpProtocol::onResume()
{
    if (m_state != State::Head && m_state != State::Body && m_state != State::Skipping)
        return;
    if (m_state == State::Body && !m_body->isWaiting())
        m_connection.setDeadline(m_connection.door().settings().bodyStallTimeout);
    const QByteArray input = std::exchange(m_input, {});
    keepRest(QByteArrayView(input).sliced(process(input)));
    // What was sent before the end is still answered.
    const bool isThrough = m_state == State::Skipping || (m_state == State::Head && !m_connection.takesTurns());
    if (isThrough && m_connection.hasPeerEnded())
        close();
}

void HttpProtocol::onPeerEnded()
{
    m_peerGone = true;
    switch (m_state) {
    case State::Head:
    case State::Skipping:
        close();
        break;
    case State::Body:
        if (m_connection.hasPeerEnded() && !m_body->isWaiting())
            m_connection.abort();
        break;
    case State::Answering:
        // A client may end its side and still wait for the answer, but not for long: one that has gone altogether
        // looks the same from here.
        if (m_exchange && m_exchange->endsWithPeer())
            m_connection.abort();
        else
            m_connection.setDeadline(m_connection.door().settings().halfClosedTimeout);
        break;
    case State::Streaming:
        m_connection.abort();
        break;
    case State::Draining:
    case State::Finished:
        break;
    }
}

void HttpProtocol::peerMayEndExchange()
{
    if (m_peerGone)
        m_connection.abort();
}

void HttpProtocol::onDeadline()
{
    switch (m_state) {
    case State::Head:
        if (m_headStarted && !m_input.isEmpty())
            refuse({408, "The request head did not come in time."});
        else
            close();
        break;
    case State::Body:
        refuse({408, "The request body did not come in time."});
        break;
    case State::Answering:
        m_connection.abort();
        break;
    case State::Skipping:
        close();
        break;
    case State::Streaming:
    case State::Draining:
    case State::Finished:
        break;
    }
}

void HttpProtocol::onShutDown()
{
    if (m_state == State::Skipping || (m_state == State::Head && m_input.isEmpty()))
        close();
}

void HttpProtocol::onClosed()
{
    m_state = State::Finished;
    m_body.reset();
    if (m_receiving) {
        m_receiving->detach();
        m_receiving.reset();
    }
    if (m_exchange)
        std::exchange(m_exchange, nullptr)->connectionClosed();
}

void HttpProtocol::startStream(Response head)
{
    ResponseFrame answer = frame();
    if (m_traits.minorVersion == 0) {
        answer.length = ResponseFrame::Length::UntilClose;
        answer.close = true;
    } else {
        answer.length = ResponseFrame::Length::Chunked;
    }
    m_traits.keepAlive = !answer.close;
    m_state = State::Streaming;
    m_connection.clearDeadline();
    m_connection.sendUnlimited(serializeHead(head, answer));
    m_connection.flush();
    if (m_peerGone)
        m_connection.abort();
}

SendResult HttpProtocol::writeStream(const QByteArray &bytes)
{
    if (!m_connection.isOpen())
        return SendResult::Closed;
    if (m_traits.isHead || bytes.isEmpty())
        return SendResult::Sent;
    if (m_traits.minorVersion == 0)
        return m_connection.send(bytes);
    QByteArray chunk;
    chunk.reserve(bytes.size() + 20);
    chunk += QByteArray::number(bytes.size(), 16) + "\r\n";
    chunk += bytes;
    chunk += "\r\n";
    return m_connection.send(chunk);
}

void HttpProtocol::finishStream()
{
    m_exchange = nullptr;
    const bool chunked = m_traits.minorVersion != 0 && !m_traits.isHead;
    sendAnswer(chunked ? QByteArrayLiteral("0\r\n\r\n") : QByteArray(), QByteArray());
}

WebSocket *HttpProtocol::acceptWebSocket(const RequestHead &head, std::unique_ptr<WebSocketHandler> handler)
{
    m_exchange = nullptr;
    Response response;
    response.status = 101;
    response.headers = {{QByteArrayLiteral("Upgrade"), QByteArrayLiteral("websocket")},
                        {QByteArrayLiteral("Connection"), QByteArrayLiteral("Upgrade")},
                        {QByteArrayLiteral("Sec-WebSocket-Accept"), webSocketAccept(head.header("sec-websocket-key"))}};
    m_connection.sendUnlimited(serializeHead(response, frame()));
    m_state = State::Finished;
    m_connection.clearDeadline();
    auto upgraded = std::make_unique<WebSocketProtocol>(m_connection, std::move(handler), std::exchange(m_input, {}));
    WebSocketProtocol *const socket = upgraded.get();
    if (m_processing)
        m_upgraded = socket; // gets what follows the head, when process() is through
    else
        m_connection.scheduleResume();
    m_connection.setProtocol(std::move(upgraded)); // this stays until the turn's end
    return socket;
}

void HttpProtocol::abandoned()
{
    if (m_state == State::Streaming) {
        m_exchange = nullptr;
        m_connection.abort(); // the client must not take what it has for the whole
        return;
    }
    const bool wasForThePeer = m_exchange && m_exchange->endsWithPeer();
    m_exchange = nullptr;
    // A poll is let go because its client has ended, which is perhaps not read yet.
    if (wasForThePeer && !m_connection.isPeerThere())
        m_connection.abort();
    else
        refuse({500, "The server has failed to answer."});
}

bool isSameOrigin(QByteArrayView origin, QByteArrayView host, bool secure)
{
    const QByteArrayView scheme = secure ? QByteArrayView("https://") : QByteArrayView("http://");
    if (host.isEmpty() || !origin.startsWith(scheme))
        return false;
    const QByteArray port = secure ? QByteArrayLiteral(":443") : QByteArrayLiteral(":80");
    const auto withPort = [&](QByteArrayView authority) {
        const qsizetype colon = authority.lastIndexOf(':');
        const bool hasPort = colon > authority.lastIndexOf(']') && colon >= 0;
        return (hasPort ? authority.toByteArray() : authority.toByteArray() + port).toLower();
    };
    return withPort(origin.sliced(scheme.size())) == withPort(host);
}

} // namespace Tertulia::Server
