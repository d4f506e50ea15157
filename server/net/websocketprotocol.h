// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connection.h"
#include "net/websocket.h"
#include "net/websocketframes.h"

namespace Tertulia::Server {

/// RFC 6455 on one connection, after the 101. Keeps no payload: what arrives goes to the handler in pieces.
class WebSocketProtocol final : public Protocol, public WebSocket
{
public:
    /// @param input bytes that came behind the request's head already; read at the next resume
    WebSocketProtocol(Connection &connection, std::unique_ptr<WebSocketHandler> handler, QByteArray input);
    ~WebSocketProtocol() override;

    SendResult sendFrame(const QByteArray &frame) override;
    void close(quint16 code, QByteArrayView reason) override;
    void abort() override;
    void setReading(bool reading) override;
    [[nodiscard]] qint64 backlog() const override;

    [[nodiscard]] bool wantsBytes() const override;
    [[nodiscard]] qsizetype readLimit() const override;
    void onBytes(char *bytes, qsizetype size) override;
    void onPeerEnded() override;
    void onResume() override;
    void onDrained() override;
    void onDeadline() override;
    void onShutDown() override { } // the handler's owner says goodbye in its own protocol
    void onClosed() override;

private:
    [[nodiscard]] bool canRead() const { return m_reading && m_handler && !m_aborted; }
    [[nodiscard]] qsizetype process(char *bytes, qsizetype size);
    void handle(const WebSocketFrameReader::Step &step);
    void pong(QByteArrayView payload);
    /// Ends the WebSocket's life for its handler; from the loop only.
    void finish(quint16 code, bool clean);

    Connection &m_connection;
    std::unique_ptr<WebSocketHandler> m_handler; ///< null after its onClosed
    QByteArray m_input; ///< received while reading is stopped
    WebSocketFrameReader m_reader;
    bool m_reading = true;
    bool m_closeSent = false;
    bool m_aborted = false;
};

} // namespace Tertulia::Server
