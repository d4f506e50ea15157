// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sendbatch.h"

#include "net/threadcore.h"

#include <liburing.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace Tertulia::Server {

namespace {

struct Message
{
    EpollSource *source;
    int fd;
    msghdr header;
    std::array<iovec, 4> pieces; ///< of a longer queue the rest goes by itself
    int sent;
};

/// One of two connected sockets, which sends a greeting to the other one.
class Greeter final : public EpollSource
{
public:
    explicit Greeter(int fd)
        : m_fd(fd)
    {
    }
    ~Greeter() override { ::close(m_fd); }
    Greeter(const Greeter &) = delete;
    Greeter &operator=(const Greeter &) = delete;

    void onEvents(quint32 /*epollEvents*/) override { }
    void onResume() override { }
    void onFlush() override { }
    void onShare() override { }
    [[nodiscard]] Output output(std::span<iovec> pieces) const override
    {
        // sendmsg only reads; iovec has no const form
        pieces[0] = {const_cast<char *>(greeting.data()), 2};
        pieces[1] = {const_cast<char *>(greeting.data()) + 2, greeting.size() - 2};
        return {m_fd, 2};
    }
    void onSent(qint64 bytes) override { m_sent = bytes; }

    [[nodiscard]] bool isThrough() const
    {
        std::array<char, greeting.size() + 1> received{};
        const ssize_t count = ::recv(m_fd, received.data(), received.size(), MSG_DONTWAIT);
        return m_sent == static_cast<qint64>(greeting.size()) && count == static_cast<ssize_t>(greeting.size())
            && greeting == received.data();
    }

private:
    static constexpr std::string_view greeting = "hello";
    int m_fd;
    qint64 m_sent = 0;
};

} // namespace

struct SendBatch::Ring
{
    Ring() = default;
    ~Ring()
    {
        if (isOpen)
            ::io_uring_queue_exit(&queue);
    }
    Ring(const Ring &) = delete;
    Ring &operator=(const Ring &) = delete;

    io_uring queue{};
    bool isOpen = false;
    std::array<Message, capacity> messages{};
    std::array<io_uring_cqe *, capacity> completions{};
    size_t count = 0; ///< messages that wait for submit()
};

SendBatch::SendBatch(int from)
    : m_ring(std::make_unique<Ring>())
    , m_from(static_cast<size_t>(from))
{
}

SendBatch::~SendBatch() = default;

Result<std::unique_ptr<SendBatch>> SendBatch::open(int from)
{
    std::unique_ptr<SendBatch> batch(new SendBatch(from));
    if (const int failed = ::io_uring_queue_init(capacity, &batch->m_ring->queue, 0); failed != 0) {
        return failure(
            Error::unavailable(QStringLiteral("io_uring: %1").arg(QString::fromLocal8Bit(std::strerror(-failed)))));
    }
    batch->m_ring->isOpen = true;
    if (auto tried = batch->tryOut(); !tried)
        return failure(tried.error());
    return batch;
}

Result<void> SendBatch::tryOut()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return failure(Error::unavailable(QStringLiteral("no sockets to try io_uring with")));
    Greeter one(ends[0]);
    Greeter other(ends[1]);
    take(one);
    take(other);
    if (!submit() || !one.isThrough() || !other.isThrough())
        return failure(Error::unavailable(QStringLiteral("io_uring is there, but sends nothing")));
    return {};
}

bool SendBatch::send(std::span<EpollSource *const> sources)
{
    if (sources.size() < m_from)
        return true;
    for (EpollSource *const source : sources) {
        take(*source);
        if (m_ring->count == capacity && !submit())
            return false;
    }
    if (m_ring->count >= m_from)
        return submit();
    m_ring->count = 0;
    return true;
}

void SendBatch::take(EpollSource &source)
{
    Message &message = m_ring->messages[m_ring->count];
    const EpollSource::Output output = source.output(message.pieces);
    if (output.pieces == 0)
        return;
    message.source = &source;
    message.header = {};
    message.header.msg_iov = message.pieces.data();
    message.header.msg_iovlen = output.pieces;
    message.sent = 0;
    message.fd = output.fd;
    ++m_ring->count;
}

bool SendBatch::submit()
{
    io_uring &queue = m_ring->queue;
    const std::span<Message> messages = std::span(m_ring->messages).first(std::exchange(m_ring->count, 0));
    for (Message &message : messages) {
        io_uring_sqe *const entry = ::io_uring_get_sqe(&queue);
        // MSG_DONTWAIT: it is over when the kernel has read the entry, so that nothing is ever under way.
        ::io_uring_prep_sendmsg(entry, message.fd, &message.header, MSG_NOSIGNAL | MSG_DONTWAIT);
        ::io_uring_sqe_set_data(entry, &message);
    }
    size_t done = 0;
    int entered = 0;
    while (done < messages.size() && (entered >= 0 || entered == -EINTR)) {
        entered = ::io_uring_submit_and_wait(&queue, static_cast<unsigned>(messages.size() - done));
        const unsigned count = ::io_uring_peek_batch_cqe(&queue, m_ring->completions.data(), capacity);
        for (const io_uring_cqe *const completion : std::span(m_ring->completions).first(count))
            static_cast<Message *>(::io_uring_cqe_get_data(completion))->sent = completion->res;
        ::io_uring_cq_advance(&queue, count);
        done += count;
    }
    for (const Message &message : messages) {
        if (message.sent > 0)
            message.source->onSent(message.sent);
    }
    return done == messages.size();
}

} // namespace Tertulia::Server
