// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/doorway.h"
#include "support/testmain.h"
#include "testhandler.h"

#include <QScopeGuard>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <future>

using namespace Tertulia::Test;
using namespace std::chrono_literals;

namespace {

/// A client of a Doorway over a pair of sockets of a fixed size, so that it is known what the kernel takes.
class PairClient
{
public:
    explicit PairClient(Doorway &door)
    {
        int ends[2]{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no sockets");
        const int small = 16 * 1024;
        ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        m_fd = ends[1];
        ++door.load();
        ++door.shared().open;
        door.thread().post([&door, fd = ends[0]] { door.adopt(fd, NetAddress(), false, false); });
    }
    PairClient(PairClient &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    PairClient &operator=(PairClient &&) = delete;
    ~PairClient() { ::close(m_fd); }

    void ask()
    {
        const QByteArray request = "GET /big HTTP/1.1\r\nHost: x\r\n\r\n";
        QCOMPARE(::send(m_fd, request.constData(), size_t(request.size()), MSG_NOSIGNAL), request.size());
    }
    /// Until there are so many bytes, or the end; how many there were.
    [[nodiscard]] qsizetype read(qsizetype wanted)
    {
        qsizetype got = 0;
        std::vector<char> bytes(64 * 1024);
        const auto more = [&] {
            const ssize_t count =
                ::recv(m_fd, bytes.data(), size_t(std::min(wanted - got, qsizetype(bytes.size()))), 0);
            got += std::max<ssize_t>(count, 0);
            return got == wanted || count == 0 || (count < 0 && errno != EAGAIN);
        };
        std::ignore = QTest::qWaitFor(more, 10'000);
        return got;
    }

private:
    int m_fd = -1;
};

} // namespace

class TstDoorway : public QObject
{
    Q_OBJECT

    template <class F> static void run(NetworkThread &thread, F work)
    {
        std::promise<void> done;
        thread.post([&] {
            work();
            thread.atEndOfTurn([&done] { done.set_value(); });
        });
        done.get_future().wait();
    }
    /// Time passes for the thread, whose clock counts how long nobody reads.
    static void pass(NetworkThread &thread, std::chrono::milliseconds time)
    {
        std::promise<void> done;
        thread.post([&] { thread.startTimer(time, [&done] { done.set_value(); }); });
        done.get_future().wait();
    }

private Q_SLOTS:
    void tooMuchOutput_closesThoseWhoTakeNothing_forTheLongestTime()
    {
        constexpr qsizetype answer = 1 << 20;
        NetSettings settings;
        settings.threads = 1;
        settings.maxBacklogBytesTotal = 4 * answer;
        settings.sendTimeout = 1h;
        const auto shared = std::make_shared<DoorShared>(settings);
        Seen seen;
        NetworkThread thread(0);
        Doorway door(thread, shared);
        const auto stop = qScopeGuard([&thread] { thread.stop(); });
        thread.internals().setOnEnd([&door] { door.end(); });
        thread.start();
        run(thread, [&] { door.setHandler(std::make_unique<TestHandler>(thread, seen)); });

        int asked = 0;
        const auto ask = [&](PairClient &client) {
            client.ask();
            ++asked;
            QTRY_COMPARE(seen.handled, asked);
            run(thread, [] {}); // what the kernel takes at once is written
        };
        PairClient reader(door);
        ask(reader);
        std::vector<PairClient> slow, young;
        for (int i = 0; i < 2; ++i)
            ask(slow.emplace_back(door));
        pass(thread, 100ms);
        QCOMPARE(reader.read(answer / 2), answer / 2);
        ask(young.emplace_back(door)); // now it is three and a half
        QCOMPARE(shared->overflows.load(), 0U);
        ask(young.emplace_back(door));
        QTRY_COMPARE(shared->overflows.load(), 2U); // down to three quarters of the limit

        for (PairClient &client : slow)
            QVERIFY(client.read(answer) < answer);
        for (PairClient &client : young)
            QCOMPARE(client.read(answer), answer);
        QCOMPARE(reader.read(answer / 2), answer / 2);
    }
};

TERTULIA_TEST(tst_doorway, TstDoorway)
#include "tst_doorway.moc"
