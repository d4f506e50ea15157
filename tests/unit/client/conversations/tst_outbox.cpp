// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/outbox.h"
#include "client/limits.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "messageserver.h"
#include "support/fakeclock.h"
#include "support/fakescheduler.h"
#include "support/testmain.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);

MessageId messageNamed(const QString &name)
{
    return MessageId(Uuid::fromName("message", name.toUtf8()));
}

QString reactionsOf(const QString &message)
{
    return routePath(Routes::messageReactions, {messageNamed(message).toString()});
}

/// An outbox with all that it needs, as after a start of the program.
struct Sender
{
    Sender(const QString &path, const QUrl &server)
        : store(std::move(*LocalStore::open(path)))
        , directory(*store)
        , api(server)
        , outbox({*store, directory, api, hub, clock, ana, &scheduler})
    {
    }
    /// What waits, with its state: "First", "Second!" (failed), "Third~" (under way).
    [[nodiscard]] QStringList waiting() const
    {
        QStringList list;
        for (const Command &pending : outbox.pendingOf(talk)) {
            const auto mark = pending.state == Command::State::Failed ? u"!"_s
                : pending.state == Command::State::Sending            ? u"~"_s
                                                                      : QString();
            list.append(pending.content + mark);
        }
        return list;
    }

    FakeClock clock;
    FakeScheduler scheduler;
    std::unique_ptr<LocalStore> store;
    Directory directory;
    ApiClient api;
    HubConnection hub{HubOptions{}};
    Outbox outbox;
};

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"cache.sqlite"_s);
        const auto store = std::move(*LocalStore::open(m_path));
        store->conversations().save(conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 1)));
        m_server = std::make_unique<MessageServer>(ana, talk);
    }

    void sent_inOrder_andStored()
    {
        Sender sender(m_path, m_server->server.url());
        QSignalSpy sent(&sender.outbox, &Outbox::sent);
        QSignalSpy waiting(&sender.outbox, &Outbox::waitingCountChanged);
        for (const QString &text : {u"First"_s, u"Second"_s, u"Third"_s})
            QVERIFY(sender.outbox.enqueue(talk, text));
        QCOMPARE(sender.outbox.waitingCount(), 3);
        QCOMPARE(waiting.count(), 3);
        QCOMPARE(m_server->requests, 0); // not started
        sender.outbox.start();
        QTRY_COMPARE(sent.count(), 3);
        QCOMPARE(m_server->contents(), (QStringList{u"First"_s, u"Second"_s, u"Third"_s}));
        QCOMPARE(m_server->requests, 3);
        QCOMPARE(sender.outbox.waitingCount(), 0);
        QCOMPARE(sender.store->messages().last(talk), 3);
        QVERIFY(sender.store->outbox().all().empty());
    }
    void reactions_goInOrderWithMessages_overRest()
    {
        m_server->server.expect("POST", reactionsOf(u"m"_s), ScriptedAnswer::data("[]"));
        m_server->server.expect("DELETE", reactionsOf(u"m"_s), ScriptedAnswer::data("[]"));
        Sender sender(m_path, m_server->server.url());
        QSignalSpy done(&sender.outbox, &Outbox::done);
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QVERIFY(sender.outbox.react(talk, messageNamed(u"m"_s), u"+"_s));
        QVERIFY(sender.outbox.enqueue(talk, u"Second"_s));
        QCOMPARE(sender.waiting(), (QStringList{u"First"_s, u"Second"_s})); // it is no message
        QCOMPARE(sender.outbox.waitingCount(), 3);
        sender.outbox.start();
        QTRY_COMPARE(sender.outbox.waitingCount(), 0);
        QCOMPARE(done.count(), 1);
        QVERIFY(sender.outbox.react(talk, messageNamed(u"m"_s), {}));
        QTRY_COMPARE(done.count(), 2);
        QCOMPARE(m_server->contents(), (QStringList{u"First"_s, u"Second"_s}));
        QStringList paths;
        for (const ScriptedRequest &request : m_server->server.requests())
            paths.append(QString::fromLatin1(request.method) + u' ' + request.path.section(u'/', -1));
        QCOMPARE(paths,
                 (QStringList{u"POST messages"_s, u"POST reactions"_s, u"POST messages"_s, u"DELETE reactions"_s}));
        QVERIFY(sender.store->outbox().all().empty());
    }
    void reaction_changedBeforeItWent_isOne_andSurvivesARestart()
    {
        {
            Sender sender(m_path, m_server->server.url());
            QSignalSpy changed(&sender.outbox, &Outbox::changed);
            for (const QString &reaction : {u"a"_s, u"b"_s, u"c"_s})
                QVERIFY(sender.outbox.react(talk, messageNamed(u"m"_s), reaction));
            QVERIFY(sender.outbox.react(talk, messageNamed(u"n"_s), {}));
            QCOMPARE(sender.outbox.waitingCount(), 2);
            QCOMPARE(changed.count(), 2);
        }
        Sender sender(m_path, m_server->server.url());
        auto waiting = sender.outbox.reactionsOf(talk);
        QCOMPARE(waiting.size(), size_t(2));
        QCOMPARE(waiting[messageNamed(u"m"_s)], u"c"_s);
        QCOMPARE(waiting[messageNamed(u"n"_s)], QString());
        QVERIFY(sender.outbox.reactionsOf(conversationNamed(u"other"_s)).empty());
    }
    void refusedReaction_isForgotten_andTold_andBlocksNobody()
    {
        m_server->server.expect("POST", reactionsOf(u"m"_s), ScriptedAnswer::error(409, "MESSAGE_DELETED"));
        Sender sender(m_path, m_server->server.url());
        QSignalSpy removed(&sender.outbox, &Outbox::removed);
        sender.outbox.start();
        QVERIFY(sender.outbox.react(talk, messageNamed(u"m"_s), u"+"_s));
        QVERIFY(sender.outbox.enqueue(talk, u"Then"_s));
        QTRY_COMPARE(sender.outbox.waitingCount(), 0);
        QCOMPARE(removed.count(), 1);
        const auto gone = removed.front().front().value<Command>();
        QCOMPARE(gone.failure->reason, u"MESSAGE_DELETED"_s);
        QVERIFY(sender.waiting().isEmpty());
        QCOMPARE(m_server->contents(), QStringList{u"Then"_s});
        QVERIFY(sender.store->outbox().all().empty());
    }
    void onlyOneOfAConversationAtATime()
    {
        m_server->trouble = [](const ScriptedRequest &) { return ScriptedAnswer::held(); };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QVERIFY(sender.outbox.enqueue(talk, u"Second"_s));
        QVERIFY(sender.outbox.enqueue(conversationNamed(u"other"_s), u"Elsewhere"_s));
        QTRY_COMPARE(m_server->requests, 2);
        QCOMPARE(sender.waiting(), (QStringList{u"First~"_s, u"Second"_s}));
    }
    void networkTrouble_isTriedAgain_withLongerAndLongerPauses()
    {
        m_server->trouble = [](const ScriptedRequest &) { return ScriptedAnswer::hangUp(); };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        for (const int pause : {1, 2, 4, 8}) {
            QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
            QCOMPARE(sender.scheduler.untilNext(), std::chrono::seconds(pause));
            sender.scheduler.advance(std::chrono::seconds(pause));
        }
        QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
        m_server->trouble = nullptr;
        sender.outbox.sendNow();
        QTRY_VERIFY(sender.waiting().isEmpty());
        QCOMPARE(m_server->contents(), QStringList{u"First"_s});
    }
    void rateLimit_isRespected()
    {
        m_server->trouble = [](const ScriptedRequest &) {
            return ScriptedAnswer::error(429, "RATE_LIMITED").with("Retry-After", "17");
        };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
        QCOMPARE(sender.scheduler.untilNext(), std::chrono::seconds(17));
        QCOMPARE(sender.outbox.waitingCount(), 1);
    }
    void absurdRetryAfter_isCut()
    {
        m_server->trouble = [](const ScriptedRequest &) {
            return ScriptedAnswer::error(503, "UNAVAILABLE").with("Retry-After", "999999999");
        };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
        QVERIFY(sender.scheduler.untilNext() <= std::chrono::minutes(5));
    }
    void refusal_isFinal_andTheNextGoesOn_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<ErrorCode>("expected");
        QTest::newRow("forbidden") << 403 << QByteArray("BLOCKED") << ErrorCode::Forbidden;
        QTest::newRow("not found") << 404 << QByteArray("NOT_FOUND") << ErrorCode::NotFound;
        QTest::newRow("invalid") << 400 << QByteArray("VALIDATION_ERROR") << ErrorCode::Invalid;
    }
    void refusal_isFinal_andTheNextGoesOn()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(ErrorCode, expected);
        m_server->trouble = [&](const ScriptedRequest &request) {
            return request.body.contains("First") ? std::optional(ScriptedAnswer::error(status, code)) : std::nullopt;
        };
        {
            Sender sender(m_path, m_server->server.url());
            sender.outbox.start();
            const auto first = sender.outbox.enqueue(talk, u"First"_s);
            QVERIFY(sender.outbox.enqueue(talk, u"Second"_s));
            QTRY_COMPARE(sender.waiting(), QStringList{u"First!"_s});
            QCOMPARE(sender.outbox.find(*first)->failure->code, expected);
            QCOMPARE(sender.outbox.waitingCount(), 0);
            QCOMPARE(m_server->contents(), QStringList{u"Second"_s});
        }
        Sender again(m_path, m_server->server.url()); // the reason is kept
        QCOMPARE(again.waiting(), QStringList{u"First!"_s});
        const QString id = again.outbox.pendingOf(talk).front().clientMessageId;
        QCOMPARE(again.outbox.find(id)->failure->code, expected);
        again.outbox.start();
        m_server->trouble = nullptr;
        QVERIFY(again.outbox.enqueue(talk, u"Third"_s));
        QVERIFY(again.outbox.retry(id));
        QTRY_VERIFY(again.waiting().isEmpty());
        QCOMPARE(m_server->contents(), (QStringList{u"Second"_s, u"Third"_s, u"First"_s}));
        QVERIFY(!again.outbox.retry(id));
    }
    void removed_isForgotten()
    {
        Sender sender(m_path, m_server->server.url());
        const auto first = sender.outbox.enqueue(talk, u"First"_s);
        QSignalSpy removed(&sender.outbox, &Outbox::removed);
        QVERIFY(sender.outbox.remove(*first));
        QCOMPARE(removed.count(), 1);
        QCOMPARE(sender.outbox.waitingCount(), 0);
        QVERIFY(sender.store->outbox().all().empty());
        QCOMPARE(sender.outbox.remove(*first).error().code, ErrorCode::NotFound);
    }
    void serversOwnFailure_isTriedSomeTimesOnly()
    {
        m_server->trouble = [](const ScriptedRequest &) { return ScriptedAnswer::error(500, "INTERNAL_ERROR"); };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        for (int i = 0; i < 4; ++i) {
            QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
            sender.scheduler.advance(sender.scheduler.untilNext());
        }
        QTRY_COMPARE(sender.waiting(), QStringList{u"First!"_s});
        QCOMPARE(m_server->requests, 5);
    }
    void lostAnswer_isAskedForAgain_andNothingIsDoubled()
    {
        m_server->trouble = [this](const ScriptedRequest &request) -> std::optional<ScriptedAnswer> {
            if (m_server->requests > 1)
                return std::nullopt;
            std::ignore = m_server->accept(request); // it has it, and we hear that it has not
            return ScriptedAnswer::error(503, "UNAVAILABLE");
        };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
        sender.scheduler.advance(std::chrono::seconds(1));
        QTRY_VERIFY(sender.waiting().isEmpty());
        QCOMPARE(m_server->contents(), QStringList{u"First"_s});
        QCOMPARE(m_server->requests, 2);
    }
    void silence_isTriedAgain_andALateAnswerStillCounts()
    {
        m_server->trouble = [](const ScriptedRequest &) { return ScriptedAnswer::held(); };
        Sender sender(m_path, m_server->server.url());
        QSignalSpy sent(&sender.outbox, &Outbox::sent);
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QTRY_COMPARE(m_server->requests, 1);
        sender.scheduler.advance(std::chrono::seconds(30));
        QCOMPARE(sender.waiting(), QStringList{u"First"_s});
        sender.scheduler.advance(std::chrono::seconds(1));
        QTRY_COMPARE(m_server->requests, 2);
        for (ScriptedExchange *const exchange : m_server->server.held(QString(Routes::messages)))
            exchange->answer(m_server->accept(exchange->request()));
        QTRY_COMPARE(sent.count(), 1);
        QTest::qWait(0);
        QCOMPARE(sent.count(), 1);
        QCOMPARE(m_server->contents(), QStringList{u"First"_s});
    }
    void eventBeforeTheAnswer_isTheAnswer()
    {
        m_server->trouble = [](const ScriptedRequest &) { return ScriptedAnswer::held(); };
        Sender sender(m_path, m_server->server.url());
        QSignalSpy sent(&sender.outbox, &Outbox::sent);
        sender.outbox.start();
        const auto id = sender.outbox.enqueue(talk, u"First"_s);
        QTRY_COMPARE(m_server->requests, 1);
        Message message = messageFrom(ana, talk, 1, u"First"_s);
        message.clientMessageId = *id;
        sender.outbox.acknowledge(message);
        sender.outbox.acknowledge(message);
        QCOMPARE(sent.count(), 1);
        Message theirs = messageFrom(bo, talk, 2);
        theirs.clientMessageId = *sender.outbox.enqueue(talk, u"Second"_s);
        sender.outbox.acknowledge(theirs); // somebody else's id says nothing
        QCOMPARE(sender.outbox.waitingCount(), 1);
    }
    void answerThatIsAnotherMessage_isNotBelieved()
    {
        m_server->trouble = [](const ScriptedRequest &) {
            Message other = messageFrom(bo, talk, 1, u"Not yours"_s);
            return ScriptedAnswer::data(toJson(other), 201);
        };
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
        QTRY_COMPARE(m_server->requests, 1);
        QTRY_COMPARE(sender.waiting(), QStringList{u"First"_s});
        QCOMPARE(sender.store->messages().last(talk), 0);
    }
    void pastedControlCharacters_neverMakeAMessageThatCannotBeSent()
    {
        Sender sender(m_path, m_server->server.url());
        QSignalSpy sent(&sender.outbox, &Outbox::sent);
        const auto id = sender.outbox.enqueue(talk, u"line\vafter a soft break \u001b[31mred\u001b[0m"_s);
        QVERIFY(id);
        const QString clean = u"line\nafter a soft break [31mred[0m"_s;
        QCOMPARE(sender.outbox.find(*id)->content, clean); // as it is shown while it waits
        sender.outbox.start();
        QTRY_COMPARE(sent.count(), 1);
        QCOMPARE(m_server->contents(), QStringList{clean});
    }
    void controlCharactersOfAnOlderVersion_areNotSent()
    {
        {
            const auto store = std::move(*LocalStore::open(m_path));
            Command old;
            old.clientMessageId = u"c-1"_s;
            old.conversation = talk;
            old.content = u"a\fb\u0007"_s;
            QVERIFY(store->outbox().insert(old));
        }
        Sender sender(m_path, m_server->server.url());
        sender.outbox.start();
        QTRY_VERIFY(sender.waiting().isEmpty());
        QCOMPARE(m_server->contents(), QStringList{u"a\nb"_s});
    }
    void limits_areChecked()
    {
        Sender sender(m_path, m_server->server.url());
        QCOMPARE(sender.outbox.enqueue(talk, u"  \n "_s).error().code, ErrorCode::Invalid);
        QCOMPARE(sender.outbox.enqueue(talk, u"\u200b\u2060\u0007"_s).error().code, ErrorCode::Invalid);
        QCOMPARE(sender.outbox.enqueue(talk, QString(Limits::messageCharacters + 1, u'x')).error().code,
                 ErrorCode::TooLarge);
        QString emoji;
        for (int i = 0; i < Limits::messageCharacters; ++i)
            emoji += u"\U0001F600"_s;
        QVERIFY(sender.outbox.enqueue(talk, emoji));
    }

    void restart_sendsWhatWaited()
    {
        {
            Sender sender(m_path, m_server->server.url());
            QVERIFY(sender.outbox.enqueue(talk, u"First"_s));
            QVERIFY(sender.outbox.enqueue(talk, u"Second"_s));
        }
        Sender sender(m_path, m_server->server.url());
        QCOMPARE(sender.outbox.waitingCount(), 2);
        sender.outbox.start();
        QTRY_VERIFY(sender.waiting().isEmpty());
        QCOMPARE(m_server->contents(), (QStringList{u"First"_s, u"Second"_s}));
    }
    void killed_sendsEverythingOnceAndInOrder()
    {
        constexpr int count = 60;
        int killAt = 7;
        QProcess process;
        // The process dies while the server has a message of which it knows nothing, and once before that.
        m_server->trouble = [&](const ScriptedRequest &request) -> std::optional<ScriptedAnswer> {
            if (m_server->requests != killAt)
                return std::nullopt;
            if (killAt == 7)
                std::ignore = m_server->accept(request);
            process.kill(); // SIGKILL
            return ScriptedAnswer::hangUp();
        };
        const auto run = [&](int toWrite) {
            process.start(QString::fromLocal8Bit(OUTBOX_PROBE),
                          {m_path, m_server->server.url().toString(), talk.toString(), QString::number(toWrite)});
            return process.waitForStarted();
        };
        QVERIFY(run(count));
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20'000);
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        killAt = 21;
        QVERIFY(run(0));
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20'000);
        killAt = -1;
        QVERIFY(run(0));
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardOutput()).contains("empty"), 20'000);
        process.kill();
        QVERIFY(process.waitForFinished());
        QStringList expected;
        for (int i = 1; i <= count; ++i)
            expected.append(u"Message %1"_s.arg(i));
        QCOMPARE(m_server->contents(), expected);
        const auto store = std::move(*LocalStore::open(m_path));
        QVERIFY(store->outbox().all().empty());
        QCOMPARE(store->messages().count(), count);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<MessageServer> m_server;
};

TERTULIA_TEST(tst_outbox, TestOutbox)
#include "tst_outbox.moc"
