// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>
#include <vector>

namespace Tertulia::Test {

/// A blocking loopback socket for tests: says exactly the bytes it is told, and reads what comes.
class NetClient
{
public:
    NetClient() = default;
    explicit NetClient(quint16 port, int receiveBuffer = 0)
    {
        makeSocket();
        if (receiveBuffer > 0)
            ::setsockopt(m_fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        connectTo(port);
    }
    void makeSocket() { m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }
    void connectTo(quint16 port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    NetClient(NetClient &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
        , m_connected(other.m_connected)
        , m_buffer(std::move(other.m_buffer))
    {
    }
    NetClient &operator=(NetClient &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        std::swap(m_connected, other.m_connected);
        std::swap(m_buffer, other.m_buffer);
        return *this;
    }
    ~NetClient() { close(); }

    [[nodiscard]] bool isConnected() const { return m_connected; }
    [[nodiscard]] int fd() const { return m_fd; }
    void close()
    {
        if (m_fd >= 0)
            ::close(std::exchange(m_fd, -1));
    }
    /// Ends with a reset.
    void drop()
    {
        const linger hard{1, 0};
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close();
    }
    void endWriting() { ::shutdown(m_fd, SHUT_WR); }

    bool send(const QByteArray &bytes)
    {
        for (qsizetype done = 0; done < bytes.size();) {
            const ssize_t sent =
                ::send(m_fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            done += sent;
        }
        return true;
    }
    /// As much as the kernel takes at once.
    qsizetype sendSome(const QByteArray &bytes)
    {
        return ::send(m_fd, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    /// Waits for some bytes; false at the end, a reset, or the time-out.
    bool receive(int timeoutMs = 10'000)
    {
        pollfd watched{m_fd, POLLIN, 0};
        if (::poll(&watched, 1, timeoutMs) <= 0) {
            m_timedOut = true;
            return false;
        }
        char bytes[16384];
        const ssize_t count = ::recv(m_fd, bytes, sizeof bytes, 0);
        m_reset = count < 0;
        if (count <= 0)
            return false;
        m_buffer.append(bytes, count);
        return true;
    }
    QByteArray readUntil(const QByteArray &mark, int timeoutMs = 10'000)
    {
        qsizetype at = -1;
        while ((at = m_buffer.indexOf(mark)) < 0) {
            if (!receive(timeoutMs))
                return {};
        }
        return take(at + mark.size());
    }
    QByteArray read(qsizetype size, int timeoutMs = 10'000)
    {
        while (m_buffer.size() < size && receive(timeoutMs)) { }
        return take(std::min(size, m_buffer.size()));
    }
    /// Everything up to the end of the connection; timedOut() if it did not end.
    QByteArray readAll(int timeoutMs = 10'000)
    {
        m_timedOut = false;
        while (receive(timeoutMs)) { }
        return take(m_buffer.size());
    }
    [[nodiscard]] bool timedOut() const { return m_timedOut; }
    [[nodiscard]] bool wasReset() const { return m_reset; }

    /// One response with Content-Length: head and body.
    struct Answer
    {
        int status = 0;
        QByteArray head, body;
    };
    Answer answer(bool hasBody = true)
    {
        Answer result;
        result.head = readUntil("\r\n\r\n");
        result.status = result.head.mid(9, 3).toInt();
        const qsizetype at = result.head.toLower().indexOf("\r\ncontent-length: ");
        if (hasBody && at >= 0) {
            const qsizetype start = at + 18;
            result.body = read(result.head.mid(start, result.head.indexOf('\r', start) - start).toLongLong());
        }
        return result;
    }

private:
    QByteArray take(qsizetype size)
    {
        const QByteArray result = m_buffer.first(size);
        m_buffer.remove(0, size);
        return result;
    }
    int m_fd = -1;
    bool m_connected = false;
    bool m_timedOut = false;
    bool m_reset = false;
    QByteArray m_buffer;
};

/// A frame as a client sends it: masked.
inline QByteArray clientFrame(int firstByte, const QByteArray &payload, bool masked = true)
{
    QByteArray frame;
    frame += static_cast<char>(firstByte);
    const int maskBit = masked ? 0x80 : 0;
    if (payload.size() < 126) {
        frame += static_cast<char>(maskBit | static_cast<int>(payload.size()));
    } else if (payload.size() < 65536) {
        frame += static_cast<char>(maskBit | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size());
    } else {
        frame += static_cast<char>(maskBit | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += static_cast<char>(payload.size() >> shift);
    }
    const char mask[4] = {0x37, static_cast<char>(0xfa), 0x21, 0x3d};
    if (masked)
        frame.append(mask, 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += static_cast<char>(masked ? payload[i] ^ mask[i & 3] : payload[i]);
    return frame;
}

} // namespace Tertulia::Test
