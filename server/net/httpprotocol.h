// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connection.h"
#include "net/httpbody.h"
#include "net/httphead.h"
#include "net/httpresponse.h"

namespace Tertulia::Server {

class HttpExchange;

/// HTTP/1.1 on one connection: one request at a time; the next one is looked at when the answer has gone.
class HttpProtocol final : public Protocol
{
public:
    explicit HttpProtocol(Connection &connection);
    ~HttpProtocol() override;

    [[nodiscard]] bool wantsBytes() const override;
    [[nodiscard]] qsizetype readLimit() const override;
    void onBytes(char *bytes, qsizetype size) override;
    void onPeerEnded() override;
    void onResume() override;
    void onDrained() override;
    void onDeadline() override;
    void onShutDown() override;
    void onClosed() override;

    // For HttpExchange, which has detached itself (but for the stream's calls):
    void respond(Response response);
    void startStream(Response head);
    SendResult writeStream(const QByteArray &bytes);
    void finishStream();
    WebSocket *acceptWebSocket(const RequestHead &head, std::unique_ptr<WebSocketHandler> handler);
    void abandoned(); ///< nobody will answer any more
    void peerMayEndExchange(); ///< now, if the peer has ended already
    [[nodiscard]] bool isPeerThere() const { return m_connection.isPeerThere(); }

private:
    enum class State : quint8 {
        Head, ///< waiting for a request, or in the middle of its head
        Body,
        Answering, ///< the exchange is with the handler
        Streaming,
        Draining, ///< the answer is complete but not gone
        Skipping, ///< it has gone, and reads over the body that was refused
        Finished, ///< upgraded, or closing
    };
    /// What the present request asks of its answer.
    struct RequestTraits
    {
        QByteArray corsOrigin;
        int minorVersion = 1;
        bool isHead = false;
        bool keepAlive = false;
    };

    [[nodiscard]] qsizetype process(QByteArrayView bytes);
    [[nodiscard]] qsizetype takeHead(QByteArrayView bytes);
    void keepRest(QByteArrayView rest);
    void beginRequest(QByteArrayView head, bool moreBytesHere);
    /// Fills in where it comes from. False when that client has enough under way through its proxy.
    [[nodiscard]] bool findOrigin(RequestHead &head);
    [[nodiscard]] bool answerByDoor(const RequestHead &head, bool isAsterisk);
    [[nodiscard]] Response preflight(const RequestHead &head) const;
    void admit(std::shared_ptr<HttpExchange> exchange, bool sendContinue);
    void handOver();
    void refuse(const HttpError &error);
    void refuseForPolicy(const RequestHead &head, Response response, bool isBodyComing);
    [[nodiscard]] ResponseFrame frame() const;
    [[nodiscard]] HeadLimits limits() const;
    void sendAnswer(const QByteArray &head, const QByteArray &body);
    void answered();
    [[nodiscard]] qsizetype skip(QByteArrayView bytes);
    void close();

    Connection &m_connection;
    QByteArray m_input; ///< received, not yet used: a part of a head, pipelined requests
    std::shared_ptr<HttpExchange> m_receiving; ///< while its body comes in
    std::unique_ptr<HttpBody> m_body;
    HttpExchange *m_exchange = nullptr; ///< the one that owes an answer; detaches itself when it goes
    Protocol *m_upgraded = nullptr;
    RequestTraits m_traits;
    qint64 m_toSkip = 0; ///< of a refused body
    HeadScanner m_scanner;
    State m_state = State::Head;
    bool m_headStarted = true; ///< a new connection owes its first head
    bool m_processing = false;
    bool m_peerGone = false; ///< the client has ended its sending side at least
};

/// "https://chat.example" is the host "chat.example:443": a page of this server itself, which needs no CORS.
[[nodiscard]] bool isSameOrigin(QByteArrayView origin, QByteArrayView host, bool secure);

} // namespace Tertulia::Server
