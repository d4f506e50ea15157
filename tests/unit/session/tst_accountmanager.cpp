// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts as a program meets them, against a scripted server whose hubs are down: what is kept where, and what is not.

#include "client/contacts/directory.h"
#include "client/conversations/outbox.h"
#include "client/session/accountmanager.h"
#include "client/transport/networkreasons.h"
#include "protocol/names.h"
#include "support/brokensecretstore.h"
#include "support/fakeclock.h"
#include "support/futures.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const auto anaId = u"0190f5a2-0000-7000-8000-000000000001"_s;
const auto negotiateChat = u"/hubs/chat/negotiate"_s;
const auto negotiateOnline = u"/hubs/chat-online/negotiate"_s;

QByteArray authJson(const QByteArray &number, const QString &userId = anaId)
{
    return R"({"accessToken":"access-)" + number + R"(","refreshToken":"refresh-)" + number
        + R"(","expiresIn":900,"user":{"id":")" + userId.toLatin1() + R"(","fullName":"Ana Torres","username":"ana"}})";
}

QByteArray withDevice(QByteArray auth, const QByteArray &token)
{
    return auth.replace("{\"accessToken\"", "{\"deviceToken\":\"" + token + "\",\"accessToken\"");
}

/// A server that signs people in and whose hubs are down.
std::unique_ptr<ScriptedServer> makeServer()
{
    auto server = std::make_unique<ScriptedServer>();
    for (const QString &hub : {negotiateChat, negotiateOnline})
        server->always("POST", hub, ScriptedAnswer::error(503, "UNAVAILABLE"));
    server->always("POST", Routes::logout, ScriptedAnswer::data("{}"));
    server->always("POST", Routes::messages, ScriptedAnswer::error(503, "UNAVAILABLE"));
    for (const auto list : {Routes::conversations, Routes::sync})
        server->always("GET", list, ScriptedAnswer::error(503, "UNAVAILABLE"));
    return server;
}

} // namespace

class TestAccountManager : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<MemorySecretStore> m_secrets;
    std::unique_ptr<AccountManager> m_manager;
    FakeClock m_clock;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] std::unique_ptr<AccountManager> makeManager()
    {
        return std::make_unique<AccountManager>(m_folder->path(), *m_secrets, m_clock);
    }
    Result<Account *> signIn(const QByteArray &number)
    {
        m_server->expect("POST", Routes::login, ScriptedAnswer::data(authJson(number)));
        return await(m_manager->signIn(m_server->url(), u"ana"_s, u"a pass word"_s));
    }
    [[nodiscard]] QByteArray everyFile() const
    {
        QByteArray all;
        QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }
    void writeAccounts(const QByteArray &json) const
    {
        QFile file(path(u"accounts.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = makeServer();
        m_secrets = std::make_unique<MemorySecretStore>(true);
        m_manager = makeManager();
    }
    void cleanup() { m_manager.reset(); }

    void signingIn_makesAnAccount()
    {
        QSignalSpy added(m_manager.get(), &AccountManager::added);
        m_manager->setDeviceName(u"Ana's laptop"_s);
        m_server->expect("POST", Routes::login, [](const ScriptedRequest &request) {
            const QJsonObject body = request.json();
            return body[u"username"_s] == u"ana"_s && body[u"password"_s] == u"a pass word"_s
                    && body[u"deviceName"_s] == u"Ana's laptop"_s && !body.contains(u"email"_s)
                ? ScriptedAnswer::data(authJson("1"))
                : ScriptedAnswer::error(400, "VALIDATION_ERROR");
        });
        const auto account = await(m_manager->signIn(m_server->url(), u"ana"_s, u"a pass word"_s));
        QVERIFY2(account, why(account).constData());
        const AccountInfo info = (*account)->info();
        QCOMPARE(info.server, m_server->url());
        QCOMPARE(info.userId.toString(), anaId);
        QCOMPARE(info.fullName, u"Ana Torres"_s);
        QCOMPARE(added.size(), 1);
        QCOMPARE(m_manager->accounts().size(), 1U);
        QCOMPARE(m_manager->account(info.accountId), *account);
        QVERIFY(m_manager->areSecretsPersistent());
        QCOMPARE(m_secrets->secrets(), (QHash<QString, QByteArray>{{u"session/"_s + info.accountId, "refresh-1"}}));
        const auto ownerOnly =
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
        QCOMPARE(QFile::permissions(path(u"accounts.json"_s)), ownerOnly);
        QCOMPARE(QFile::permissions((*account)->folder()), ownerOnly | QFileDevice::ExeOwner | QFileDevice::ExeUser);
    }

    void emailAddress_isSentAsSuch()
    {
        m_server->expect("POST", Routes::login, [](const ScriptedRequest &request) {
            return request.json()[u"email"_s] == u"ana@example.org"_s ? ScriptedAnswer::data(authJson("1"))
                                                                      : ScriptedAnswer::hangUp();
        });
        QVERIFY(await(m_manager->signIn(m_server->url(), u"ana@example.org"_s, u"p"_s)));
    }

    void secrets_areOnNoDisk()
    {
        QVERIFY(signIn("1"));
        (void)await(m_manager->accounts()[0]->api().get<void>(u"/x"_s));
        const QByteArray all = everyFile();
        QVERIFY(all.contains("Ana Torres"));
        for (const auto *secret : {"access-1", "refresh-1", "a pass word"})
            QVERIFY2(!all.contains(secret), secret);
    }

    void refusal_leavesNothing()
    {
        m_server->expect("POST", Routes::login, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        const auto account = await(m_manager->signIn(m_server->url(), u"ana"_s, u"wrong"_s));
        QCOMPARE(account.error().code, ErrorCode::Unauthenticated);
        QVERIFY(m_manager->accounts().empty());
        QVERIFY(QDir(m_folder->path()).isEmpty());
    }

    void registering_isSigningIn()
    {
        m_server->expect("POST", Routes::authRegister, [](const ScriptedRequest &request) {
            const QJsonObject body = request.json();
            return body[u"username"_s] == u"ana"_s && body[u"fullName"_s] == u"Ana Torres"_s
                ? ScriptedAnswer::data(authJson("1"), 201)
                : ScriptedAnswer::hangUp();
        });
        QVERIFY(await(m_manager->registerAccount(m_server->url(), u"ana"_s, u"Ana Torres"_s, u"p"_s)));
        QCOMPARE(m_manager->accounts().size(), 1U);
    }

    void cancelling_aborts()
    {
        m_server->expect("POST", Routes::login, ScriptedAnswer::held());
        auto future = m_manager->signIn(m_server->url(), u"ana"_s, u"p"_s);
        QTRY_COMPARE(m_server->held(Routes::login).size(), 1U);
        future.cancel();
        QTRY_COMPARE(m_server->connectionCount(), 0);
        QVERIFY(m_manager->accounts().empty());
    }

    void sameUserAgain_isTheSameAccount()
    {
        const auto first = signIn("1");
        const auto second = signIn("2");
        QCOMPARE(*first, *second);
        QCOMPARE(m_manager->accounts().size(), 1U);
        QCOMPARE(m_secrets->secrets().size(), 1);
        QCOMPARE(m_secrets->secrets().cbegin().value(), "refresh-2");
        QTRY_COMPARE(m_server->count(Routes::logout), 1); // of the session before
    }

    void servers_areApart()
    {
        // The same user id on two servers: two strangers.
        const auto other = makeServer();
        other->expect("POST", Routes::login, ScriptedAnswer::data(authJson("9")));
        const auto first = signIn("1");
        const auto second = await(m_manager->signIn(other->url(), u"ana"_s, u"p"_s));
        QVERIFY(*first != *second);
        QVERIFY((*first)->folder() != (*second)->folder());
        QCOMPARE(m_secrets->secrets().size(), 2);
        QVERIFY((*first)->outbox().enqueue(ConversationId::generate(), u"for the first"_s));
        QCOMPARE((*first)->outbox().waitingCount(), 1);
        QCOMPARE((*second)->outbox().waitingCount(), 0);
    }

    void restart_findsTheAccounts()
    {
        const auto account = signIn("1");
        const AccountInfo info = (*account)->info();
        QVERIFY((*account)->outbox().enqueue(ConversationId::generate(), u"unsent"_s));
        m_manager = makeManager();
        m_server->expect("POST", Routes::refreshToken, [](const ScriptedRequest &request) {
            return request.json()[u"refreshToken"_s] == u"refresh-1"_s ? ScriptedAnswer::data(authJson("2"))
                                                                       : ScriptedAnswer::error(401, "UNAUTHORIZED");
        });
        QSignalSpy added(m_manager.get(), &AccountManager::added);
        QVERIFY(m_manager->restore());
        QCOMPARE(added.size(), 1);
        Account *restored = m_manager->accounts().at(0);
        QCOMPARE(restored->info(), info);
        QCOMPARE(restored->outbox().waitingCount(), 1);
        QTRY_COMPARE(m_secrets->secrets().cbegin().value(), "refresh-2");
        QTRY_COMPARE(restored->connectivity(), Account::Connectivity::Offline);
        QCOMPARE(m_server->count(Routes::refreshToken), 1);
        QVERIFY2(m_server->isDone(), qPrintable(m_server->why()));
    }

    void unreachableServer_isOffline_notTheEnd()
    {
        const auto account = signIn("1");
        QTRY_COMPARE((*account)->connectivity(), Account::Connectivity::Offline);
        m_server->stop();
        m_manager = makeManager();
        QVERIFY(m_manager->restore());
        Account *restored = m_manager->accounts().at(0);
        QCOMPARE(restored->connectivity(), Account::Connectivity::Connecting);
        QTRY_COMPARE(restored->connectivity(), Account::Connectivity::Offline);
        QVERIFY(!m_secrets->secrets().isEmpty());
        restored->connectNow();
        QCOMPARE(restored->connectivity(), Account::Connectivity::Connecting);
    }

    void lostSecret_wantsASignIn_andKeepsTheRest()
    {
        const auto account = signIn("1");
        const QString id = (*account)->info().accountId;
        QVERIFY((*account)->outbox().enqueue(ConversationId::generate(), u"unsent"_s));
        m_manager.reset();
        m_secrets = std::make_unique<MemorySecretStore>(true);
        m_manager = makeManager();
        QVERIFY(m_manager->restore());
        Account *restored = m_manager->accounts().at(0);
        QTRY_COMPARE(restored->connectivity(), Account::Connectivity::SessionEnded);
        restored->connectNow();
        QCOMPARE(restored->connectivity(), Account::Connectivity::SessionEnded);
        const auto again = signIn("2");
        QCOMPARE(*again, restored);
        QCOMPARE(restored->info().accountId, id);
        QCOMPARE(restored->outbox().waitingCount(), 1);
        QVERIFY(restored->connectivity() != Account::Connectivity::SessionEnded);
    }

    void revokedSession_ends_andKeepsTheRest()
    {
        const auto account = signIn("1");
        QVERIFY((*account)->outbox().enqueue(ConversationId::generate(), u"unsent"_s));
        QSignalSpy ended(*account, &Account::sessionEnded);
        for (const QString &hub : {negotiateChat, negotiateOnline})
            m_server->always("POST", hub, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        (*account)->connectNow();
        QTRY_COMPARE((*account)->connectivity(), Account::Connectivity::SessionEnded);
        QCOMPARE(ended.size(), 1);
        QVERIFY(m_secrets->secrets().isEmpty());
        QCOMPARE((*account)->outbox().waitingCount(), 1);
        QCOMPARE(m_manager->accounts().size(), 1U);
        const int asked = m_server->count(negotiateChat);
        (*account)->connectNow();
        QCOMPARE(m_server->count(negotiateChat), asked);
        QVERIFY2(m_server->isDone(), qPrintable(m_server->why()));
    }

    void deviceToken_comesWithTheNextSignIn_andIsOnNoDisk_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("sent");
        QTest::newRow("the name") << u"ana"_s << u"device-1"_s;
        QTest::newRow("in capitals") << u"ANA"_s << u"device-1"_s;
        QTest::newRow("an address, of one account") << u"ana@example.org"_s << u"device-1"_s;
        QTest::newRow("somebody else") << u"bob"_s << QString();
    }
    void deviceToken_comesWithTheNextSignIn_andIsOnNoDisk()
    {
        QFETCH(const QString, user);
        QFETCH(const QString, sent);
        m_server->expect("POST", Routes::login, [](const ScriptedRequest &request) {
            return request.json().contains(u"deviceToken"_s)
                ? ScriptedAnswer::hangUp()
                : ScriptedAnswer::data(withDevice(authJson("1"), "device-1"));
        });
        const auto first = await(m_manager->signIn(m_server->url(), u"ana"_s, u"p"_s));
        QVERIFY2(first, why(first).constData());
        // The session ends; in the next life of the program somebody signs in again.
        m_manager = makeManager();
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        QVERIFY(m_manager->restore());
        QTRY_COMPARE(m_manager->accounts().at(0)->connectivity(), Account::Connectivity::SessionEnded);
        m_server->expect("POST", Routes::login, [sent](const ScriptedRequest &request) {
            return request.json()[u"deviceToken"_s].toString() == sent
                ? ScriptedAnswer::data(withDevice(authJson("2"), "device-2"))
                : ScriptedAnswer::hangUp();
        });
        const auto again = await(m_manager->signIn(m_server->url(), user, u"p"_s));
        QVERIFY2(again, why(again).constData());
        const QByteArray all = everyFile();
        QVERIFY(!all.contains("device-1") && !all.contains("device-2"));
        QVERIFY(m_secrets->secrets().values().contains("device-2"));
        QVERIFY(await(m_manager->signOut((*again)->info().accountId)));
        QVERIFY(m_secrets->secrets().isEmpty());
    }

    void hubThatRefusesGoodTokens_isNotStormed()
    {
        for (const QString &hub : {negotiateChat, negotiateOnline})
            m_server->always("POST", hub, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        m_server->always("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        const auto account = signIn("1");
        QTRY_COMPARE((*account)->connectivity(), Account::Connectivity::Offline);
        QVERIFY((*account)->tokens().hasSession());
        QTest::qWait(300);
        QVERIFY(m_server->count(negotiateChat) <= 4);
    }

    void signingOut_leavesNothing()
    {
        QVERIFY(signIn("1"));
        Account *account = m_manager->accounts()[0];
        const QString id = account->info().accountId, folder = account->folder();
        QSignalSpy removed(m_manager.get(), &AccountManager::removed);
        m_server->expect("POST", Routes::logout, [](const ScriptedRequest &request) {
            return request.json()[u"refreshToken"_s] == u"refresh-1"_s ? ScriptedAnswer::data("{}")
                                                                       : ScriptedAnswer::hangUp();
        });
        const auto done = m_manager->signOut(id);
        QCOMPARE(removed.size(), 1);
        QVERIFY(m_manager->accounts().empty());
        QVERIFY(await(done));
        QTRY_VERIFY(!QFile::exists(folder));
        QVERIFY(QDir(path(u"accounts"_s)).isEmpty());
        QVERIFY(m_secrets->secrets().isEmpty());
        QVERIFY(!everyFile().contains("Ana Torres"));
        QVERIFY2(m_server->isDone(), qPrintable(m_server->why()));
        QCOMPARE(await(m_manager->signOut(id)).error().code, ErrorCode::NotFound);
    }

    void signingOutOffline_leavesNothing()
    {
        QVERIFY(signIn("1"));
        const QString folder = m_manager->accounts()[0]->folder();
        m_server->stop();
        QVERIFY(await(m_manager->signOut(m_manager->accounts()[0]->info().accountId)));
        QVERIFY(m_manager->accounts().empty());
        QTRY_VERIFY(!QFile::exists(folder));
        QVERIFY(m_secrets->secrets().isEmpty());
    }

    void signingOutAndQuitting_leavesNothing()
    {
        QVERIFY(signIn("1"));
        const QString folder = m_manager->accounts()[0]->folder();
        m_manager->signOut(m_manager->accounts()[0]->info().accountId);
        m_manager.reset();
        QVERIFY(!QFile::exists(folder));
        QVERIFY(m_secrets->secrets().isEmpty());
    }

    void signingOutInASignalOfTheAccount_isFine()
    {
        QVERIFY(signIn("1"));
        Account *account = m_manager->accounts()[0];
        connect(account, &Account::connectivityChanged, this,
                [this, id = account->info().accountId] { m_manager->signOut(id); });
        account->disconnectNow();
        QTRY_VERIFY(m_manager->accounts().empty());
    }

    void interruptedRemoval_isFinished()
    {
        QVERIFY(signIn("1"));
        m_manager.reset();
        QVERIFY(QDir().mkpath(path(u"accounts/x.gone/deep"_s)));
        m_manager = makeManager();
        QVERIFY(m_manager->restore());
        QCOMPARE(QDir(path(u"accounts"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void brokenFile_isPutAside()
    {
        writeAccounts("{\"version\":1,\"accounts\":[{]}");
        const auto restored = m_manager->restore();
        QVERIFY(!restored);
        QCOMPARE(restored.error().code, ErrorCode::Invalid);
        QVERIFY(QFile::exists(path(u"accounts.json.broken"_s)));
        QVERIFY(signIn("1"));
        QVERIFY(makeManager()->restore());
    }

    void brokenFile_isMadeAnew_ofWhatTheFoldersSay()
    {
        const auto account = signIn("1");
        QVERIFY(account);
        const QString id = (*account)->info().accountId;
        m_manager.reset();
        writeAccounts("{\"version\":1,\"acc");
        m_manager = makeManager();
        const auto restored = m_manager->restore();
        QVERIFY(!restored); // so that the person is told
        QCOMPARE(restored.error().code, ErrorCode::Invalid);
        QCOMPARE(m_manager->accounts().size(), 1U);
        QVERIFY(m_manager->account(id));
        m_manager.reset();
        m_manager = makeManager();
        QVERIFY(m_manager->restore());
        QVERIFY(m_manager->account(id));
    }

    void lostFile_isMadeAnew_thoughNobodySaysItIsBroken()
    {
        const auto account = signIn("1");
        QVERIFY(account);
        const QString id = (*account)->info().accountId;
        m_manager.reset();
        // What a broken one leaves when the disk had no room for the next.
        QVERIFY(QFile::remove(path(u"accounts.json"_s)));
        m_manager = makeManager();
        QVERIFY(m_manager->restore());
        QVERIFY(m_manager->account(id));
        QVERIFY(QFile::exists(path(u"accounts.json"_s)));
    }

    void rowsOfStrangers_areLeftOut()
    {
        const auto row = [](const QString &id, const QString &server) {
            return QJsonObject{{u"accountId"_s, id}, {u"server"_s, server}, {u"userId"_s, anaId}};
        };
        const QString first = Uuid::generate().toString(), second = Uuid::generate().toString();
        const QJsonArray rows{row(u"../../evil"_s, u"https://a.example"_s), row(first, u"file:///etc"_s),
                              row(second, u"http://127.0.0.1:1/"_s), row(second, u"http://127.0.0.1:2/"_s)};
        writeAccounts(QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"accounts"_s, rows}}).toJson());
        QVERIFY(m_manager->restore());
        QCOMPARE(m_manager->accounts().size(), 1U);
        QCOMPARE(m_manager->accounts()[0]->info().server, QUrl(u"http://127.0.0.1:1"_s));
    }

    void foldersThatCannotBeMade_failTheSignIn()
    {
        QFile file(path(u"taken"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        AccountManager manager(file.fileName(), *m_secrets, m_clock);
        m_server->expect("POST", Routes::login, ScriptedAnswer::data(authJson("1")));
        const auto account = await(manager.signIn(m_server->url(), u"ana"_s, u"p"_s));
        QCOMPARE(account.error().code, ErrorCode::Unavailable);
        QVERIFY(manager.accounts().empty());
        QTRY_COMPARE(m_server->count(Routes::logout), 1);
        QVERIFY(m_secrets->secrets().isEmpty());
    }

    void withoutASecretStore_itWorksForThisRun()
    {
        BrokenSecretStore broken(BrokenSecretStore::Kind::Forgets); // says that it keeps, and does not
        AccountManager manager(m_folder->path(), broken, m_clock);
        QSignalSpy changed(&manager, &AccountManager::secretsPersistentChanged);
        QVERIFY(manager.areSecretsPersistent());
        m_server->expect("POST", Routes::login, ScriptedAnswer::data(authJson("1")));
        const auto account = await(manager.signIn(m_server->url(), u"ana"_s, u"p"_s));
        QVERIFY2(account, why(account).constData());
        QVERIFY(!manager.areSecretsPersistent());
        QVERIFY(changed.size() >= 1);
        QVERIFY(!everyFile().contains("refresh-1"));
    }

    void newNames_areKept()
    {
        const auto account = signIn("1");
        QSignalSpy changed(*account, &Account::infoChanged);
        m_clock.advance(std::chrono::minutes(20));
        QByteArray renamed = authJson("2");
        renamed.replace("Ana Torres", "Ana Lind");
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::data(renamed));
        QVERIFY(await((*account)->tokens().accessToken()));
        QCOMPARE(changed.size(), 1);
        QVERIFY(everyFile().contains("Ana Lind"));
    }

    // By a message of another device, say.
    void ownName_thatIsHeardElsewhere_isTheAccounts()
    {
        const auto account = signIn("1");
        QSignalSpy changed(*account, &Account::infoChanged);
        (*account)->directory().hear({(*account)->info().userId, u"Ana Lind"_s, u"ana"_s, {}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE((*account)->info().fullName, u"Ana Lind"_s);
        QVERIFY(everyFile().contains("Ana Lind"));
    }

    void tokensOfSomebodyElse_changeNoNames()
    {
        const auto account = signIn("1");
        m_clock.advance(std::chrono::minutes(20));
        QByteArray other = authJson("2", u"0190f5a2-0000-7000-8000-000000000777"_s);
        other.replace("Ana Torres", "Mallory");
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::data(other));
        QVERIFY(await((*account)->tokens().accessToken()));
        QCOMPARE((*account)->info().fullName, u"Ana Torres"_s);
    }
};

TERTULIA_TEST(tst_accountmanager, TestAccountManager)
#include "tst_accountmanager.moc"
