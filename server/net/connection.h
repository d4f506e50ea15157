// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connectionlimits.h"
#include "net/exchange.h"
#include "net/netaddress.h"
#include "net/outputqueue.h"
#include "net/threadcore.h"
#include "net/timerwheel.h"
#include "net/tls.h"

#include <chrono>
#include <memory>

namespace Tertulia::Server {

class Connection;
class Doorway;

/// What a connection speaks at present: HttpProtocol, later perhaps WebSocketProtocol. Owned by the connection.
/// All calls come from the loop, never from inside a call to the connection.
class Protocol : public Disposable
{
public:
    [[nodiscard]] virtual bool wantsBytes() const = 0;
    [[nodiscard]] virtual qsizetype readLimit() const = 0; ///< bytes to read at once
    /// All bytes must be taken; they may be overwritten and are gone after the call.
    virtual void onBytes(char *bytes, qsizetype size) = 0;
    /// The client has ended its sending side, or the connection. May come more than once.
    virtual void onPeerEnded() = 0;
    virtual void onResume() = 0; ///< after Connection::scheduleResume and takeTurns
    virtual void onDrained() = 0; ///< output that the kernel had refused is gone now
    virtual void onDeadline() = 0; ///< after Connection::setDeadline
    virtual void onShutDown() = 0; ///< the server is going down: nothing new
    virtual void onClosed() = 0; ///< the socket is gone; last call
};

/// One accepted socket, for its whole life; plain or TLS. Network thread only. Owned by its Doorway; destroyed at the
/// end of the turn in which it is closed.
class Connection final : public Disposable, public EpollSource, public WheelTimer
{
public:
    Connection(Doorway &door, int fd, const NetAddress &peer, std::unique_ptr<TlsSession> tls, bool counted);
    ~Connection() override;

    /// Starts the first protocol; later ones follow from inside the present one, which is kept until the turn's end.
    void setProtocol(std::unique_ptr<Protocol> protocol);

    /// Gathers bytes; they go out at the turn's end, at once when there are many. Over maxBacklogBytes: Overflow, and
    /// the connection is closed at the turn's end.
    SendResult send(const QByteArray &bytes);
    void sendUnlimited(const QByteArray &bytes); ///< for one answer, which is as large as it is
    void flush(); ///< what was gathered, now
    [[nodiscard]] bool isDrained() const { return m_output.isEmpty(); }
    [[nodiscard]] qint64 backlog() const { return m_output.size(); }
    [[nodiscard]] qint64 stalledMs() const; ///< since the peer last took some of it
    [[nodiscard]] bool isBlocked() const { return m_blocked; } ///< the kernel takes no more at present

    /// The protocol is finished: what is queued goes out, then the sending side is closed, and input is read and
    /// dropped for lingerTimeout, so that no reset destroys the answer on its way.
    void closeAfterSending();
    void abort(); ///< at the turn's end, without anything more; the protocol gets onClosed
    [[nodiscard]] bool isOpen() const { return !m_aborted && !m_closed && !m_finishing; }

    void setDeadline(std::chrono::milliseconds after);
    void clearDeadline();
    void scheduleResume();
    /// What is there has had its share of this turn: onResume comes, and further input, in turn with others that have
    /// more to say (docs/decisions/0059).
    void takeTurns();
    [[nodiscard]] bool takesTurns() const { return m_shareAwaited; } ///< and waits for the next one

    [[nodiscard]] Doorway &door() const { return m_door; }
    [[nodiscard]] const NetAddress &peer() const { return m_peer; }
    [[nodiscard]] bool isTls() const { return m_tls != nullptr; }
    [[nodiscard]] bool isCounted() const { return m_counted; } ///< in the limits per address
    /// Behind a trusted proxy: the client whose request or WebSocket this is at present; counted until it is replaced
    /// or the connection ends.
    void setClient(ClientSlot client) { m_client = std::move(client); }
    [[nodiscard]] bool hasPeerEnded() const { return m_peerEnded; }
    /// Asks the kernel whether the peer has ended or reset, also behind bytes that were not read yet.
    [[nodiscard]] bool isPeerThere() const;
    [[nodiscard]] Protocol *protocol() const { return m_protocol.get(); }
    void closeNow(); ///< for the doorway, and from the loop's calls; otherwise abort()

    void onEvents(quint32 epollEvents) override;
    void onResume() override;
    void onFlush() override;
    [[nodiscard]] Output output(std::span<iovec> pieces) const override;
    void onSent(qint64 bytes) override;
    void onShare() override;

    Connection *previous = nullptr, *next = nullptr; ///< the doorway's list

protected:
    void onTimeout() override;

private:
    enum class Io : quint8 { Done, Again, Ended, Failed };
    Io readInto(char *buffer, qsizetype size, qsizetype &count);
    Io writeSome();
    Io writePlain();
    Io writeTls();
    void readSome(); ///< a share at most, then in turn with others
    void dropInput(); ///< likewise
    void tellHangUp();
    void writeOut(bool fromLoop);
    void finishClosing();
    void dropOutput();
    void arm();
    [[nodiscard]] NetworkThread::Private &thread() const;

    Doorway &m_door;
    std::unique_ptr<TlsSession> m_tls;
    std::unique_ptr<Protocol> m_protocol;
    OutputQueue m_output;
    ClientSlot m_client;
    qint64 m_protocolDue = never;
    qint64 m_sendDue = never;
    NetAddress m_peer;
    int m_fd;
    bool m_counted;
    bool m_readable = false; ///< there may be bytes, or the end, to read
    bool m_hangUp = false; ///< the kernel has seen the peer's end
    bool m_peerEnded = false;
    bool m_blocked = false;
    bool m_finishing = false; ///< closing after the output
    bool m_lingering = false;
    bool m_aborted = false;
    bool m_closed = false;
    bool m_flushScheduled = false;
    bool m_resumeScheduled = false;
    bool m_shareAwaited = false; ///< has had its share of input, and waits for its turn
};

} // namespace Tertulia::Server
