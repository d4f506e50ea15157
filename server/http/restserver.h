// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/qthttpbridge.h"
#include "http/requestmetrics.h"
#include "http/routetable.h"

namespace Tertulia::Server {

/// Finds the caller of a bearer token, or says Unauthenticated, Forbidden (disabled) …; thread-safe. Completes at once
/// but for a foreign person whose account has to be made first.
using TokenCheck = std::function<void(const QByteArray &token, Completion<Actor> done)>;

/// What the REST edge is made of; outlives every RestServer.
struct RestSettings
{
    const RouteTable &routes;
    TokenCheck authenticate;
    RequestMetrics &metrics;
    qint64 maxBodyBytes = 1 << 20; ///< RouteBody::Large
    qint64 maxSmallBodyBytes = 16 * 1024; ///< RouteBody::Small
    QByteArray operatorToken; ///< opens Access::Operator from afar; empty: loopback only
    RouteRates rates = {}; ///< of the routes
    /// Who calls is asked when the head is there, and once more when the body took this long: a session may have ended.
    std::chrono::milliseconds callerGoodFor{10'000};
};

/// The REST edge on one network thread. A request's route, its caller and its rate are asked once, at its admission
/// (docs/decisions/0119-one-table-of-routes.md), and go with the exchange to the handler.
class RestServer final : public RequestHandler
{
public:
    RestServer(NetworkThread &thread, const RestSettings &settings);

    /// A body is read only when there is a route for it, and its sender may call it: else anybody could fill the memory
    /// for bodies without having an account.
    [[nodiscard]] BodyPolicy admit(const RequestHead &head) override;
    void handle(std::shared_ptr<Exchange> exchange) override;
    void shutDown() override { }
    [[nodiscard]] qsizetype socketCount() const { return m_bridge.socketCount(); } ///< in use and idle; for tests

private:
    struct Admitted;

    /// Asks for whoever calls; `admitted` has the answer at once, or later for a foreign person without an account.
    void findCaller(const RequestHead &head, const std::shared_ptr<Admitted> &admitted) const;
    /// Whether they may call: the caller, or why not.
    [[nodiscard]] Result<Actor> judge(Admitted &admitted, Result<Actor> caller) const;
    void start(std::shared_ptr<Exchange> exchange, Reply::Responder responder) const;
    void answer(Admitted &known, std::shared_ptr<Exchange> exchange, Reply reply) const; ///< the caller is known
    [[nodiscard]] bool isOperator(const RequestHead &head) const;
    [[nodiscard]] qint64 bodyLimit(RouteBody body) const;
    [[nodiscard]] Response noSuchRoute(const RequestHead &head) const;
    /// What every answer carries; also counts it.
    void finish(const RequestHead &head, Response &response) const;

    NetworkThread &m_thread;
    const RestSettings &m_settings;
    QtHttpBridge m_bridge;
};

/// The token of an Authorization header; empty without one. Nothing else is looked at: no query, no cookie.
[[nodiscard]] QByteArray bearerToken(const RequestHead &head);

} // namespace Tertulia::Server
