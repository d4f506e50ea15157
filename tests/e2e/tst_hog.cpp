// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One person takes all that one person can get; another is served meanwhile. By counting, not by the clock: how the
// store shares itself out is tested where it is decided (tst_executor).

#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

QStringList arguments(const QStringList &settings = {})
{
    QStringList all{u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s};
    for (const QString &setting : settings)
        all << u"--set"_s << setting;
    return all;
}

} // namespace

class TestHog : public QObject
{
    Q_OBJECT

    /// Requests of `path` until one is refused; how many were answered before.
    static int answeredBeforeRefusal(RestClient &client, const QString &path, int most)
    {
        for (int answered = 0; answered < most; ++answered) {
            const RestReply reply = client.get(path);
            if (reply.status == 429)
                return reply.headers.contains("retry-after") ? answered : -1;
            if (!reply.isOk())
                return -1;
        }
        return most;
    }

private Q_SLOTS:
    void parallelSearches_areBounded_andOthersAreServed()
    {
        ServerProcess server;
        QVERIFY2(server.start(arguments()), qPrintable(server.why()));
        RestClient ada(server.url()), hog(server.url());
        const QString adaId = ada.signIn(u"ada"_s);
        const QString hogId = hog.signIn(u"hog"_s);
        std::atomic<bool> isOver = false;
        std::atomic<int> answered = 0, refused = 0, strange = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i) {
            threads.emplace_back(
                [&, path = i % 2 == 0 ? u"/api/friends/search?q=a"_s : u"/api/Chat/conversations?search=a"_s] {
                    RestClient client(server.url());
                    client.setToken(hog.token());
                    for (int n = 0; n < 4 || !isOver; ++n) {
                        const int status = client.get(path).status;
                        ++(status == 200 ? answered : status == 429 ? refused : strange);
                    }
                });
        }
        int sent = 0, listed = 0;
        for (int i = 0; i < 20; ++i) {
            const QJsonObject message{{u"recipientId"_s, hogId}, {u"content"_s, u"n%1"_s.arg(i)}};
            sent += ada.post(u"/api/Chat/messages"_s, message).status == 201 ? 1 : 0;
            listed += ada.get(u"/api/Chat/conversations"_s).data().toArray().size() == 1 ? 1 : 0;
        }
        isOver = true;
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(sent, 20);
        QCOMPARE(listed, 20);
        QCOMPARE(strange.load(), 0);
        QVERIFY(answered >= 30);
        QVERIFY(refused > 0);
        QVERIFY(!adaId.isEmpty());
    }

    void openingConversations_hasARate()
    {
        ServerProcess server;
        QVERIFY2(server.start(arguments({u"limits.opens_per_minute=5"_s, u"limits.opens_per_day=7"_s})),
                 qPrintable(server.why()));
        RestClient ada(server.url()), hog(server.url());
        const QString adaId = ada.signIn(u"ada"_s);
        const QString hogId = hog.signIn(u"hog"_s);
        int opened = 0, refused = 0;
        for (int i = 0; i < 100; ++i) {
            const RestReply reply = hog.post(u"/api/Chat/conversations"_s, {{u"recipientId"_s, adaId}});
            opened += reply.isOk() ? 1 : 0;
            refused += reply.status == 429 ? 1 : 0;
        }
        QVERIFY(opened >= 5 && opened <= 7); // seven, if it took more than a minute
        QCOMPARE(opened + refused, 100);
        QCOMPARE(ada.post(u"/api/Chat/conversations"_s, {{u"recipientId"_s, hogId}}).status, 200);
        QCOMPARE(ada.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, hogId}, {u"content"_s, u"x"_s}}).status, 201);
    }

    void changes_haveARate()
    {
        ServerProcess server;
        QVERIFY2(server.start(arguments({u"limits.changes_per_10_seconds=5"_s})), qPrintable(server.why()));
        RestClient ada(server.url()), hog(server.url());
        const QString adaId = ada.signIn(u"ada"_s);
        hog.signIn(u"hog"_s);
        const QString id = hog.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, adaId}, {u"content"_s, u"x"_s}})
                               .data()[u"id"_s]
                               .toString();
        const QString path = u"/api/Chat/messages/%1/reactions"_s.arg(id);
        // What is no reaction at all costs nothing of the rate.
        for (int i = 0; i < 20; ++i)
            QCOMPARE(hog.post(path, {{u"reaction"_s, u""_s}}).status, 400);
        int done = 0, refused = 0;
        for (int i = 0; i < 60; ++i) {
            const RestReply reply =
                i % 2 == 0 ? hog.post(path, {{u"reaction"_s, QString::number(i)}}) : hog.remove(path);
            done += reply.isOk() ? 1 : 0;
            refused += reply.status == 429 ? 1 : 0;
        }
        QVERIFY(done >= 5 && refused > 0);
        QCOMPARE(done + refused, 60);
        QCOMPARE(ada.post(path, {{u"reaction"_s, u"+"_s}}).status, 200);
    }

    void readsHaveRates_eachKindItsOwn()
    {
        ServerProcess server;
        QVERIFY2(server.start(arguments({u"limits.searches_per_10_seconds=3"_s, u"limits.lists_per_10_seconds=4"_s,
                                         u"limits.history_per_10_seconds=5"_s})),
                 qPrintable(server.why()));
        RestClient ada(server.url()), hog(server.url());
        QVERIFY(!ada.signIn(u"ada"_s).isEmpty());
        QVERIFY(!hog.signIn(u"hog"_s).isEmpty());
        const int most = 200; // never so many, however slow the machine
        for (const auto &[path, least] :
             {std::pair(u"/api/friends/search?q=a"_s, 3), std::pair(u"/api/Chat/conversations?type=direct"_s, 0),
              std::pair(u"/api/Chat/unread-count"_s, 4), std::pair(u"/api/Chat/sync"_s, 5)}) {
            const int answered = answeredBeforeRefusal(hog, path, most);
            QVERIFY2(answered >= least && answered < most, qPrintable(path));
        }
        for (const QString &path : {u"/api/friends/search?q=h"_s, u"/api/Chat/conversations"_s, u"/api/Chat/sync"_s})
            QCOMPARE(ada.get(path).status, 200);
    }
};

TERTULIA_TEST(tst_hog, TestHog)
#include "tst_hog.moc"
