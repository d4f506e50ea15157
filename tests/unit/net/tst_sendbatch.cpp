// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorclients.h"
#include "net/outputqueue.h"
#include "net/threadcore.h"
#include "support/testmain.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <QTest>

#include <cstddef>
#include <deque>
#include <thread>

using namespace Tertulia::Test;

namespace {

/// From here on the calling thread, and it alone, is told EPERM by this system call: what containers do.
void forbid(long systemCall)
{
    std::array<sock_filter, 4> filter{{
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, static_cast<quint32>(systemCall)},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    }};
    const sock_fprog program{filter.size(), filter.data()};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        qFatal("No system call can be forbidden here.");
}

/// What a thread of its own makes of it.
template <class Work> void elsewhere(Work work)
{
    std::thread(work).join();
}

/// One end of a pair of sockets with output for the other one.
class Sender final : public EpollSource
{
public:
    Sender()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, m_ends.data()) != 0)
            qFatal("No sockets left.");
    }
    explicit Sender(const QByteArray &bytes)
        : Sender()
    {
        queue.append(bytes);
    }
    ~Sender() override
    {
        end();
        endPeer();
    }
    Sender(const Sender &) = delete;
    Sender &operator=(const Sender &) = delete;

    void onEvents(quint32 /*epollEvents*/) override { }
    void onResume() override { }
    void onFlush() override
    {
        if (whenFlushed)
            whenFlushed();
    }
    void onShare() override { }
    [[nodiscard]] Output output(std::span<iovec> pieces) const override
    {
        if (sendsAlone || m_ends[0] < 0)
            return {};
        return {m_ends[0], static_cast<size_t>(queue.gather(pieces.data(), static_cast<int>(pieces.size())))};
    }
    void onSent(qint64 bytes) override
    {
        queue.remove(bytes);
        sent += bytes;
    }

    void end() { close(m_ends[0]); }
    void endPeer() { close(m_ends[1]); }
    [[nodiscard]] QByteArray received() const
    {
        QByteArray all;
        QByteArray some(1 << 16, Qt::Uninitialized);
        for (ssize_t count = 0; (count = ::read(m_ends[1], some.data(), static_cast<size_t>(some.size()))) > 0;)
            all.append(some.constData(), count);
        return all;
    }

    OutputQueue queue;
    qint64 sent = 0;
    bool sendsAlone = false;
    std::function<void()> whenFlushed;

private:
    static void close(int &fd)
    {
        if (fd >= 0)
            ::close(std::exchange(fd, -1));
    }
    std::array<int, 2> m_ends{};
};

std::vector<EpollSource *> all(std::deque<Sender> &senders)
{
    std::vector<EpollSource *> sources;
    for (Sender &sender : senders)
        sources.push_back(&sender);
    return sources;
}

std::unique_ptr<SendBatch> openBatch(int from = 1)
{
    auto batch = SendBatch::open(from);
    return batch ? std::move(*batch) : nullptr;
}

} // namespace

class TstSendBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void open_whereForbidden_saysWhy();
    void open_whereItSendsNothing_isNoUse();
    void send_moreThanTheRingHolds_reachesEach();
    void send_longQueues_goInOrder();
    void send_toFullSocket_tellsWhatWentOut();
    void send_toSomebodyGone_tellsOnlyTheOthers();
    void send_ofFew_leavesThemAlone();
    void send_leavesOut_whoSendsAlone();
    void send_forbiddenLater_saysSo_andTakesNothing();
    void flush_whereOneEndsAnother_hasSentBoth();
    void door_sendsToMany_together();
    void door_forbiddenLater_losesNothing();
    void door_readerWhoStops_getsAllOfIt();
};

void TstSendBatch::open_whereForbidden_saysWhy()
{
    elsewhere([] {
        forbid(SYS_io_uring_setup);
        const auto batch = SendBatch::open();
        QVERIFY(!batch);
        QCOMPARE(batch.error().message, QStringLiteral("io_uring: Operation not permitted"));
    });
}

void TstSendBatch::open_whereItSendsNothing_isNoUse()
{
    elsewhere([] {
        forbid(SYS_io_uring_enter);
        QVERIFY(!SendBatch::open());
    });
}

void TstSendBatch::send_moreThanTheRingHolds_reachesEach()
{
    const auto batch = openBatch();
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    std::deque<Sender> senders;
    for (size_t i = 0; i < 2 * SendBatch::capacity + 3; ++i)
        senders.emplace_back("to " + QByteArray::number(i));
    for (int round = 0; round < 2; ++round) {
        QVERIFY(batch->send(all(senders)));
        for (size_t i = 0; i < senders.size(); ++i) {
            QVERIFY(senders[i].queue.isEmpty());
            QCOMPARE(senders[i].received(), "to " + QByteArray::number(i));
            senders[i].queue.append("to " + QByteArray::number(i));
        }
    }
}

void TstSendBatch::send_longQueues_goInOrder()
{
    const auto batch = openBatch();
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    std::deque<Sender> senders(20);
    for (Sender &sender : senders) {
        for (const char piece : {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'})
            sender.queue.append(QByteArray(3, piece));
    }
    for (int i = 0; i < 10; ++i)
        QVERIFY(batch->send(all(senders)));
    for (const Sender &sender : senders)
        QCOMPARE(sender.received(), QByteArray("aaabbbcccdddeeefffggghhhiiijjj"));
}

void TstSendBatch::send_toFullSocket_tellsWhatWentOut()
{
    const auto batch = openBatch();
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    constexpr qint64 size = 16 << 20;
    std::deque<Sender> senders;
    senders.emplace_back(QByteArray(size, 'x'));
    senders.emplace_back("small");
    QVERIFY(batch->send(all(senders)));
    const qint64 taken = senders[0].sent;
    QVERIFY(taken > 0 && taken < size);
    senders[1].queue.append("again");
    QVERIFY(batch->send(all(senders))); // and does not wait for the reader
    QCOMPARE(senders[0].sent, taken);
    QCOMPARE(senders[0].queue.size(), size - taken);
    QCOMPARE(senders[0].received().size(), taken);
    QCOMPARE(senders[1].received(), QByteArray("smallagain"));
}

void TstSendBatch::send_toSomebodyGone_tellsOnlyTheOthers()
{
    const auto batch = openBatch();
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    std::deque<Sender> senders;
    for (int i = 0; i < 3; ++i)
        senders.emplace_back("news");
    senders[1].endPeer();
    QVERIFY(batch->send(all(senders))); // no SIGPIPE either
    QCOMPARE(senders[1].sent, qint64(0));
    QCOMPARE(senders[0].received(), QByteArray("news"));
    QCOMPARE(senders[2].received(), QByteArray("news"));
}

void TstSendBatch::send_ofFew_leavesThemAlone()
{
    const auto batch = openBatch(3);
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    std::deque<Sender> senders;
    for (int i = 0; i < 3; ++i)
        senders.emplace_back("news");
    senders[1].queue.clear(); // three sources, and two with output
    QVERIFY(batch->send(all(senders)));
    QCOMPARE(senders[0].received() + senders[2].received(), QByteArray());
    senders[1].queue.append("more");
    QVERIFY(batch->send(all(senders)));
    for (const Sender &sender : senders)
        QCOMPARE(sender.received().size(), 4);
}

void TstSendBatch::send_leavesOut_whoSendsAlone()
{
    const auto batch = openBatch();
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    std::deque<Sender> senders;
    for (int i = 0; i < 6; ++i)
        senders.emplace_back("news").sendsAlone = i % 2 == 0; // as TLS does
    QVERIFY(batch->send(all(senders)));
    for (const Sender &sender : senders)
        QCOMPARE(sender.received(), sender.sendsAlone ? QByteArray() : QByteArray("news"));
}

void TstSendBatch::send_forbiddenLater_saysSo_andTakesNothing()
{
    elsewhere([] {
        const auto batch = openBatch();
        if (!batch)
            QSKIP("io_uring is forbidden here.");
        std::deque<Sender> senders;
        for (int i = 0; i < 3; ++i)
            senders.emplace_back("news");
        forbid(SYS_io_uring_enter);
        QVERIFY(!batch->send(all(senders)));
        for (const Sender &sender : senders) {
            QCOMPARE(sender.received(), QByteArray());
            QCOMPARE(sender.queue.size(), qint64(4));
        }
    });
}

void TstSendBatch::flush_whereOneEndsAnother_hasSentBoth()
{
    auto batch = openBatch();
    if (!batch)
        QSKIP("io_uring is forbidden here.");
    Sender one("one");
    Sender other("other");
    one.whenFlushed = [&] {
        other.queue.clear();
        other.end();
    };
    std::atomic<bool> isOver = false;
    NetworkThread thread(0, std::move(batch));
    thread.start();
    thread.post([&] {
        thread.internals().scheduleFlush(one);
        thread.internals().scheduleFlush(other);
        thread.flush();
        isOver = true;
    });
    QTRY_VERIFY(isOver);
    thread.stop();
    QCOMPARE(one.received(), QByteArray("one"));
    QCOMPARE(other.received(), QByteArray("other"));
}

namespace {

/// People at one door whom it tells something all at once.
class Crowd
{
public:
    explicit Crowd(int size = 20, const NetSettings &settings = {})
        : fixture(settings)
    {
        for (int i = 0; i < size; ++i)
            people.push_back(openWebSocket(fixture));
    }
    void tellAll(const QByteArray &text)
    {
        fixture.door().threads().front()->post([this, frame = WebSocket::encodeFrame(WebSocket::Opcode::Binary, text)] {
            const std::lock_guard lock(fixture.seen.mutex);
            for (WebSocket *socket : fixture.seen.sockets)
                socket->sendFrame(frame);
        });
    }
    [[nodiscard]] bool haveAllHeard(const QByteArray &text)
    {
        const QByteArray frame = WebSocket::encodeFrame(WebSocket::Opcode::Binary, text);
        return std::all_of(people.begin(), people.end(),
                           [&](NetClient &person) { return person.read(frame.size()) == frame; });
    }

    DoorFixture fixture;
    std::vector<NetClient> people;
};

} // namespace

void TstSendBatch::door_sendsToMany_together()
{
    if (!openBatch())
        QSKIP("io_uring is forbidden here.");
    Crowd crowd;
    // Whoever sends by itself is found out.
    crowd.fixture.door().threads().front()->post([] { forbid(SYS_sendmsg); });
    crowd.tellAll("news");
    QVERIFY(crowd.haveAllHeard("news"));
}

void TstSendBatch::door_forbiddenLater_losesNothing()
{
    if (!openBatch())
        QSKIP("io_uring is forbidden here.");
    Crowd crowd;
    crowd.tellAll("news");
    QVERIFY(crowd.haveAllHeard("news"));
    QTest::ignoreMessage(QtWarningMsg,
                         "io_uring is refused by now: from here on each connection of this thread sends by itself.");
    crowd.fixture.door().threads().front()->post([] { forbid(SYS_io_uring_enter); });
    for (const QByteArray text : {"of today", "of tomorrow"}) {
        crowd.tellAll(text);
        QVERIFY(crowd.haveAllHeard(text));
    }
}

void TstSendBatch::door_readerWhoStops_getsAllOfIt()
{
    if (!openBatch())
        QSKIP("io_uring is forbidden here.");
    NetSettings settings;
    settings.maxBacklogBytes = 64 << 20;
    Crowd crowd(3, settings);
    // Far more than sockets hold, in pieces that wait for the end of the turn: short sends and full sockets.
    QByteArray expected;
    for (int i = 0; i < 320; ++i) {
        const QByteArray text(50'000, static_cast<char>('a' + i % 26));
        crowd.tellAll(text);
        expected += WebSocket::encodeFrame(WebSocket::Opcode::Binary, text);
    }
    for (NetClient &person : crowd.people)
        QVERIFY(person.read(expected.size()) == expected);
}

TERTULIA_TEST(tst_sendbatch, TstSendBatch)
#include "tst_sendbatch.moc"
