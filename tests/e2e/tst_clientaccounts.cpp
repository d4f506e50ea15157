// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts of the client library on the real server: two people, each with a profile of their own.

#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "client/session/accountmanager.h"
#include "client/session/serverprobe.h"
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "protocol/names.h"
#include "support/futures.h"
#include "support/testmain.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

using Connectivity = Account::Connectivity;

namespace {

const auto password = u"correct horse battery"_s;
constexpr int patience = 20'000; // milliseconds; a loaded machine is slow, a hung test must end

/// One person's program: a profile folder and a secret store that outlive restarts of it.
class Person
{
public:
    explicit Person(QString name)
        : m_name(std::move(name))
        , m_secrets(true)
    {
        start();
    }
    void start()
    {
        m_manager = std::make_unique<AccountManager>(m_folder.path(), m_secrets, m_clock);
        m_manager->setDeviceName(m_name + u"'s laptop"_s);
    }
    void quit() { m_manager.reset(); }

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] AccountManager &manager() { return *m_manager; }
    [[nodiscard]] Account &account() { return *m_manager->accounts().at(0); }
    [[nodiscard]] Connectivity connectivity() { return account().connectivity(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    [[nodiscard]] QByteArray registerAt(const QUrl &server)
    {
        return why(await(m_manager->registerAccount(server, m_name, m_name, password)));
    }
    [[nodiscard]] QByteArray signInAt(const QUrl &server)
    {
        return why(await(m_manager->signIn(server, m_name, password)));
    }
    /// The texts of a conversation, oldest first, own ones with what became of them: "hello/read".
    [[nodiscard]] QStringList timeline(const ConversationId &id)
    {
        Timeline *timeline = account().conversations().open(id);
        QStringList lines;
        for (int row = timeline ? timeline->count() - 1 : -1; row >= 0; --row) {
            const Message &message = timeline->at(row).message;
            const auto status = EnumNames<MessageStatus>::names[size_t(timeline->statusOf(timeline->at(row)))];
            const bool isOwn = message.senderId == account().info().userId;
            lines.append(isOwn ? message.content + u'/' + QString::fromLatin1(status.data(), qsizetype(status.size()))
                               : message.content);
        }
        return lines;
    }
    [[nodiscard]] QByteArray send(const ConversationId &id, const QString &text)
    {
        return why(account().conversations().send(id, text));
    }
    void readAll(const ConversationId &id)
    {
        if (const ConversationEntry *entry = account().conversations().find(id))
            account().conversations().markRead(id, entry->lastSequence());
    }

private:
    QString m_name;
    QTemporaryDir m_folder;
    MemorySecretStore m_secrets;
    SystemClock m_clock;
    std::unique_ptr<AccountManager> m_manager;
};

QStringList serverArguments()
{
    return {u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s};
}

} // namespace

class TestAccounts : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;
    QTemporaryDir m_data;
    std::unique_ptr<Person> m_ana, m_bo;
    ConversationId m_conversation;

    void startServer(const QString &listen = {})
    {
        m_server = std::make_unique<ServerProcess>(m_data.path());
        if (!listen.isEmpty())
            m_server->listenOn(listen);
        QVERIFY2(m_server->start(serverArguments()), qPrintable(m_server->why()));
    }
    QString address() const { return u"127.0.0.1:%1"_s.arg(m_server->url().port()); }

private Q_SLOTS:
    void initTestCase()
    {
        startServer();
        m_ana = std::make_unique<Person>(u"ana"_s);
        m_bo = std::make_unique<Person>(u"bo"_s);
    }
    void cleanupTestCase()
    {
        m_ana.reset();
        m_bo.reset();
        m_server.reset();
    }

    void a_theServerIsFound()
    {
        ServerProbe probe;
        const auto found = await(probe.check(address()));
        QVERIFY2(found, why(found).constData());
        QCOMPARE(found->url, m_server->url());
        QVERIFY(found->isHealthy);
        QVERIFY(!found->version.isEmpty());
    }

    void b_peopleRegister()
    {
        QCOMPARE(m_ana->registerAt(m_server->url()), QByteArray());
        QCOMPARE(m_bo->registerAt(m_server->url()), QByteArray());
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::Online, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->connectivity(), Connectivity::Online, patience);
        const auto taken = await(m_ana->manager().registerAccount(m_server->url(), u"bo"_s, u"Bo"_s, password));
        QCOMPARE(taken.error().code, ErrorCode::Conflict);
        const auto wrong = await(m_ana->manager().signIn(m_server->url(), u"bo"_s, u"wrong pass word"_s));
        QCOMPARE(wrong.error().code, ErrorCode::Unauthenticated);
        QCOMPARE(m_ana->manager().accounts().size(), 1U);
    }

    void c_theyTalkBothWays()
    {
        const auto opened = await(m_ana->account().conversations().openDirect(m_bo->account().info().userId));
        QVERIFY2(opened, why(opened).constData());
        m_conversation = *opened;
        QCOMPARE(m_ana->send(m_conversation, u"hello"_s), QByteArray());
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->account().conversations().unreadTotal(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->timeline(m_conversation), QStringList{u"hello/delivered"_s}, patience);
        QCOMPARE(m_bo->send(m_conversation, u"hello yourself"_s), QByteArray());
        m_bo->readAll(m_conversation);
        const QStringList anas{u"hello/read"_s, u"hello yourself"_s};
        const QStringList bos{u"hello"_s, u"hello yourself/delivered"_s};
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->timeline(m_conversation), anas, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->timeline(m_conversation), bos, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->account().presence().isOnline(m_bo->account().info().userId), patience);
    }

    void d_theServerRestarts()
    {
        const QString listen = address();
        m_server->kill();
        m_server.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->connectivity() != Connectivity::Online, patience);
        QCOMPARE(m_ana->send(m_conversation, u"are you there?"_s), QByteArray());
        QCOMPARE(m_ana->send(m_conversation, u"it seems not"_s), QByteArray());
        QCOMPARE(m_ana->timeline(m_conversation).last(), u"it seems not/sending"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::Offline, patience);
        startServer(listen);
        m_ana->account().connectNow();
        m_bo->account().connectNow();
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::Online, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->connectivity(), Connectivity::Online, patience);
        const QStringList anas{u"hello/read"_s, u"hello yourself"_s, u"are you there?/delivered"_s,
                               u"it seems not/delivered"_s};
        const QStringList bos{u"hello"_s, u"hello yourself/delivered"_s, u"are you there?"_s, u"it seems not"_s};
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->timeline(m_conversation), anas, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->timeline(m_conversation), bos, patience);
        QCOMPARE(m_ana->account().outbox().waitingCount(), 0);
    }

    void e_theProgramRestarts()
    {
        m_ana->quit();
        QCOMPARE(m_bo->send(m_conversation, u"while you were away"_s), QByteArray());
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->account().outbox().waitingCount(), 0, patience);
        m_ana->start();
        QVERIFY(m_ana->manager().restore());
        QVERIFY(m_ana->account().conversations().find(m_conversation)); // from the cache, at once
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::Online, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->timeline(m_conversation).value(4), u"while you were away"_s, patience);
    }

    void f_theSessionIsRevokedElsewhere()
    {
        QSignalSpy ended(&m_ana->account(), &Account::sessionEnded);
        // Another device of hers looks at the list and ends the laptop's session.
        Person phone(u"ana"_s);
        QCOMPARE(phone.signInAt(m_server->url()), QByteArray());
        QVERIFY(await(phone.account().api().remove<void>(Routes::sessions)));
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::SessionEnded, patience);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(m_ana->send(m_conversation, u"written after the end"_s), QByteArray());
        QCOMPARE(m_ana->timeline(m_conversation).last(), u"written after the end/sending"_s);
        QVERIFY(!await(m_ana->account().api().get<Profile>(Routes::me)));
        // She restarts: the account is still there and still wants a sign-in.
        m_ana->quit();
        m_ana->start();
        QVERIFY(m_ana->manager().restore());
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::SessionEnded, patience);
        QCOMPARE(m_ana->account().outbox().waitingCount(), 1);
        const QString accountId = m_ana->account().info().accountId;
        QCOMPARE(m_ana->signInAt(m_server->url()), QByteArray());
        QCOMPARE(m_ana->manager().accounts().size(), 1U);
        QCOMPARE(m_ana->account().info().accountId, accountId);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->connectivity(), Connectivity::Online, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_bo->timeline(m_conversation).last(), u"written after the end"_s, patience);
        QCOMPARE(m_ana->account().outbox().waitingCount(), 0);
    }

    void g_shortTokens_areRenewedWithoutNotice()
    {
        ServerProcess server;
        QVERIFY2(server.start(serverArguments() + QStringList{u"--set"_s, u"auth.access_lifetime=2s"_s}),
                 qPrintable(server.why()));
        Person cleo(u"cleo"_s);
        QCOMPARE(cleo.registerAt(server.url()), QByteArray());
        QTRY_COMPARE_WITH_TIMEOUT(cleo.connectivity(), Connectivity::Online, patience);
        QSignalSpy renewed(&cleo.account().tokens(), &TokenKeeper::renewed);
        QSignalSpy ended(&cleo.account(), &Account::sessionEnded);
        const auto askedAgain = [&] {
            return await(cleo.account().api().get<Profile>(Routes::me)) && renewed.size() > 1;
        };
        QVERIFY(QTest::qWaitFor(askedAgain, patience));
        QCOMPARE(ended.size(), 0);
    }

    void h_twoServers_standSideBySide()
    {
        ServerProcess other;
        QVERIFY2(other.start(serverArguments()), qPrintable(other.why()));
        QCOMPARE(m_ana->registerAt(other.url()), QByteArray());
        QCOMPARE(m_ana->manager().accounts().size(), 2U);
        Account *second = m_ana->manager().accounts().at(1);
        QTRY_COMPARE_WITH_TIMEOUT(second->connectivity(), Connectivity::Online, patience);
        QCOMPARE(m_ana->connectivity(), Connectivity::Online);
        QCOMPARE(second->conversations().count(), 0);
        QVERIFY(m_ana->account().conversations().count() > 0);
        const QString folder = second->folder();
        QVERIFY(await(m_ana->manager().signOut(second->info().accountId)));
        QTRY_VERIFY(!QFile::exists(folder));
        QCOMPARE(m_ana->manager().accounts().size(), 1U);
        QCOMPARE(m_ana->connectivity(), Connectivity::Online);
    }

    void i_strangersLockTheName_andTheDeviceSignsInAllTheSame()
    {
        ServerProcess server;
        QVERIFY2(server.start(serverArguments()
                              + QStringList{u"--set"_s, u"server.trusted_proxies=127.0.0.1"_s, u"--set"_s,
                                            u"auth.lockout_failures_everywhere=10"_s}),
                 qPrintable(server.why()));
        Person dora(u"dora"_s);
        QCOMPARE(dora.registerAt(server.url()), QByteArray());
        // The session ends on the device itself, which stays known; with signOut() the program would forget it, too.
        QVERIFY(await(dora.account().api().post<void>(Routes::logout)));
        QTRY_COMPARE_WITH_TIMEOUT(dora.connectivity(), Connectivity::SessionEnded, patience);
        dora.quit();
        const QByteArray guess = R"({"username":"dora","password":"wrong horse battery"})";
        for (const char *const network : {"192.0.2.1", "198.51.100.1"}) {
            RestClient stranger(server.url());
            for (int i = 0; i < 5; ++i) {
                const RestReply refused = stranger.request(
                    "POST", Routes::login, guess, {{"Content-Type", "application/json"}, {"X-Forwarded-For", network}});
                QCOMPARE(refused.status, 401);
            }
        }
        Person newDevice(u"dora"_s);
        const auto locked = await(newDevice.manager().signIn(server.url(), u"dora"_s, password));
        QCOMPARE(locked.error().code, ErrorCode::RateLimited);
        dora.start();
        QVERIFY(dora.manager().restore());
        QTRY_COMPARE_WITH_TIMEOUT(dora.connectivity(), Connectivity::SessionEnded, patience);
        QCOMPARE(dora.signInAt(server.url()), QByteArray());
        QTRY_COMPARE_WITH_TIMEOUT(dora.connectivity(), Connectivity::Online, patience);
    }

    void j_noTokenIsOnTheDisk()
    {
        const auto token = await(m_ana->account().tokens().accessToken());
        QVERIFY(token);
        const QByteArrayList secrets{token->toUtf8(), m_ana->account().tokens().refreshToken().toUtf8(),
                                     password.toUtf8()};
        QDirIterator files(m_ana->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            ++count;
            for (const QByteArray &secret : secrets)
                QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
        }
        QVERIFY(count >= 2);
        for (const QByteArray &secret : secrets)
            QVERIFY(!m_server->log().contains(secret));
    }
};

TERTULIA_TEST(tst_clientaccounts, TestAccounts)
#include "tst_clientaccounts.moc"
