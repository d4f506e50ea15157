// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detours.h"

#include "signalr/exchangehandle.h"

namespace Tertulia::TestHub {

namespace {

/// The rest of the path if it is `segment` or below it.
std::optional<QByteArray> below(const QByteArray &path, QByteArrayView segment)
{
    if (path.size() < segment.size()
        || QByteArrayView(path).first(segment.size()).compare(segment, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    const QByteArray rest = path.sliced(segment.size());
    return rest.isEmpty() || rest.startsWith('/') ? std::optional(rest) : std::nullopt;
}

Response text(int status, const QByteArray &body, const QByteArray &contentType = QByteArrayLiteral("text/plain"))
{
    Response response;
    response.status = status;
    response.contentType = contentType;
    response.body = body;
    return response;
}

} // namespace

Detours::Detours(std::unique_ptr<HubRouter> hubs, HubLifetimeManager &clients, const Tokens &tokens)
    : m_hubs(std::move(hubs))
    , m_clients(clients)
    , m_tokens(tokens)
{
}

void Detours::handle(std::shared_ptr<Exchange> exchange)
{
    static std::atomic<int> redirects = 0;
    const RequestHead &head = exchange->head();
    if (m_hubs->owns(head)) {
        m_hubs->handle(std::move(exchange));
    } else if (below(head.path, "/redirect")) {
        const QByteArray url = head.queryValue("baseUrl").value_or(QByteArray())
            + "/testHub?numRedirects=" + QByteArray::number(++redirects);
        exchange->respond(text(200, R"({"url":")" + url + R"("})", {}));
    } else if (const auto rest = below(head.path, "/echoredirect")) {
        Response response = text(307, {}, {});
        const QByteArray query = head.query.isEmpty() ? QByteArray() : '?' + head.query;
        response.headers = {{QByteArrayLiteral("location"), "/echo" + *rest + query}};
        exchange->respond(std::move(response));
    } else if (below(head.path, "/bad-negotiate")) {
        exchange->respond(text(400, QByteArrayLiteral("Some response from server"), {}));
    } else if (below(head.path, "/generateJwtToken")) {
        exchange->respond(text(200, m_tokens.generate()));
    } else if (below(head.path, "/deployment")) {
        exchange->respond(text(200, R"({"framework":"tertulia"})", QByteArrayLiteral("application/json")));
    } else if (const auto id = below(head.path, "/clientresult"); id && id->size() > 1) {
        clientResult(std::move(exchange), id->sliced(1));
    } else {
        exchange->respond(text(404, {}, {}));
    }
}

void Detours::clientResult(std::shared_ptr<Exchange> exchange, const QByteArray &connectionId)
{
    const auto id = parseConnectionText<ConnectionId>(connectionId);
    if (!id) {
        exchange->respond(text(200, "Connection '" + connectionId + "' does not exist."));
        return;
    }
    Loop *const loop = &exchange->thread();
    m_clients.invoke<int>(*id, QByteArrayLiteral("Result"), Completion<int>(loop, [exchange](Result<int> result) {
        exchange->respond(text(200, result ? QByteArray::number(*result) : result.error().message.toUtf8()));
    }));
}

} // namespace Tertulia::TestHub
