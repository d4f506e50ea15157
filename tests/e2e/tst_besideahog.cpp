// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A hog beside an ordinary person, for each thing that one can take (docs/admin/limits.md): the hog takes all it gets,
// holds it and goes on asking, from behind a trusted proxy as on the open internet; meanwhile an ordinary person sends
// and lists. How much slower that is than alone is printed, not judged; judged is that each is served, that the hog is
// served no more than its rate allows, and the server's memory.

#include "e2e/hog/stage.h"
#include "e2e/support/serverprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <sys/resource.h>

#include <atomic>
#include <thread>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::Test::Hogs;
using namespace Qt::StringLiterals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryTells = false; // it is the sanitizer's
#else
constexpr bool memoryTells = true;
#endif

} // namespace

class TestBesideAHog : public QObject
{
    Q_OBJECT

    std::unique_ptr<Town> m_town;
    std::unique_ptr<ServerProcess> m_server; // another for each scene: what one took is no room for the next

    static constexpr int requestsOfADay = 20; // below every rate
    struct Day
    {
        int served = 0;
        double ms = 0; ///< of a send and a list, the middle one of all
    };
    /// What an ordinary person does.
    Day day(int who)
    {
        Hand hand(quint16(m_server->url().port()), m_town->token(who));
        const QByteArray message =
            json({{u"recipientId"_s, Town::person(who + 1).toString()}, {u"content"_s, u"good morning"_s}});
        Day done;
        std::vector<double> times;
        for (int i = 0; i < requestsOfADay / 2; ++i) {
            QElapsedTimer timer;
            timer.start();
            done.served += hand.ask("POST", "/api/Chat/messages", message, network(who)) == 201 ? 1 : 0;
            done.served += hand.ask("GET", "/api/Chat/conversations", {}, network(who)) == 200 ? 1 : 0;
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        done.ms = times[times.size() / 2];
        return done;
    }

private Q_SLOTS:
    void initTestCase()
    {
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        m_town = std::make_unique<Town>(people);
        m_town->openConversations(hog, hogsConversations, mostJoined);
    }
    void init()
    {
        m_server = std::make_unique<ServerProcess>(m_town->folder());
        QStringList arguments;
        // Nothing ends because the machine is slow, and it is fast enough to reach each rate.
        for (const QString &setting :
             {u"auth.hash_memory=8"_s, u"auth.hash_passes=1"_s, u"server.threads=2"_s,
              u"server.trusted_proxies=127.0.0.1"_s, u"hubs.disconnect_timeout=1h"_s, u"limits.head_timeout=1h"_s,
              u"limits.body_stall_timeout=1h"_s, u"limits.body_rate_grace=2h"_s, u"limits.lists_per_10_seconds=100"_s,
              u"limits.history_per_10_seconds=100"_s, u"hubs.groups_per_connection=%1"_s.arg(mostJoined),
              u"metrics.token="_s + QString::fromLatin1(scrapersToken)})
            arguments << u"--set"_s << setting;
        QVERIFY2(m_server->start(arguments), qPrintable(m_server->why()));
    }
    void cleanup()
    {
        if (QTest::currentTestFailed())
            qInfo("%s", m_server->log().right(4'000).constData());
        m_server.reset();
    }

    void limitsPage_saysTheBounds()
    {
        QFile page(QStringLiteral(SOURCE_FOLDER "/docs/admin/limits.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll();
        for (const Scene &scene : scenes())
            QVERIFY2(
                text.contains("\n| " + QByteArray(scene.name) + " | " + QByteArray::number(scene.memoryMiB) + " |"),
                scene.name);
    }

    void anOrdinaryPerson_isServed_data()
    {
        QTest::addColumn<int>("number");
        for (size_t i = 0; i < scenes().size(); ++i)
            QTest::newRow(scenes()[i].name) << int(i);
    }
    void anOrdinaryPerson_isServed()
    {
        QFETCH(int, number);
        const Scene &scene = scenes()[size_t(number)];
        std::atomic<int> served = 0, refused = 0, strange = 0;
        const Day alone = day(ordinary + 4 * number);
        QCOMPARE(alone.served, requestsOfADay);
        const qint64 before = m_server->residentKiB();

        Stage stage{*m_town, quint16(m_server->url().port()), {}};
        QVERIFY(!scene.take || scene.take(stage));
        QElapsedTimer goneOn;
        goneOn.start();
        std::atomic<bool> isOver = false;
        std::vector<std::thread> hands;
        for (int i = 0; i < scene.hands; ++i) {
            hands.emplace_back([&, i, token = m_town->token(hog)] {
                Hand hand(stage.port, token);
                for (int n = i; !isOver; n += scene.hands) {
                    const int status = scene.goOn(hand, n);
                    if (status / 100 == 2 || status == 401)
                        ++served;
                    else if (status == 429 || status == 503 || status == 0)
                        ++refused;
                    else
                        strange = status;
                }
            });
        }
        const Day beside = day(ordinary + 4 * number + 2);
        const qint64 grown = m_server->residentKiB() - before;
        isOver = true;
        for (std::thread &hand : hands)
            hand.join();
        const auto spans = [&goneOn](std::chrono::seconds span) {
            return std::chrono::milliseconds(goneOn.elapsed()) / span + 1;
        };

        qInfo("%s: %.1f ms alone, %.1f ms beside (%.1f times); %lld KiB; served beside: %d, refused: %d", scene.name,
              alone.ms, beside.ms, beside.ms / alone.ms, static_cast<long long>(grown), served.load(), refused.load());
        QCOMPARE(beside.served, requestsOfADay);
        QCOMPARE(strange.load(), 0);
        QVERIFY(!scene.rate || served <= scene.rate->count * spans(scene.rate->span));
        QVERIFY2(!memoryTells || grown <= scene.memoryMiB * 1024, qPrintable(QString::number(grown)));
    }
};

QTEST_GUILESS_MAIN(TestBesideAHog)
#include "tst_besideahog.moc"
