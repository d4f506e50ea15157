// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorfixture.h"
#include "netclient.h"
#include "support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <thread>

using namespace Tertulia::Test;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryTells = false; // a sanitizer keeps what is freed, or notes about it
#else
constexpr bool memoryTells = true;
#endif

/// Resident memory of this process, clients included.
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

double processCpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// While it lives, the process can open only so many more descriptors.
class DescriptorLimit
{
public:
    explicit DescriptorLimit(int room)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit tight = m_before;
        tight.rlim_cur = 1024;
        ::setrlimit(RLIMIT_NOFILE, &tight);
        for (int fd = ::dup(0); fd >= 0; fd = ::dup(0))
            m_fillers.push_back(fd);
        for (int i = 0; i < room; ++i) {
            ::close(m_fillers.back());
            m_fillers.pop_back();
        }
    }
    ~DescriptorLimit()
    {
        for (const int fd : m_fillers)
            ::close(fd);
        ::setrlimit(RLIMIT_NOFILE, &m_before);
    }
    DescriptorLimit(const DescriptorLimit &) = delete;
    DescriptorLimit &operator=(const DescriptorLimit &) = delete;

private:
    rlimit m_before{};
    std::vector<int> m_fillers;
};

class MemoryWatch
{
public:
    MemoryWatch()
        : m_before(residentBytes())
    {
    }
    [[nodiscard]] bool grewLessThan(qint64 megabytes) const
    {
        const qint64 grown = residentBytes() - m_before;
        if (!memoryTells || grown < megabytes * 1024 * 1024)
            return true;
        qWarning("resident memory grew by %lld KiB", static_cast<long long>(grown / 1024));
        return false;
    }

private:
    qint64 m_before;
};

/// Pumps bytes into a connection until the peer stops it, or `total` is through. Returns what was taken.
qint64 pump(NetClient &client, const QByteArray &block, qint64 total)
{
    qint64 sent = 0;
    while (sent < total && client.send(block))
        sent += block.size();
    return sent;
}

bool stillServes(const DoorFixture &fixture)
{
    NetClient client(fixture.port());
    return client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n") && client.answer().status == 200;
}

const QByteArray upgradeRequest =
    "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

NetSettings fastSettings()
{
    NetSettings settings;
    settings.headTimeout = 400ms;
    settings.bodyStallTimeout = 400ms;
    settings.bodyRateGrace = 300ms;
    settings.keepAliveTimeout = 600ms;
    settings.sendTimeout = 400ms;
    settings.lingerTimeout = 400ms;
    return settings;
}

} // namespace

/// What transport.md 1.3 measured against a server without limits, against ours: it answers, stays small, goes on.
class TstHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void announcedGigabyte_is413_beforeABodyByte();
    void pumpedGigabyte_is413_andReadable();
    void endlessChunkedBody_is413();
    void endlessHeaderValue_is431();
    void endlessRequestLine_is414();
    void manySmallBodies_shareOneBudget();
    void pipelinedGets_ofANonReader_areBounded();
    void floodedNonReaders_areDropped_withBoundedMemory();
    void pingingNonReader_isBounded();
    void outputOfAll_isBounded_andTheSlowestGo();
    void hugeFrame_isRefused_atItsHeader();
    void halfHeads_areClosed_inTime();
    void silentConnections_areClosed();
    void drippedHead_isClosed_whateverItsPace();
    void stalledBody_is408();
    void drippedBody_is408();
    void bytesSentEarly_buyNoSlowness();
    void idleKeepAlive_isClosed();
    void malformedRequests_areAnswered_notServed_data();
    void malformedRequests_areAnswered_notServed();
    void exhaustedDescriptors_areSurvived_withoutSpinning();
    void descriptorLimit_isRaised_forTheConnections();
    void tooManyConnections_get503();
    void slowUploads_areDropped_withoutAFile();
    void parallelUploads_keepMemorySmall();
};

void TstHostile::announcedGigabyte_is413_beforeABodyByte()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
    QCOMPARE(client.answer().status, 413);
}

void TstHostile::pumpedGigabyte_is413_andReadable()
{
    NetSettings settings;
    settings.lingerTimeout = 5s;
    DoorFixture fixture(settings);
    const MemoryWatch memory;
    NetClient client(fixture.port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
    // A client that writes on before it reads: nothing resets the connection under its answer.
    QCOMPARE(pump(client, QByteArray(64 * 1024, 'x'), 16 << 20), qint64(16 << 20));
    QCOMPARE(client.answer().status, 413);
    client.endWriting();
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(!client.wasReset());
    QVERIFY(memory.grewLessThan(8));
}

void TstHostile::endlessChunkedBody_is413()
{
    DoorFixture fixture;
    const MemoryWatch memory;
    NetClient client(fixture.port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000000\r\n");
    const qint64 taken = pump(client, QByteArray(64 * 1024, 'x'), 512LL << 20);
    QVERIFY(taken < 512LL << 20 || client.answer().status == 413);
    QVERIFY(memory.grewLessThan(16));
    QVERIFY(stillServes(fixture));
}

void TstHostile::endlessHeaderValue_is431()
{
    NetSettings settings = fastSettings();
    DoorFixture fixture(settings);
    const MemoryWatch memory;
    NetClient client(fixture.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nA: ");
    pump(client, QByteArray(64 * 1024, 'x'), 256LL << 20);
    QVERIFY(memory.grewLessThan(8));
    NetClient small(fixture.port());
    small.send("GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(20'000, 'x'));
    QCOMPARE(small.answer().status, 431);
    QVERIFY(stillServes(fixture));
}

void TstHostile::endlessRequestLine_is414()
{
    DoorFixture fixture;
    const MemoryWatch memory;
    NetClient client(fixture.port());
    client.send("GET /");
    client.send(QByteArray(20'000, 'x'));
    QCOMPARE(client.answer().status, 414);
    QVERIFY(memory.grewLessThan(8));
}

void TstHostile::manySmallBodies_shareOneBudget()
{
    NetSettings settings;
    settings.maxBodyBytesTotal = 4 << 20; // strangers have half of it
    DoorFixture fixture(settings);
    std::vector<NetClient> clients;
    const QByteArray most(900 * 1024, 'x');
    const auto head = QByteArray("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n");
    for (int i = 0; i < 2; ++i) {
        clients.emplace_back(fixture.port());
        clients.back().send(head + most);
    }
    QTRY_VERIFY(fixture.door().counters().bodyBytesHeld > 1'800'000);
    NetClient third(fixture.port());
    third.send(head + most);
    const auto answer = third.answer();
    QCOMPARE(answer.status, 503);
    QVERIFY(answer.head.contains("\r\nRetry-After: "));
    for (NetClient &client : clients) {
        client.send(QByteArray((1 << 20) - most.size(), 'x'));
        QCOMPARE(client.answer().status, 200);
    }
    clients.clear();
    QTRY_COMPARE(fixture.door().counters().bodyBytesHeld, quint64(0));
}

void TstHostile::pipelinedGets_ofANonReader_areBounded()
{
    DoorFixture fixture(fastSettings());
    const MemoryWatch memory;
    NetClient client(fixture.port(), 4096);
    client.sendSome(QByteArray("GET /big HTTP/1.1\r\nHost: x\r\n\r\n").repeated(1000));
    QTRY_COMPARE(fixture.door().counters().open, quint64(0)); // sendTimeout
    QVERIFY(fixture.seen.handled < 10);
    QVERIFY(memory.grewLessThan(16));
    QVERIFY(stillServes(fixture));
}

void TstHostile::floodedNonReaders_areDropped_withBoundedMemory()
{
    DoorFixture fixture;
    const MemoryWatch memory;
    std::vector<NetClient> clients;
    for (int i = 0; i < 200; ++i) {
        NetClient &client = clients.emplace_back(fixture.port(), 4096);
        client.send(upgradeRequest);
        client.readUntil("\r\n\r\n");
    }
    // Each asks for 100 MiB and reads none of it.
    for (NetClient &client : clients)
        client.send(clientFrame(0x81, "flood-me"));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.seen.overflows, 200, 60'000);
    QCOMPARE(fixture.door().counters().overflows, quint64(200));
    QTRY_COMPARE(fixture.door().counters().open, quint64(0));
    QCOMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1006), false));
    // The frames are shared: 200 backlogs of 1 MiB are the same few buffers.
    QVERIFY(memory.grewLessThan(32));
}

void TstHostile::outputOfAll_isBounded_andTheSlowestGo()
{
    NetSettings settings;
    settings.maxBacklogBytesTotal = 33 << 20; // four answers wait, but not many more
    DoorFixture fixture(settings);
    const QByteArray request = "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n";
    std::vector<NetClient> hogs;
    for (int i = 0; i < 3; ++i)
        hogs.emplace_back(fixture.port(), 4096).send(request);
    QTRY_COMPARE(fixture.seen.handled, 3);
    NetClient reader(fixture.port());
    reader.send(request);
    reader.readUntil("\r\n\r\n");
    QCOMPARE(reader.read(1 << 20).size(), 1 << 20);

    // The kernel keeps some of each answer: how many it takes to fill the rest is its business.
    constexpr size_t enough = 50;
    while (fixture.door().counters().overflows == 0 && hogs.size() < enough) {
        hogs.emplace_back(fixture.port(), 4096).send(request);
        QTRY_COMPARE(fixture.seen.handled, int(hogs.size()) + 1);
    }
    QVERIFY(fixture.door().counters().overflows > 0);
    QCOMPARE(reader.read(7 << 20).size(), 7 << 20);
    // Which of the hogs is the slowest is a matter of some milliseconds; all others get the whole when they do read.
    quint64 cutOff = 0;
    for (NetClient &hog : hogs) {
        hog.readUntil("\r\n\r\n");
        cutOff += hog.read(8 << 20).size() < 8 << 20 ? 1U : 0U;
    }
    QCOMPARE(cutOff, fixture.door().counters().overflows);
    QVERIFY(stillServes(fixture));
}

void TstHostile::pingingNonReader_isBounded()
{
    DoorFixture fixture;
    const MemoryWatch memory;
    NetClient client(fixture.port(), 4096);
    client.send(upgradeRequest);
    client.readUntil("\r\n\r\n");
    const QByteArray pings = clientFrame(0x89, QByteArray(125, 'p')).repeated(1000);
    for (int i = 0; i < 100; ++i)
        client.send(pings);
    QVERIFY(memory.grewLessThan(8));
    QVERIFY(stillServes(fixture));
}

void TstHostile::hugeFrame_isRefused_atItsHeader()
{
    DoorFixture fixture(fastSettings());
    const MemoryWatch memory;
    NetClient client(fixture.port());
    client.send(upgradeRequest);
    client.readUntil("\r\n\r\n");
    client.send(QByteArray("\x82\xff\x00\x00\x00\x00\x25\x80\x00\x00\x00\x00\x00\x00", 14));
    QCOMPARE(client.read(4), QByteArray("\x88\x02\x03\xf1", 4));
    pump(client, QByteArray(64 * 1024, 'x'), 600LL << 20);
    QVERIFY(memory.grewLessThan(8));
    QTRY_COMPARE(fixture.door().counters().open, quint64(0));
}

void TstHostile::halfHeads_areClosed_inTime()
{
    DoorFixture fixture(fastSettings());
    const MemoryWatch memory;
    std::vector<NetClient> clients;
    for (int i = 0; i < 2000; ++i) {
        NetClient &client = clients.emplace_back(fixture.port());
        QVERIFY(client.isConnected());
        client.send("GET / HTTP/1.1\r\nHost: x\r\nX-");
    }
    QTRY_COMPARE(fixture.door().counters().open, quint64(0));
    QVERIFY(memory.grewLessThan(24));
    QCOMPARE(clients.front().answer().status, 408);
}

void TstHostile::silentConnections_areClosed()
{
    DoorFixture fixture(fastSettings());
    NetClient client(fixture.port());
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(!client.timedOut());
}

void TstHostile::drippedHead_isClosed_whateverItsPace()
{
    DoorFixture fixture(fastSettings());
    NetClient client(fixture.port());
    client.send("GET / HTTP/1.1\r\n");
    int sent = 0;
    while (!client.receive(20) && sent < 500) {
        client.send("a");
        ++sent;
    }
    QVERIFY(sent < 100); // 400 ms at 20 ms a byte, with room
    QCOMPARE(client.answer().status, 408);
}

void TstHostile::stalledBody_is408()
{
    DoorFixture fixture(fastSettings());
    NetClient client(fixture.port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
    QCOMPARE(client.answer().status, 408);
    QTRY_COMPARE(fixture.door().counters().bodyBytesHeld, quint64(0));
}

void TstHostile::drippedBody_is408()
{
    DoorFixture fixture(fastSettings());
    NetClient client(fixture.port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    int sent = 0;
    while (!client.receive(20) && sent < 500) {
        client.send("a");
        ++sent;
    }
    QVERIFY(sent < 100);
    QCOMPARE(client.answer().status, 408);
}

void TstHostile::bytesSentEarly_buyNoSlowness()
{
    DoorFixture fixture(fastSettings());
    NetClient client(fixture.port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n");
    client.send(QByteArray(512 * 1024, 'x')); // eight minutes' worth at the slowest rate
    int sent = 0;
    while (!client.receive(20) && sent < 500) {
        client.send("a");
        ++sent;
    }
    QVERIFY(sent < 100);
    QCOMPARE(client.answer().status, 408);
}

void TstHostile::idleKeepAlive_isClosed()
{
    DoorFixture fixture(fastSettings());
    NetClient client(fixture.port());
    client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 200);
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(!client.timedOut());
}

void TstHostile::malformedRequests_areAnswered_notServed_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST /x HTTP/1.1\r\nHost: x\r\n";
    const QByteArray rest = "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    const auto row = [&](const char *name, const QByteArray &fields, int status) {
        QTest::newRow(name) << post + fields + rest << status;
    };
    row("length 2^64-1", "Content-Length: 18446744073709551615", 400);
    row("length -5", "Content-Length: -5", 400);
    row("length 3x", "Content-Length: 3x", 400);
    row("two lengths", "Content-Length: 0\r\nContent-Length: 30", 400);
    row("both lengths", "Content-Length: 0\r\nTransfer-Encoding: chunked", 400);
    row("xchunkedx", "Transfer-Encoding: xchunkedx", 400);
    row("bad chunk size", "Transfer-Encoding: chunked\r\n\r\n0x0", 400);
    row("fold", "A: b\r\n Content-Length: 30", 400);
    row("space before colon", "Content-Length : 30", 400);
    QTest::newRow("garbage") << QByteArray("\x00\x01\x02garbage", 10) << 400;
    QTest::newRow("words") << QByteArray("hello there\r\n\r\n") << 400;
    QTest::newRow("version") << QByteArray("GET / HTTP/9.9\r\nHost: x\r\n\r\n") << 505;
}

void TstHostile::malformedRequests_areAnswered_notServed()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    for (const bool inPieces : {false, true}) {
        DoorFixture fixture;
        NetClient client(fixture.port());
        if (inPieces) {
            for (const char byte : request)
                client.send(QByteArray(1, byte));
        } else {
            client.send(request);
        }
        QCOMPARE(client.answer().status, status);
        QCOMPARE(client.readAll(), QByteArray());
        QVERIFY(!client.timedOut());
        QCOMPARE(fixture.seen.handled, 0);
    }
}

void TstHostile::exhaustedDescriptors_areSurvived_withoutSpinning()
{
    DoorFixture fixture(fastSettings());
    QVERIFY(stillServes(fixture));
    // The clients have their sockets before the table is full; then there is room for ten more descriptors.
    std::vector<NetClient> clients(60);
    for (NetClient &client : clients)
        client.makeSocket();
    const DescriptorLimit limit(10);
    for (NetClient &client : clients)
        client.connectTo(fixture.port());
    QTRY_VERIFY(fixture.door().counters().refused > 10);
    const double cpuBefore = processCpuSeconds();
    std::this_thread::sleep_for(300ms); // what is measured is this span
    QVERIFY(processCpuSeconds() - cpuBefore < 0.2);
    clients.clear();
    QVERIFY(QTest::qWaitFor([&] { return stillServes(fixture); }));
}

void TstHostile::descriptorLimit_isRaised_forTheConnections()
{
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit low = before;
    low.rlim_cur = 256;
    ::setrlimit(RLIMIT_NOFILE, &low);
    NetSettings settings;
    settings.maxConnections = 1000;
    const DoorFixture fixture(settings);
    rlimit after{};
    ::getrlimit(RLIMIT_NOFILE, &after);
    ::setrlimit(RLIMIT_NOFILE, &before);
    QCOMPARE(after.rlim_cur, std::min<rlim_t>(2000, before.rlim_max));
}

void TstHostile::tooManyConnections_get503()
{
    NetSettings settings;
    settings.maxConnections = 5;
    DoorFixture fixture(settings);
    std::vector<NetClient> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back(fixture.port());
        clients.back().send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(clients.back().answer().status, 200);
    }
    NetClient extra(fixture.port());
    const auto answer = extra.answer();
    QCOMPARE(answer.status, 503);
    QVERIFY(answer.body.endsWith('}'));
    QCOMPARE(extra.readAll(), QByteArray());
    clients.clear();
    QTRY_COMPARE(fixture.door().counters().open, quint64(0));
    QVERIFY(stillServes(fixture));
    QCOMPARE(fixture.door().counters().refused, quint64(1));
}

void TstHostile::slowUploads_areDropped_withoutAFile()
{
    const QTemporaryDir folder;
    NetSettings settings = fastSettings();
    settings.uploadFolder = folder.path();
    DoorFixture fixture(settings);
    std::vector<NetClient> clients;
    for (int i = 0; i < 50; ++i) {
        clients.emplace_back(fixture.port());
        clients.back().send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");
    }
    for (NetClient &client : clients)
        QCOMPARE(client.answer().status, 408);
    clients.clear();
    QTRY_VERIFY(QDir(folder.path()).isEmpty());
    QCOMPARE(fixture.seen.handled, 0);
}

void TstHostile::parallelUploads_keepMemorySmall()
{
    const QTemporaryDir folder;
    NetSettings settings;
    settings.uploadFolder = folder.path();
    DoorFixture fixture(settings);
    const MemoryWatch memory;
    constexpr int count = 8;
    constexpr qint64 size = 16 << 20;
    std::atomic<int> created = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&] {
            NetClient client(fixture.port());
            client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n");
            pump(client, QByteArray(64 * 1024, 'u'), size);
            created += client.answer().status == 201 ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(created, count);
    QCOMPARE(fixture.seen.fileBytes, size);
    QVERIFY(memory.grewLessThan(24));
}

TERTULIA_TEST(tst_hostile, TstHostile)
#include "tst_hostile.moc"
