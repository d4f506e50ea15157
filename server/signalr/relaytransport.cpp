// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/relaytransport.h"

#include "net/websocket.h"
#include "signalr/httpconnection.h"
#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {

/// What a piece of input takes on its way beside its bytes: the task that carries it.
constexpr qint64 pieceBytes = 128;

} // namespace

/// The two ends of a relay. Which thread touches what is said at each member.
struct RelayTransport::Link
{
    NetworkThread *socketThread = nullptr;
    HubThread *home = nullptr;
    ConnectionId id;
    WebSocket *socket = nullptr; // socket's thread
    RelayTransport *transport = nullptr; // home thread
    std::atomic<qint64> crossing = 0; // any: bytes given to send that the socket has not got yet
    std::atomic<qint64> waiting = 0; // any: bytes that the socket has got and the kernel has not taken
    std::atomic<bool> isDrainedAwaited = false; // any: the connection was told that something waits
    std::atomic<bool> isOver = false; // any
    std::atomic<qint64> arriving = 0; // any: memory of the input that the connection has not got yet
    bool isReadingWanted = true; // socket's thread: by the connection

    /// With the connection, as long as it still uses this relay.
    template <class F> void withConnection(F &work)
    {
        const auto connection = transport ? home->find(id) : nullptr;
        if (connection && connection->transport() == transport)
            work(*connection, transport);
    }
    /// On the home thread.
    template <class F> static void atHome(const std::shared_ptr<Link> &link, F work)
    {
        link->home->loop().post([link, work = std::move(work)]() mutable { link->withConnection(work); });
    }
    /// The same for input. The connection's own back-pressure comes late from another thread, which may be busy: until
    /// then no more may be under way than may wait there.
    template <class F> static void bring(const std::shared_ptr<Link> &link, qsizetype bytes, F work)
    {
        const qint64 most = link->home->settings().inputBytes;
        const qint64 taken = bytes + pieceBytes;
        if (link->arriving.fetch_add(taken) + taken > most)
            link->applyReading();
        link->home->loop().post([link, work = std::move(work), taken, most]() mutable {
            link->withConnection(work);
            const qint64 before = link->arriving.fetch_sub(taken);
            if (before > most && before - taken <= most)
                atSocket(link, [](Link &self, WebSocket &) { self.applyReading(); });
        });
    }
    /// On the socket's thread.
    void applyReading() { socket->setReading(isReadingWanted && arriving <= home->settings().inputBytes); }
    /// On the socket's thread: nothing is crossing and nothing waits, or so it may be.
    static void drained(const std::shared_ptr<Link> &link)
    {
        if (link->crossing > 0 || link->waiting > 0 || !link->isDrainedAwaited.exchange(false))
            return;
        atHome(link, [](HttpConnection &connection, ConnectionTransport *) { connection.transportDrained(); });
    }
    template <class F> static void atSocket(const std::shared_ptr<Link> &link, F work)
    {
        link->socketThread->post([link, work = std::move(work)]() mutable {
            if (link->socket)
                work(*link, *link->socket);
        });
    }
};

namespace {

using Link = RelayTransport::Link;

class RelaySocket final : public WebSocketHandler
{
public:
    explicit RelaySocket(std::shared_ptr<Link> link)
        : m_link(std::move(link))
    {
    }

    void onData(QByteArrayView bytes, bool last) override
    {
        const auto receive = [data = bytes.toByteArray(), last](HttpConnection &connection, ConnectionTransport *) {
            connection.receive(data, last);
        };
        Link::bring(m_link, bytes.size(), receive);
    }
    void onPong(QByteArrayView payload) override
    {
        Q_UNUSED(payload)
        Link::bring(m_link, 0, [](HttpConnection &connection, ConnectionTransport *) { connection.answeredAlive(); });
    }
    void onDrained() override
    {
        m_link->waiting = 0;
        Link::drained(m_link);
    }
    void onClosed(quint16 code, bool clean) override
    {
        Q_UNUSED(code)
        m_link->socket = nullptr;
        m_link->isOver = true;
        Link::atHome(m_link, [clean](HttpConnection &connection, ConnectionTransport *transport) {
            connection.transportGone(transport, clean);
        });
    }

private:
    std::shared_ptr<Link> m_link; // shared by both threads
};

} // namespace

void RelayTransport::connect(Exchange &exchange, HubThread &home, const ConnectionId &id, const Caller &caller)
{
    auto link = std::make_shared<Link>();
    link->socketThread = &exchange.thread();
    link->home = &home;
    link->id = id;
    link->socket = exchange.acceptWebSocket(std::make_unique<RelaySocket>(link));
    if (!link->socket)
        return;
    home.loop().post([link, caller] {
        const auto connection = link->home->find(link->id);
        auto transport = std::make_shared<RelayTransport>(link);
        if (!connection) {
            transport->abort();
            return;
        }
        link->transport = transport.get();
        connection->resumeWith(std::move(transport), caller);
    });
}

RelayTransport::RelayTransport(std::shared_ptr<Link> link)
    : m_link(std::move(link))
{
}

RelayTransport::~RelayTransport()
{
    m_link->transport = nullptr;
}

SendResult RelayTransport::send(const QByteArray &frame)
{
    if (m_closing || m_link->isOver)
        return SendResult::Closed;
    // What the kernel does with it is known later only: whatever is before it may hold it up.
    const bool isBehind = m_link->crossing.fetch_add(frame.size()) > 0 || m_link->waiting > 0;
    if (isBehind)
        m_link->isDrainedAwaited = true; // before it goes: the notice comes behind this frame at the earliest
    Link::atSocket(m_link, [frame, link = m_link](Link &, WebSocket &socket) {
        const bool isTaken = socket.sendFrame(frame) == SendResult::Sent;
        link->waiting = isTaken ? 0 : socket.backlog();
        link->crossing -= frame.size();
        Link::drained(link);
    });
    return isBehind ? SendResult::Queued : SendResult::Sent;
}

void RelayTransport::askIfAlive()
{
    send(WebSocket::encodeFrame(WebSocket::Opcode::Ping, {}));
}

void RelayTransport::close()
{
    if (std::exchange(m_closing, true))
        return;
    Link::atSocket(m_link, [](Link &link, WebSocket &socket) {
        link.isReadingWanted = true; // to see the peer's close frame
        link.applyReading();
        socket.close(1000);
    });
}

void RelayTransport::abort()
{
    m_closing = true;
    Link::atSocket(m_link, [](Link &, WebSocket &socket) { socket.abort(); });
}

void RelayTransport::setReading(bool reading)
{
    Link::atSocket(m_link, [reading](Link &link, WebSocket &) {
        link.isReadingWanted = reading;
        link.applyReading();
    });
}

qint64 RelayTransport::backlog() const
{
    return m_link->crossing + m_link->waiting;
}

} // namespace Tertulia::Server
