// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An administrator at a shell, with the server running beside and without it.
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>
#include <QWebSocket>

#include <sys/stat.h>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    int code = -1;
    QString output, errors;
};

Outcome ctl(const QString &dataFolder, const QStringList &words, const QByteArray &input = {})
{
    QProcess process;
    process.start(qEnvironmentVariable("TERTULIA_CTL"), QStringList{u"--data-dir"_s, dataFolder} + words);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(30'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

Outcome add(const QString &dataFolder, const QString &name, const QStringList &more = {})
{
    return ctl(dataFolder, QStringList{u"user"_s, u"add"_s, name, u"--password-stdin"_s} + more, "first password\n");
}

QString codeOfLogin(RestClient &client, const QString &name, const QString &password)
{
    const RestReply reply =
        client.post(u"/api/Authentication/login"_s, {{u"username"_s, name}, {u"password"_s, password}});
    if (!reply.isOk())
        return reply.code();
    client.setToken(reply.data().toObject().value(u"accessToken"_s).toString());
    return u"ok"_s;
}

int statusOfMe(RestClient &client)
{
    return client.get(u"/api/Authentication/me"_s).status;
}

/// A chat hub connection that has shaken hands.
std::unique_ptr<QWebSocket> connectToHub(const QUrl &server, const QString &token)
{
    auto socket = std::make_unique<QWebSocket>();
    QStringList received;
    QObject::connect(socket.get(), &QWebSocket::textMessageReceived, socket.get(),
                     [&](const QString &text) { received.append(text); });
    QUrl url(server);
    url.setScheme(u"ws"_s);
    url.setPath(u"/hubs/chat"_s);
    url.setQuery(u"access_token="_s + token);
    socket->open(url);
    if (!QTest::qWaitFor([&] { return socket->state() == QAbstractSocket::ConnectedState; }, 10'000))
        return nullptr;
    socket->sendTextMessage(u"{\"protocol\":\"json\",\"version\":1}\x1e"_s);
    const bool isReady = QTest::qWaitFor([&] { return !received.isEmpty(); }, 10'000);
    socket->disconnect();
    return isReady ? std::move(socket) : nullptr;
}

bool isGone(const QWebSocket &socket)
{
    return socket.state() == QAbstractSocket::UnconnectedState;
}

} // namespace

class TestCtl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data = m_folder->filePath(u"data"_s);
    }

    void help_namesEveryCommand()
    {
        const Outcome help = ctl(m_data, {u"--help"_s});
        QCOMPARE(help.code, 0);
        for (const QString &command : {u"add"_s, u"list"_s, u"passwd"_s, u"role"_s, u"disable"_s, u"enable"_s})
            QVERIFY(help.output.contains(u"user "_s + command));
        QVERIFY(help.output.contains(u"doctor"_s));
        QVERIFY(help.output.contains(u"backup FOLDER"_s));
    }
    void wrongCommandLines_areRefusedWithStatusTwo_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("unknown command") << QStringList{u"user"_s, u"frob"_s};
        QTest::newRow("unknown option") << QStringList{u"doctor"_s, u"--frob"_s};
        QTest::newRow("name missing") << QStringList{u"user"_s, u"add"_s};
        QTest::newRow("password as an argument") << QStringList{u"user"_s, u"add"_s, u"ada"_s, u"secret"_s};
        QTest::newRow("option of another command") << QStringList{u"user"_s, u"list"_s, u"--password-stdin"_s};
        QTest::newRow("two sources of the password")
            << QStringList{u"user"_s, u"add"_s, u"ada"_s, u"--password-stdin"_s, u"--random-password"_s};
        QTest::newRow("no terminal to ask") << QStringList{u"user"_s, u"add"_s, u"ada"_s};
        QTest::newRow("unknown role") << QStringList{u"user"_s,   u"add"_s, u"ada"_s, u"--random-password"_s,
                                                     u"--role"_s, u"king"_s};
        QTest::newRow("unknown setting") << QStringList{u"--set"_s, u"auth.frob=1"_s, u"doctor"_s};
    }
    void wrongCommandLines_areRefusedWithStatusTwo()
    {
        QFETCH(const QStringList, words);
        const Outcome outcome = ctl(m_data, words);
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.errors.startsWith(u"tertulia-ctl: "_s));
        QVERIFY(outcome.output.isEmpty());
        QVERIFY(!QFile::exists(m_data));
    }

    void add_worksBeforeTheFirstStart()
    {
        QCOMPARE(add(m_data, u"ada"_s, {u"--full-name"_s, u"Ada L."_s, u"--role"_s, u"admin"_s}).code, 0);
        const Outcome list = ctl(m_data, {u"user"_s, u"list"_s, u"--json"_s});
        QCOMPARE(list.code, 0);
        const QJsonArray people = QJsonDocument::fromJson(list.output.toUtf8()).array();
        QCOMPARE(people.size(), 1);
        QCOMPARE(people[0].toObject().value(u"role"_s).toString(), u"admin"_s);
        QCOMPARE(people[0].toObject().value(u"fullName"_s).toString(), u"Ada L."_s);

        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        RestClient ada(server.url());
        QCOMPARE(codeOfLogin(ada, u"ada"_s, u"first password"_s), u"ok"_s);
        const QJsonArray roles = ada.get(u"/api/Authentication/me"_s).data().toObject().value(u"roles"_s).toArray();
        QVERIFY(roles.contains(u"Admin"_s));
    }
    void add_mindsTheRulesOfRegistration()
    {
        QCOMPARE(add(m_data, u"ada"_s).code, 0);
        const Outcome again = add(m_data, u"ADA"_s);
        QCOMPARE(again.code, 1);
        QVERIFY(again.errors.contains(u"taken"_s));
        QCOMPARE(add(m_data, u"not a name"_s).code, 1);
        QCOMPARE(ctl(m_data, {u"user"_s, u"add"_s, u"ben"_s, u"--password-stdin"_s}, "short\n").code, 1);
        QCOMPARE(ctl(m_data, {u"user"_s, u"add"_s, u"ben"_s, u"--password-stdin"_s}, "").code, 1);
    }
    void randomPassword_isPrintedOnce_andGood()
    {
        const Outcome made = ctl(m_data, {u"user"_s, u"add"_s, u"ada"_s, u"--random-password"_s});
        QCOMPARE(made.code, 0);
        const QString password = made.output.section(u"The password is "_s, 1).trimmed();
        QVERIFY(password.size() >= 20);
        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        RestClient ada(server.url());
        QCOMPARE(codeOfLogin(ada, u"ada"_s, password), u"ok"_s);
    }
    void unknownUserOrFolder_failsWithStatusOne()
    {
        QCOMPARE(ctl(m_data, {u"user"_s, u"list"_s}).code, 1);
        QVERIFY(!QFile::exists(m_data));
        QCOMPARE(add(m_data, u"ada"_s).code, 0);
        for (const QStringList &words : {QStringList{u"user"_s, u"disable"_s, u"nobody"_s},
                                         QStringList{u"user"_s, u"role"_s, u"nobody"_s, u"admin"_s}}) {
            const Outcome outcome = ctl(m_data, words);
            QCOMPARE(outcome.code, 1);
            QVERIFY(outcome.errors.contains(u"There is no user 'nobody'"_s));
        }
    }

    void disable_endsTokensAndConnections_ofARunningServer()
    {
        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        QCOMPARE(add(m_data, u"ada"_s).code, 0);
        QCOMPARE(add(m_data, u"ben"_s).code, 0);
        RestClient ada(server.url()), ben(server.url());
        QCOMPARE(codeOfLogin(ada, u"ada"_s, u"first password"_s), u"ok"_s);
        QCOMPARE(codeOfLogin(ben, u"ben"_s, u"first password"_s), u"ok"_s);
        const auto adasHub = connectToHub(server.url(), ada.token());
        const auto bensHub = connectToHub(server.url(), ben.token());
        QVERIFY(adasHub && bensHub);

        QCOMPARE(ctl(m_data, {u"user"_s, u"disable"_s, u"ada"_s}).code, 0);
        QTRY_COMPARE_WITH_TIMEOUT(statusOfMe(ada), 401, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(isGone(*adasHub), 10'000);
        QCOMPARE(codeOfLogin(ada, u"ada"_s, u"first password"_s), u"BANNED"_s);
        QCOMPARE(statusOfMe(ben), 200);
        QVERIFY(!isGone(*bensHub));

        QCOMPARE(ctl(m_data, {u"user"_s, u"enable"_s, u"ada"_s}).code, 0);
        // The server hears of it within a second; a token made before that is over, too. (Not QTRY_VERIFY: it would
        // sign in once more after the success.)
        const auto isBack = [&ada] {
            return codeOfLogin(ada, u"ada"_s, u"first password"_s) == u"ok"_s && statusOfMe(ada) == 200;
        };
        QVERIFY(QTest::qWaitFor(isBack, 10'000));
    }
    void passwd_endsSessions_ofARunningServer()
    {
        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        RestClient ada(server.url());
        QVERIFY(!ada.signIn(u"ada"_s, u"first password"_s).isEmpty());
        const Outcome changed =
            ctl(m_data, {u"user"_s, u"passwd"_s, u"ada"_s, u"--password-stdin"_s}, "second password\n");
        QCOMPARE(changed.code, 0);
        QVERIFY(!(changed.output + changed.errors).contains(u"second password"_s));
        QTRY_COMPARE_WITH_TIMEOUT(statusOfMe(ada), 401, 10'000);
        QCOMPARE(codeOfLogin(ada, u"ada"_s, u"first password"_s), u"UNAUTHORIZED"_s);
        QCOMPARE(codeOfLogin(ada, u"ada"_s, u"second password"_s), u"ok"_s);
        QVERIFY(!server.log().contains("password\n"));
    }
    void role_isInTheNextToken_ofARunningServer()
    {
        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        RestClient ada(server.url());
        QVERIFY(!ada.signIn(u"ada"_s, u"first password"_s).isEmpty());
        QCOMPARE(ctl(m_data, {u"user"_s, u"role"_s, u"ada"_s, u"moderator"_s}).code, 0);
        QTRY_COMPARE_WITH_TIMEOUT(statusOfMe(ada), 401, 10'000);
        QCOMPARE(codeOfLogin(ada, u"ada"_s, u"first password"_s), u"ok"_s);
        const QByteArray claims =
            QByteArray::fromBase64(ada.token().section(u'.', 1, 1).toLatin1(), QByteArray::Base64UrlEncoding);
        QVERIFY(QJsonDocument::fromJson(claims).object().value(u"role"_s).toArray().contains(u"Moderator"_s));
    }
    void changesWhileStopped_holdAfterTheStart()
    {
        QString token;
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
            RestClient ada(server.url());
            QVERIFY(!ada.signIn(u"ada"_s, u"first password"_s).isEmpty());
            token = ada.token();
            QVERIFY(server.terminate());
        }
        QCOMPARE(ctl(m_data, {u"user"_s, u"role"_s, u"ada"_s, u"moderator"_s}).code, 0);
        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        RestClient ada(server.url());
        ada.setToken(token);
        QCOMPARE(statusOfMe(ada), 401);
    }

    void doctor_isContent_whileTheServerRunsAndAfter()
    {
        ServerProcess server(m_data);
        QVERIFY2(server.start(), qPrintable(server.why()));
        const Outcome running = ctl(m_data, {u"doctor"_s});
        QVERIFY2(running.code == 0, qPrintable(running.output));
        QVERIFY(running.output.contains(u"is running"_s));
        QVERIFY(server.terminate());
        const Outcome stopped = ctl(m_data, {u"doctor"_s});
        QVERIFY2(stopped.code == 0, qPrintable(stopped.output));
        QVERIFY(stopped.output.contains(u"is not running"_s));
    }
    void doctor_findsKeysOthersCanRead()
    {
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
        }
        const QString key = m_data + u"/keys/access-tokens.key"_s;
        QCOMPARE(::chmod(QFile::encodeName(key).constData(), 0644), 0);
        const Outcome found = ctl(m_data, {u"doctor"_s});
        QCOMPARE(found.code, 1);
        QVERIFY(found.output.contains(u"chmod 600 "_s + key));
        ServerProcess server(m_data);
        QVERIFY(!server.start());
        QVERIFY(server.why().contains(u"chmod 600 "_s + key));
    }
    void doctor_findsFilesOthersCanRead()
    {
        QCOMPARE(add(m_data, u"ada"_s).code, 0);
        const QString database = m_data + u"/tertulia.db"_s;
        QVERIFY2(ctl(m_data, {u"doctor"_s}).code == 0, "a database made by tertulia-ctl is private");
        QCOMPARE(::chmod(QFile::encodeName(database).constData(), 0640), 0);
        const Outcome found = ctl(m_data, {u"doctor"_s});
        QCOMPARE(found.code, 1);
        QVERIFY2(found.output.contains(u"chmod go= "_s + database), qPrintable(found.output));
    }
    void doctor_findsDamage()
    {
        QCOMPARE(add(m_data, u"ada"_s).code, 0);
        QFile database(m_data + u"/tertulia.db"_s);
        QVERIFY(database.open(QIODevice::ReadWrite));
        for (qint64 at = 4096; at + 4096 <= database.size(); at += 4096) {
            QVERIFY(database.seek(at + 100)); // what a page holds is at its end
            database.write(QByteArray(3996, '\xa5'));
        }
        database.close();
        const Outcome found = ctl(m_data, {u"doctor"_s});
        QCOMPARE(found.code, 1);
        QVERIFY(found.output.contains(u"PROBLEM"_s));
    }
    void doctor_saysWhenNothingIsThere()
    {
        const Outcome found = ctl(m_data, {u"doctor"_s});
        QCOMPARE(found.code, 1);
        QVERIFY(found.output.contains(u"is not there"_s));
        QVERIFY(!QFile::exists(m_data));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data;
};

TERTULIA_TEST(tst_ctl, TestCtl)
#include "tst_ctl.moc"
