// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "signalr/hubendpoint.h"

namespace Tertulia::Server {

class HubServer;
class HubThread;
struct ConnectionRecord;

/// The HTTP side of the hubs on one network thread (signalr.md 2 to 4): negotiation, and the requests of the three
/// transports, each authorized anew, brought to the thread their connection lives on.
class HubRouter final : public RequestHandler
{
public:
    HubRouter(HubServer &server, HubThread &thread);
    ~HubRouter() override; ///< lets go of the thread's connections

    /// Whether this request is for a hub. Paths match without case and with or without a slash at the end.
    [[nodiscard]] bool owns(const RequestHead &head) const;

    /// A body is read only of who may send it, and to a connection that is theirs.
    [[nodiscard]] BodyPolicy admit(const RequestHead &head) override;
    void handle(std::shared_ptr<Exchange> exchange) override;
    void shutDown() override;

private:
    struct Target
    {
        HubEndpoint *endpoint = nullptr;
        bool negotiate = false;
    };
    struct Request
    {
        std::shared_ptr<Exchange> exchange; // shared with the front door
        HubEndpoint &endpoint;
        Caller caller;
    };

    [[nodiscard]] Target target(const RequestHead &head) const;
    [[nodiscard]] bool isOver(const Caller &caller) const;
    [[nodiscard]] Result<Caller> authorize(const Target &to, const RequestHead &head) const;
    void negotiate(const Request &request);
    void connectWebSocket(const Request &request);
    void connectEvents(const Request &request);
    void poll(const Request &request);
    void post(const Request &request);
    void terminate(const Request &request);

    /// Makes the token known, or answers 429 or 503.
    [[nodiscard]] bool enter(const Request &request, const ConnectionToken &token, const ConnectionRecord &record);
    struct Found;
    /// The record that the request's id names, if this caller may use it; else the answer.
    [[nodiscard]] tl::expected<Found, Response> lookUp(const RequestHead &head, const HubEndpoint &endpoint,
                                                       const UserId &user, TransportKind kind) const;
    /// The same, answering itself.
    [[nodiscard]] std::optional<ConnectionRecord> recordFor(const Request &request, ConnectionToken &token,
                                                            TransportKind kind);
    /// The connection that this GET begins or goes on with. @return none: answered
    [[nodiscard]] std::optional<ConnectionRecord> claim(const Request &request, ConnectionToken &token,
                                                        TransportKind kind);
    [[nodiscard]] std::shared_ptr<HttpConnection> makeConnection(const Request &request, const ConnectionToken &token,
                                                                 const ConnectionRecord &record, TransportKind kind);
    /// What was POSTed before the first GET.
    static void receiveEarly(HttpConnection &connection, const ConnectionRecord &record);
    void acceptWebSocket(const Request &request, const std::shared_ptr<HttpConnection> &connection);
    void resume(const Request &request, const ConnectionRecord &record);

    HubServer &m_server;
    HubThread &m_thread;
    quint64 m_pollSerial = 0;
};

} // namespace Tertulia::Server
