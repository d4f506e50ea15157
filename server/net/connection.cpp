// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/connection.h"

#include "net/doorway.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace Tertulia::Server {

namespace {

/// Gathered bytes beyond this go out at once: they fill packets anyway, and the queue stays short.
constexpr qint64 gatherLimit = 64 * 1024;
/// A connection with more input than this lets the others have their turn.
constexpr qsizetype readShare = 64 * 1024;
constexpr qint64 tlsRecord = 16 * 1024;

} // namespace

Connection::Connection(Doorway &door, int fd, const NetAddress &peer, std::unique_ptr<TlsSession> tls, bool counted)
    : m_door(door)
    , m_tls(std::move(tls))
    , m_peer(peer)
    , m_fd(fd)
    , m_counted(counted)
{
}

Connection::~Connection()
{
    if (!m_closed)
        ::close(m_fd);
}

NetworkThread::Private &Connection::thread() const
{
    return m_door.core();
}

void Connection::setProtocol(std::unique_ptr<Protocol> protocol)
{
    if (m_protocol)
        thread().dispose(std::move(m_protocol));
    m_protocol = std::move(protocol);
}

SendResult Connection::send(const QByteArray &bytes)
{
    if (!isOpen())
        return SendResult::Closed;
    const qint64 limit = m_door.settings().maxBacklogBytes;
    if (!m_output.isEmpty() && m_output.size() + bytes.size() > limit) {
        if (!m_blocked)
            flush();
        if (m_aborted)
            return SendResult::Closed;
        if (!m_output.isEmpty() && m_output.size() + bytes.size() > limit) {
            m_door.countOverflow();
            abort();
            return SendResult::Overflow;
        }
    }
    sendUnlimited(bytes);
    if (!m_blocked && m_output.size() >= gatherLimit)
        flush();
    if (m_aborted)
        return SendResult::Closed;
    return m_blocked ? SendResult::Queued : SendResult::Sent;
}

void Connection::sendUnlimited(const QByteArray &bytes)
{
    if (!isOpen())
        return;
    m_output.append(bytes);
    m_door.backlogChanged(bytes.size());
    if (!m_blocked && !std::exchange(m_flushScheduled, true))
        thread().scheduleFlush(*this);
}

void Connection::flush()
{
    if (!m_blocked)
        writeOut(false);
}

void Connection::onFlush()
{
    m_flushScheduled = false;
    if (!m_closed && !m_aborted && !m_blocked)
        writeOut(true);
}

EpollSource::Output Connection::output(std::span<iovec> pieces) const
{
    if (m_tls || m_closed || m_aborted || m_blocked)
        return {};
    return {m_fd, static_cast<size_t>(m_output.gather(pieces.data(), static_cast<int>(pieces.size())))};
}

void Connection::onSent(qint64 bytes)
{
    m_output.remove(bytes);
    m_door.backlogChanged(-bytes);
}

void Connection::writeOut(bool fromLoop)
{
    if (m_closed || m_aborted || m_output.isEmpty())
        return;
    switch (writeSome()) {
    case Io::Done:
        m_sendDue = never;
        if (std::exchange(m_blocked, false)) {
            arm();
            if (m_protocol && fromLoop)
                m_protocol->onDrained();
        }
        // A finished connection is closed from the loop only: the caller may be in the middle of something.
        if (m_finishing && m_output.isEmpty() && !m_closed) {
            if (fromLoop)
                finishClosing();
            else
                scheduleResume();
        }
        break;
    case Io::Again:
        // Progress or not: the deadline counts from the last byte that went.
        m_blocked = true;
        arm();
        break;
    case Io::Ended:
    case Io::Failed:
        abort();
        break;
    }
}

Connection::Io Connection::writeSome()
{
    const qint64 before = m_output.size();
    const Io result = m_tls ? writeTls() : writePlain();
    m_door.backlogChanged(m_output.size() - before);
    if (result == Io::Again && (m_output.size() < before || m_sendDue == never))
        m_sendDue = thread().nowMs() + m_door.settings().sendTimeout.count();
    return result;
}

Connection::Io Connection::writePlain()
{
    while (!m_output.isEmpty()) {
        std::array<iovec, 64> pieces;
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = static_cast<size_t>(m_output.gather(pieces.data(), static_cast<int>(pieces.size())));
        const ssize_t sent = ::sendmsg(m_fd, &message, MSG_NOSIGNAL);
        if (sent > 0)
            m_output.remove(sent);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return Io::Again;
        else if (errno != EINTR)
            return Io::Failed;
    }
    return Io::Done;
}

Connection::Io Connection::writeTls()
{
    while (!m_output.isEmpty()) {
        // Small pieces share a record. After Again the queue only grows at its end, so the same bytes come first.
        std::array<iovec, 64> pieces;
        const int count = m_output.gather(pieces.data(), static_cast<int>(pieces.size()));
        char *const record = thread().writeBuffer.get();
        size_t size = 0;
        for (int i = 0; i < count && size < static_cast<size_t>(tlsRecord); ++i) {
            const iovec &piece = pieces[static_cast<size_t>(i)];
            const size_t taken = std::min(piece.iov_len, static_cast<size_t>(tlsRecord) - size);
            std::memcpy(record + size, piece.iov_base, taken);
            size += taken;
        }
        const auto transfer = m_tls->write(record, static_cast<qint64>(size));
        if (transfer.status == TlsSession::Status::Again)
            return Io::Again;
        if (transfer.status != TlsSession::Status::Done)
            return Io::Failed;
        m_output.remove(transfer.bytes);
    }
    return Io::Done;
}

bool Connection::isPeerThere() const
{
    if (!isOpen() || m_peerEnded || m_hangUp)
        return false;
    pollfd state{m_fd, POLLRDHUP, 0};
    return ::poll(&state, 1, 0) == 0;
}

void Connection::closeAfterSending()
{
    if (m_closed || m_aborted || std::exchange(m_finishing, true))
        return;
    if (m_protocol)
        thread().dispose(std::move(m_protocol));
    m_protocolDue = never;
    flush();
    if (m_output.isEmpty())
        scheduleResume();
}

void Connection::finishClosing()
{
    if (std::exchange(m_lingering, true))
        return;
    if (m_tls)
        m_tls->sendClose();
    ::shutdown(m_fd, SHUT_WR);
    if (m_peerEnded) {
        closeNow();
        return;
    }
    setDeadline(m_door.settings().lingerTimeout);
    m_readable = true;
    dropInput();
}

void Connection::abort()
{
    if (m_closed || std::exchange(m_aborted, true))
        return;
    dropOutput();
    scheduleResume();
}

void Connection::dropOutput()
{
    m_door.backlogChanged(-m_output.size());
    m_output.clear();
}

qint64 Connection::stalledMs() const
{
    return m_sendDue == never ? 0 : thread().nowMs() - m_sendDue + m_door.settings().sendTimeout.count();
}

void Connection::closeNow()
{
    if (std::exchange(m_closed, true))
        return;
    if (m_protocol) {
        m_protocol->onClosed();
        thread().dispose(std::move(m_protocol));
    }
    dropOutput();
    m_client = {};
    m_tls.reset();
    ::close(m_fd); // leaves the epoll set with it
    thread().wheel.disarm(*this);
    if (std::exchange(m_shareAwaited, false))
        thread().cancelShare(*this);
    m_door.remove(*this); // destroys this at the turn's end
}

void Connection::setDeadline(std::chrono::milliseconds after)
{
    m_protocolDue = thread().nowMs() + after.count();
    arm();
}

void Connection::clearDeadline()
{
    m_protocolDue = never;
    arm();
}

void Connection::arm()
{
    if (!m_closed)
        thread().wheel.arm(*this, std::min(m_protocolDue, m_sendDue));
}

void Connection::onTimeout()
{
    const qint64 now = thread().nowMs();
    if (now >= m_sendDue) {
        closeNow();
        return;
    }
    if (now >= m_protocolDue) {
        m_protocolDue = never;
        if (m_protocol)
            m_protocol->onDeadline();
        else
            closeNow();
    }
    arm();
}

void Connection::scheduleResume()
{
    if (!std::exchange(m_resumeScheduled, true))
        thread().scheduleResume(*this);
}

void Connection::onResume()
{
    m_resumeScheduled = false;
    if (m_closed)
        return;
    if (m_aborted) {
        closeNow();
        return;
    }
    if (m_finishing) {
        if (m_lingering)
            dropInput();
        else if (m_output.isEmpty())
            finishClosing();
        return;
    }
    if (m_protocol)
        m_protocol->onResume();
    readSome();
}

void Connection::onEvents(quint32 epollEvents)
{
    if (m_closed || m_aborted)
        return;
    if ((epollEvents & (EPOLLERR | EPOLLHUP)) != 0) {
        closeNow();
        return;
    }
    if (m_blocked && (m_tls || (epollEvents & EPOLLOUT) != 0))
        writeOut(true);
    if ((epollEvents & EPOLLRDHUP) != 0)
        m_hangUp = true;
    // TLS may need to read to write and the other way round: every event is a reason to look.
    if (m_tls || (epollEvents & (EPOLLIN | EPOLLRDHUP)) != 0)
        m_readable = true;
    if (m_lingering) {
        dropInput();
        return;
    }
    readSome();
    tellHangUp();
}

void Connection::onShare()
{
    m_shareAwaited = false;
    if (m_aborted)
        return;
    if (m_lingering) {
        dropInput();
        return;
    }
    if (m_protocol)
        m_protocol->onResume();
    readSome();
    tellHangUp();
}

void Connection::takeTurns()
{
    if (!std::exchange(m_shareAwaited, true))
        thread().scheduleShare(*this);
}

void Connection::tellHangUp()
{
    if (m_hangUp && !m_closed && m_protocol && !m_protocol->wantsBytes())
        m_protocol->onPeerEnded();
}

Connection::Io Connection::readInto(char *buffer, qsizetype size, qsizetype &count)
{
    if (m_tls) {
        const auto transfer = m_tls->read(buffer, size);
        count = transfer.bytes;
        switch (transfer.status) {
        case TlsSession::Status::Done:
            return Io::Done;
        case TlsSession::Status::Again:
            return Io::Again;
        case TlsSession::Status::Ended:
            return Io::Ended;
        case TlsSession::Status::Failed:
            break;
        }
        return Io::Failed;
    }
    for (;;) {
        const ssize_t received = ::recv(m_fd, buffer, static_cast<size_t>(size), 0);
        count = received;
        if (received > 0)
            return Io::Done;
        if (received == 0)
            return Io::Ended;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return Io::Again;
        if (errno != EINTR)
            return Io::Failed;
    }
}

void Connection::readSome()
{
    char *const buffer = thread().readBuffer.get();
    qsizetype total = 0;
    while (m_readable && !m_shareAwaited && isOpen() && m_protocol && m_protocol->wantsBytes()) {
        if (total >= readShare) {
            takeTurns();
            break;
        }
        const auto limit = std::min<qsizetype>(m_protocol->readLimit(), NetworkThread::Private::bufferSize);
        qsizetype count = 0;
        switch (readInto(buffer, limit, count)) {
        case Io::Done:
            total += count;
            // A short read has emptied the socket (epoll(7)); the end, if it has come already, is still to be read.
            if (!m_tls && count < limit && !m_hangUp)
                m_readable = false;
            m_protocol->onBytes(buffer, count);
            break;
        case Io::Again:
            m_readable = false;
            break;
        case Io::Ended:
            m_readable = false;
            m_peerEnded = true;
            m_protocol->onPeerEnded();
            return;
        case Io::Failed:
            closeNow();
            return;
        }
    }
}

void Connection::dropInput()
{
    // Below TLS: nobody reads it any more.
    char *const buffer = thread().readBuffer.get();
    qsizetype total = 0;
    while (m_readable && !m_shareAwaited && total < readShare) {
        const ssize_t received = ::recv(m_fd, buffer, NetworkThread::Private::bufferSize, 0);
        if (received > 0) {
            total += received;
        } else if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            m_readable = false;
        } else if (received == 0 || errno != EINTR) {
            closeNow();
            return;
        }
    }
    if (m_readable)
        takeTurns();
}

} // namespace Tertulia::Server
