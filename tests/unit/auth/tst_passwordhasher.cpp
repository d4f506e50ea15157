// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/passwordhasher.h"
#include "support/testmain.h"

#include <QSemaphore>
#include <QTest>

#include <atomic>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

/// Cheap, for tests.
PasswordSettings smallest()
{
    PasswordSettings settings;
    settings.memoryKiB = 8;
    settings.passes = 1;
    return settings;
}

} // namespace

class TestPasswordHasher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hash_isArgon2idWithTheConfiguredCost()
    {
        const PasswordHasher hasher(PasswordSettings{});
        const auto hash = hasher.hashNow(u"correct horse"_s);
        QVERIFY(hash);
        QVERIFY(hash->startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
        QVERIFY(*hash != *hasher.hashNow(u"correct horse"_s));
    }
    void rightPassword_matches_wrongDoesNot()
    {
        const PasswordHasher hasher(smallest());
        const QByteArray hash = *hasher.hashNow(u"pässwörd 密码"_s);
        QVERIFY(hasher.verifyNow(u"pässwörd 密码"_s, hash).matches);
        QVERIFY(!hasher.verifyNow(u"pässwörd 密碼"_s, hash).matches);
        QVERIFY(!hasher.verifyNow(QString(), hash).matches);
        QVERIFY(!hasher.verifyNow(u"pässwörd 密码"_s + QChar(0), hash).matches);
    }
    void nobody_neverMatches()
    {
        const PasswordHasher hasher(smallest());
        for (const QString &password : {QString(), u"secret"_s})
            QVERIFY(!hasher.verifyNow(password, {}).matches);
        QVERIFY(!hasher.verifyNow(u"secret"_s, "$argon2id$broken").matches);
    }
    void otherCost_asksForARehash()
    {
        PasswordSettings dearer = smallest();
        dearer.passes = 2;
        const PasswordHasher cheap(smallest()), dear(dearer);
        const QByteArray hash = *cheap.hashNow(u"secret"_s);
        QVERIFY(!cheap.verifyNow(u"secret"_s, hash).needsRehash);
        QVERIFY(dear.verifyNow(u"secret"_s, hash).needsRehash);
        QVERIFY(!dear.verifyNow(u"wrong"_s, hash).needsRehash);
    }
    void overTheQueueLimit_isRateLimited_andTheRestIsDone()
    {
        PasswordSettings settings = smallest();
        settings.threads = 1;
        settings.queueLimit = 3;
        PasswordHasher hasher(settings);
        QSemaphore started, go, finished;
        // The one thread is held in the first completion, so that the queue's length is known.
        hasher.hash(u"a"_s, u"192.0.2.1/32"_s, Completion<QByteArray>(nullptr, [&](const Result<QByteArray> &) {
                        started.release();
                        go.acquire();
                    }));
        started.acquire();
        std::atomic<int> done = 0, refused = 0;
        for (int i = 0; i < 10; ++i) {
            hasher.verify(u"b"_s, {}, u"192.0.2.1/32"_s,
                          Completion<PasswordHasher::Verdict>(nullptr, [&](Result<PasswordHasher::Verdict> v) {
                              if (v) {
                                  ++done;
                              } else if (v.error().code == ErrorCode::RateLimited && v.error().retryAfterSeconds > 0) {
                                  ++refused;
                              }
                              finished.release();
                          }));
        }
        QCOMPARE(int(refused), 7);
        go.release();
        QVERIFY(finished.tryAcquire(10, 30'000));
        QCOMPARE(int(done), 3);
    }
    void oneNetwork_cannotFillTheQueue_norComeFirst()
    {
        PasswordSettings settings = smallest();
        settings.threads = 1;
        settings.queueLimit = 16;
        PasswordHasher hasher(settings);
        QSemaphore started, go, finished;
        hasher.hash(u"a"_s, u"198.51.100.1/32"_s, Completion<QByteArray>(nullptr, [&](const Result<QByteArray> &) {
                        started.release();
                        go.acquire();
                    }));
        started.acquire();
        QStringList judged; // in order; one thread judges
        std::atomic<int> refusedOfFlood = 0, refusedOfOthers = 0;
        const auto ask = [&](const QString &network, std::atomic<int> &refused) {
            hasher.verify(u"b"_s, {}, network,
                          Completion<PasswordHasher::Verdict>(nullptr, [&, network](const auto &verdict) {
                              if (verdict)
                                  judged.append(network);
                              else
                                  ++refused;
                              finished.release();
                          }));
        };
        const QString flood = u"2001:db8:0:1::/64"_s;
        for (int i = 0; i < 100; ++i)
            ask(flood, refusedOfFlood);
        QCOMPARE(int(refusedOfFlood), 84);
        for (int i = 0; i < 12; ++i)
            ask(u"192.0.2.%1/32"_s.arg(i), refusedOfOthers);
        QCOMPARE(int(refusedOfFlood), 96); // gave way
        go.release();
        QVERIFY(finished.tryAcquire(112, 30'000));
        QCOMPARE(int(refusedOfOthers), 0);
        QCOMPARE(judged.size(), 16);
        QCOMPARE(judged.first(), flood); // it was there first, and waits for itself from then on
        QCOMPARE(judged.mid(13), QStringList(3, flood));
    }
    void fullOfNetworksWithOneEach_refusesTheNext()
    {
        PasswordSettings settings = smallest();
        settings.threads = 1;
        settings.queueLimit = 4;
        PasswordHasher hasher(settings);
        QSemaphore started, go, finished;
        hasher.hash(u"a"_s, u"198.51.100.1/32"_s, Completion<QByteArray>(nullptr, [&](const Result<QByteArray> &) {
                        started.release();
                        go.acquire();
                    }));
        started.acquire();
        QStringList refused;
        for (int i = 0; i < 6; ++i) {
            const QString network = u"192.0.2.%1/32"_s.arg(i);
            hasher.verify(u"b"_s, {}, network,
                          Completion<PasswordHasher::Verdict>(nullptr, [&, network](const auto &verdict) {
                              if (!verdict)
                                  refused.append(network);
                              finished.release();
                          }));
        }
        go.release();
        QVERIFY(finished.tryAcquire(6, 30'000));
        QCOMPARE(refused, (QStringList{u"192.0.2.4/32"_s, u"192.0.2.5/32"_s}));
    }
    void end_cancelsWhatWaits()
    {
        PasswordSettings settings = smallest();
        settings.threads = 1;
        QSemaphore started, go;
        std::atomic<int> cancelled = 0;
        auto hasher = std::make_unique<PasswordHasher>(settings);
        hasher->hash(u"a"_s, u"192.0.2.1/32"_s, Completion<QByteArray>(nullptr, [&](const Result<QByteArray> &) {
                         started.release();
                         go.acquire();
                     }));
        started.acquire();
        for (int i = 0; i < 5; ++i) {
            hasher->hash(u"b"_s, u"192.0.2.1/32"_s,
                         Completion<QByteArray>(nullptr, [&](const Result<QByteArray> &hash) {
                             cancelled += !hash && hash.error().code == ErrorCode::Cancelled ? 1 : 0;
                             go.release();
                         }));
        }
        hasher.reset(); // the first cancelled one lets the thread go
        QCOMPARE(int(cancelled), 5);
    }
};

TERTULIA_TEST(tst_passwordhasher, TestPasswordHasher)
#include "tst_passwordhasher.moc"
