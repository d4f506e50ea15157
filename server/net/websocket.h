// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

#include <QByteArray>

namespace Tertulia::Server {

/// One accepted WebSocket (RFC 6455, server side). Network thread only. Valid from acceptWebSocket until
/// WebSocketHandler::onClosed returns.
class WebSocket
{
public:
    enum class Opcode : quint8 { Text = 1, Binary = 2, Ping = 9 };

    WebSocket() = default;
    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;
    virtual ~WebSocket() = default;

    /// A whole message as the bytes of one unmasked server frame: encode once, send to any number of sockets.
    [[nodiscard]] static QByteArray encodeFrame(Opcode opcode, QByteArrayView payload);
    /// A ping whose one byte comes back with the pong; it takes no memory.
    [[nodiscard]] static QByteArray pingFrame(quint8 mark);
    /// Sends what encodeFrame made; the bytes are shared, not copied.
    virtual SendResult sendFrame(const QByteArray &frame) = 0;
    SendResult send(Opcode opcode, QByteArrayView payload) { return sendFrame(encodeFrame(opcode, payload)); }

    /// Starts the closing handshake after everything queued; the socket goes at the peer's answer or after 5 s.
    virtual void close(quint16 code = 1000, QByteArrayView reason = {}) = 0;
    /// Drops the connection at once, without a close frame.
    virtual void abort() = 0;
    /// Stops and resumes reading from the socket: back-pressure to the client.
    virtual void setReading(bool reading) = 0;
    [[nodiscard]] virtual qint64 backlog() const = 0; ///< bytes not yet taken by the kernel
};

/// Receives a WebSocket's events, on its network thread. May be destroyed only by the connection.
class WebSocketHandler
{
public:
    WebSocketHandler() = default;
    WebSocketHandler(const WebSocketHandler &) = delete;
    WebSocketHandler &operator=(const WebSocketHandler &) = delete;
    virtual ~WebSocketHandler() = default;

    /// Payload bytes as they arrive, unmasked and (text) UTF-8-checked across fragments: a message may come in pieces,
    /// `last` marks its end. The view is valid during the call. May call anything on the socket, also close and abort.
    virtual void onData(QByteArrayView bytes, bool last) = 0;
    /// What a Ping carried comes back: the peer has read everything up to there. Or a pong that nobody asked for.
    virtual void onPong(QByteArrayView payload) { Q_UNUSED(payload) }
    /// Everything queued has gone to the kernel, after a send answered Queued.
    virtual void onDrained() { }
    /// Once, last call; always from the loop, never from inside a call to the socket. `clean`: a close frame was
    /// received, with this code (1005: without one). Else the code that we closed with for a broken rule (1002, 1007,
    /// 1009), or 1006: the connection has gone (RFC 6455 7.1.5).
    virtual void onClosed(quint16 code, bool clean) = 0;
};

} // namespace Tertulia::Server
