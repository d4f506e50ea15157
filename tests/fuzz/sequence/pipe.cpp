// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/pipe.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace Tertulia::Walks {

namespace {

std::vector<QByteArray> &story()
{
    static std::vector<QByteArray> lines;
    return lines;
}

} // namespace

void note(const QByteArray &what)
{
    if (what.isEmpty())
        story().clear();
    else
        story().push_back(what);
}

void fail(const QByteArray &what)
{
    for (const QByteArray &line : story())
        std::fprintf(stderr, "  %s\n", line.constData());
    std::fprintf(stderr, "not allowed: %s\n", what.constData());
    std::abort();
}

Pipe::Pipe(int serial, quint16 port)
    : m_serial(serial)
    , m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_fd);
        m_fd = -1;
        return;
    }
    const int on = 1;
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(m_fd, F_SETFL, ::fcntl(m_fd, F_GETFL) | O_NONBLOCK);
}

Pipe::~Pipe()
{
    drop(false);
}

QByteArray Pipe::story() const
{
    QByteArray text = "pipe " + QByteArray::number(m_serial) + (m_stream ? " stream" : "")
        + (m_halfClosed ? " half-closed" : "") + (m_rest.isEmpty() ? "" : " half said") + " waits for";
    for (const Expected &expected : m_expected)
        text += ' ' + expected.what + ',';
    return text;
}

bool Pipe::asksAbout(const Line *line) const
{
    return std::any_of(m_expected.begin(), m_expected.end(),
                       [line](const Expected &expected) { return expected.line == line; });
}

void Pipe::loosen(const Line *line, const Statuses &more)
{
    for (Expected &expected : m_expected) {
        if (line && expected.line != line)
            continue;
        expected.allowed.insert(more.begin(), more.end());
        expected.slow = expected.slow || expected.isPoll;
    }
}

void Pipe::request(const QByteArray &bytes, Expected expected, bool inHalves)
{
    note(QByteArray::number(m_serial) + ": " + expected.what);
    m_expected.push_back(std::move(expected));
    say(bytes, inHalves);
}

void Pipe::say(const QByteArray &bytes, bool inHalves)
{
    sayRest();
    const qsizetype size = inHalves && bytes.size() > 1 ? 1 + (bytes.size() * 2) / 3 : bytes.size();
    m_rest = bytes.sliced(size);
    // What the kernel does not take at once is lost: a client may break off anywhere, and the server does not read it.
    if (isOpen() && ::send(m_fd, bytes.constData(), size_t(size), MSG_NOSIGNAL) < size)
        drop(false);
}

void Pipe::sayRest()
{
    if (const QByteArray rest = std::exchange(m_rest, {}); !rest.isEmpty())
        say(rest, false);
}

void Pipe::endWriting()
{
    note(QByteArray::number(m_serial) + ": half-closes");
    m_halfClosed = true;
    if (isOpen())
        ::shutdown(m_fd, SHUT_WR);
}

void Pipe::drop(bool reset)
{
    close(reset, true);
}

void Pipe::close(bool reset, bool isUnread)
{
    if (!isOpen())
        return;
    if (reset) {
        const linger hard{1, 0};
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
    ::close(std::exchange(m_fd, -1));
    m_stream = nullptr;
    for (const Expected &expected : std::exchange(m_expected, {})) {
        if (expected.lost)
            expected.lost(isUnread);
    }
}

void Pipe::read(bool mayEnd)
{
    char bytes[16384];
    while (isOpen()) {
        const ssize_t count = ::recv(m_fd, bytes, sizeof bytes, 0);
        if (count > 0) {
            m_input.append(bytes, count);
            parse();
        } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        } else {
            ended(mayEnd, count < 0);
        }
    }
}

void Pipe::ended(bool mayEnd, bool isUnread)
{
    // Of two sockets that resume a connection at once one is dropped, perhaps before its 101 has left.
    const auto isResume = [](const Statuses &allowed) { return allowed.contains(101) && allowed.contains(409); };
    const bool answered =
        m_expected.empty() || m_halfClosed || m_willEnd || !m_rest.isEmpty() || m_expected.front().mayHangUp;
    if (!answered && !m_stream && !mayEnd && !m_expected.front().slow && !isResume(m_expected.front().allowed))
        fail(this->story() + " and the server has hung up");
    close(false, isUnread);
}

void Pipe::parse()
{
    while (isOpen() && !m_input.isEmpty()) {
        if (!m_stream) {
            if (!parseAnswer())
                return;
            continue;
        }
        if (m_chunked)
            parseChunks();
        else
            parseFrames();
        return;
    }
}

bool Pipe::parseAnswer()
{
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = m_input.first(end).toLower();
    const int status = head.mid(9, 3).toInt();
    const qsizetype at = head.indexOf("\r\ncontent-length: ");
    const qsizetype size = at < 0 ? 0 : head.mid(at + 18, head.indexOf("\r\n", at + 18) - at - 18).toLongLong();
    if (m_input.size() < end + 4 + size)
        return false;
    const QByteArray body = m_input.mid(end + 4, size);
    m_input.remove(0, end + 4 + size);
    if (m_expected.empty())
        fail(this->story() + " got an answer that nobody asked for: " + head.left(80));
    Expected expected = std::move(m_expected.front());
    m_expected.pop_front();
    if (!expected.allowed.contains(status))
        fail(this->story() + " got " + QByteArray::number(status) + " for " + expected.what);
    note(QByteArray::number(m_serial) + ": " + QByteArray::number(status) + " to " + expected.what);
    m_chunked = head.contains("\r\ntransfer-encoding: chunked");
    m_willEnd = m_willEnd || head.contains("\r\nconnection: close");
    if (status == 101 || m_chunked)
        m_stream = std::move(expected.stream);
    if (expected.done)
        expected.done(status, body);
    return true;
}

void Pipe::parseChunks()
{
    for (;;) {
        const qsizetype line = m_input.indexOf("\r\n");
        if (line < 0)
            return;
        const qsizetype size = m_input.first(line).toLongLong(nullptr, 16);
        if (m_input.size() < line + size + 4)
            return;
        const QByteArray chunk = m_input.mid(line + 2, size);
        m_input.remove(0, line + size + 4);
        if (size == 0) {
            m_stream = nullptr; // the end of the answer: the next may follow
            m_chunked = false;
            parse();
            return;
        }
        m_stream(chunk);
    }
}

void Pipe::parseFrames()
{
    while (isOpen() && m_input.size() >= 2) {
        const int first = quint8(m_input[0]);
        qsizetype size = quint8(m_input[1]);
        qsizetype head = 2;
        if (size == 126) {
            if (m_input.size() < 4)
                return;
            size = quint8(m_input[2]) * 256 + quint8(m_input[3]);
            head = 4;
        } else if (size > 126) {
            if (size > 127)
                fail(this->story() + " got a masked frame");
            if (m_input.size() < 10)
                return;
            size = 0;
            for (int i = 2; i < 10; ++i)
                size = size * 256 + quint8(m_input[i]);
            head = 10;
        }
        if (m_input.size() < head + size)
            return;
        const QByteArray payload = m_input.mid(head, size);
        m_input.remove(0, head + size);
        if (m_closeSeen)
            fail(this->story() + " got a frame after the close frame");
        const int opcode = first & 15;
        m_closeSeen = opcode == 8;
        if (opcode == 1 || opcode == 2)
            m_stream(payload);
    }
}

} // namespace Tertulia::Walks
