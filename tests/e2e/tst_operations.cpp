// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator relies on: refusals that say what to do, a log without secrets, metrics that scrape, a clean stop,
// and a server that outlives a full disk.

#include "e2e/support/person.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"
#include "unit/net/netclient.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const QStringList fastHashes{u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s};

/// A file system of its own, small enough to fill.
class SmallDisk
{
public:
    explicit SmallDisk(const char *options)
        : m_isMounted(::mount("tmpfs", m_folder.path().toLocal8Bit().constData(), "tmpfs", 0, options) == 0)
    {
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(m_folder.path().toLocal8Bit().constData(), MNT_DETACH);
    }
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    /// Takes every free byte.
    void fill() const
    {
        QFile filler(fillerName());
        if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        for (qsizetype size = 1 << 20; size >= 512;) {
            if (filler.write(QByteArray(size, 'f')) < size)
                size /= 2;
        }
    }
    void empty() const { QFile::remove(fillerName()); }

private:
    [[nodiscard]] QString fillerName() const { return m_folder.filePath(u"filler"_s); }
    QTemporaryDir m_folder;
    bool m_isMounted;
};

RestReply post(RestClient &rest, const QString &to, const QString &text)
{
    return rest.post(u"/api/Chat/messages"_s,
                     {{u"recipientId"_s, to}, {u"content"_s, text}, {u"clientMessageId"_s, text}});
}

struct Output
{
    int code = -1;
    QString text;
};

QByteArray native(const QString &path)
{
    return QFile::encodeName(path);
}

/// Everything in a data folder that others than the owner have a right on, the folder included.
QStringList exposed(const QString &folder)
{
    QStringList found;
    QStringList paths{folder};
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (all.hasNext())
        paths.append(all.next());
    for (const QString &path : std::as_const(paths)) {
        struct stat info = {};
        if (::stat(native(path).constData(), &info) != 0 || (info.st_mode & 077) != 0)
            found.append(path);
    }
    return found;
}

/// The loosest umask, as some service managers have it.
class LooseUmask
{
public:
    LooseUmask()
        : m_before(::umask(0))
    {
    }
    LooseUmask(const LooseUmask &) = delete;
    LooseUmask &operator=(const LooseUmask &) = delete;
    ~LooseUmask() { ::umask(m_before); }

private:
    mode_t m_before;
};

/// Runs the server program to its end.
Output run(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(qEnvironmentVariable("TERTULIA_SERVER"), arguments);
    process.waitForFinished(15'000);
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
}

} // namespace

class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void version_andHelp()
    {
        QVERIFY(run({u"--version"_s}).text.startsWith(u"tertulia-server 0."_s));
        QVERIFY(run({u"--help"_s}).text.contains(u"--data-dir"_s));
    }

    void badSettings_areRefusedWithTheirPlace()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"c.toml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[server]\nlisten = [\"127.0.0.1:0\"]\nlisten_twice = 1\n");
        file.close();
        const Output output = run({u"--config"_s, file.fileName()});
        QVERIFY(output.code != 0);
        QVERIFY2(output.text.contains(u"line 3"_s) && output.text.contains(u"listen_twice"_s), qPrintable(output.text));
        QVERIFY(run({}).text.contains(u"--data-dir"_s));
    }

    void dataFolder_isForItsOwnerOnly_whateverFolderAndUmaskWere()
    {
        QTemporaryDir parent;
        const QString folder = parent.filePath(u"data"_s);
        const LooseUmask loose;
        QVERIFY(QDir().mkpath(folder));
        QCOMPARE(exposed(folder), QStringList{folder});
        ServerProcess server(folder);
        QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
        RestClient client(server.url());
        QVERIFY(!client.signIn(u"ada"_s).isEmpty());
        QVERIFY(QFile::exists(folder + u"/tertulia.db-wal"_s));
        QCOMPARE(exposed(folder), QStringList());
        QVERIFY2(server.log().contains("others could look into"), server.log().constData());
    }

    void dataFolder_thatOthersCouldRead_isCorrectedAtTheStart()
    {
        QTemporaryDir parent;
        const QString folder = parent.filePath(u"data"_s);
        {
            ServerProcess first(folder);
            QVERIFY2(first.start(fastHashes), qPrintable(first.why()));
            first.kill(); // the log beside the database stays
        }
        const QString database = folder + u"/tertulia.db"_s;
        for (const QString &file : {database, database + u"-wal"_s, database + u"-shm"_s, folder + u"/server.lock"_s})
            QCOMPARE(::chmod(native(file).constData(), 0666), 0);
        for (const QString &inner : {folder, folder + u"/keys"_s, folder + u"/uploads"_s})
            QCOMPARE(::chmod(native(inner).constData(), 0755), 0);
        QCOMPARE(exposed(folder).size(), 7);
        ServerProcess server(folder);
        QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
        QCOMPARE(exposed(folder), QStringList());
        QVERIFY2(server.log().contains(native(database)), server.log().constData());
    }

    void sharedFolder_isLeftAsItIs_itsFilesAreNot()
    {
        QTemporaryDir shared;
        QFile other(shared.filePath(u"somebody's.txt"_s));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.close();
        QCOMPARE(::chmod(native(shared.path()).constData(), 0755), 0);
        QCOMPARE(::chmod(native(other.fileName()).constData(), 0644), 0);
        ServerProcess server(shared.path());
        QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
        QCOMPARE(exposed(shared.path()), (QStringList{shared.path(), other.fileName()}));
        QVERIFY2(server.log().contains("it is left as it is"), server.log().constData());
    }

    void secondServer_onTheSameData_isRefused()
    {
        ServerProcess first;
        QVERIFY2(first.start(), qPrintable(first.why()));
        const Output second = run({u"--data-dir"_s, first.dataFolder(), u"--listen"_s, u"127.0.0.1:0"_s});
        QVERIFY(second.code != 0);
        QVERIFY2(second.text.contains(u"Another server"_s), qPrintable(second.text));
        QTemporaryDir other;
        const Output samePort = run({u"--data-dir"_s, other.path(), u"--listen"_s, first.url().authority()});
        QVERIFY(samePort.code != 0);
        QVERIFY2(samePort.text.contains(QString::number(first.url().port())), qPrintable(samePort.text));
        QVERIFY(first.terminate());
    }

    void publicAddress_withoutTls_isRefused()
    {
        QTemporaryDir folder;
        const Output output = run({u"--data-dir"_s, folder.path(), u"--listen"_s, u"0.0.0.0:0"_s});
        QVERIFY(output.code != 0);
        QVERIFY2(output.text.contains(u"TLS"_s), qPrintable(output.text));
    }

    void keysAndData_areForTheirOwnerOnly()
    {
        ServerProcess server;
        QVERIFY2(server.start(), qPrintable(server.why()));
        QDirIterator files(server.dataFolder() + u"/keys"_s, QDir::Files);
        QVERIFY(files.hasNext());
        while (files.hasNext()) {
            files.next();
            QCOMPARE(files.fileInfo().permissions()
                         & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                     QFile::Permissions());
        }
    }

    void demo_canBeStartedTwice()
    {
        ServerProcess server;
        for (int i = 0; i < 2; ++i) {
            QVERIFY2(server.start({u"--demo"_s}), qPrintable(server.why()));
            RestClient ada(server.url());
            QVERIFY(!ada.signIn(u"ada"_s, u"tertulia-demo"_s).isEmpty());
            QCOMPARE(ada.get(u"/api/Chat/conversations"_s).data().toArray().size(), 2);
            QVERIFY(server.terminate());
        }
    }

    void metrics_haveHelpAndTypeForEachName()
    {
        ServerProcess server;
        QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
        RestClient rest(server.url());
        QVERIFY(!rest.signIn(u"alice"_s).isEmpty());
        const RestReply reply = rest.get(u"/metrics"_s);
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.headers.value("content-type").startsWith("text/plain; version=0.0.4"));
        QVERIFY(reply.body.endsWith('\n'));
        QHash<QByteArray, QByteArray> types;
        static const QRegularExpression sample(u"^([a-z_:][a-z0-9_:]*)(\\{[^}]*\\})? [0-9.e+-]+$"_s);
        QByteArray helped;
        for (const QByteArray &line : reply.body.trimmed().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (line.startsWith("# HELP ")) {
                helped = words[2];
                continue;
            }
            if (line.startsWith("# TYPE ")) {
                QCOMPARE(words[2], helped);
                QVERIFY2(!types.contains(words[2]), line.constData());
                types.insert(words[2], words[3]);
                QCOMPARE(words[3] == "counter", words[2].endsWith("_total"));
                continue;
            }
            const auto match = sample.match(QString::fromLatin1(line));
            QVERIFY2(match.hasMatch(), line.constData());
            QVERIFY2(types.contains(match.captured(1).toLatin1()), line.constData());
        }
        QVERIFY(types.size() > 10);
    }

    /// A proxy on the same machine that forwards no address.
    void trustedProxyWithoutAddresses_makesNobodyLocal()
    {
        ServerProcess server;
        QVERIFY2(server.start(fastHashes
                              + QStringList{u"--set"_s, u"server.trusted_proxies=127.0.0.1"_s, u"--set"_s,
                                            u"metrics.token=the-scrapers"_s, u"--set"_s,
                                            u"limits.logins_per_15_minutes=2"_s}),
                 qPrintable(server.why()));
        QVERIFY(server.log().contains("it must set X-Forwarded-For"));
        RestClient rest(server.url());
        QCOMPARE(rest.get(u"/metrics"_s).status, 403);
        const RestReply proxied = rest.request("GET", u"/metrics"_s, {}, {{"X-Forwarded-For", "127.0.0.1"}});
        QCOMPARE(proxied.status, 403);
        QCOMPARE(rest.request("GET", u"/metrics"_s, {}, {{"Authorization", "Bearer the-scrapers"}}).status, 200);
        QTRY_COMPARE(server.log().count("without their clients' addresses"), 1);
        // All its people share one address and its limits; those whose address is forwarded have their own.
        const QByteArray attempt = R"({"username":"nobody","password":"wrong password"})";
        const auto login = [&](const QByteArray &address) {
            QList<QPair<QByteArray, QByteArray>> fields{{"Content-Type", "application/json"}};
            if (!address.isEmpty())
                fields.append({"X-Forwarded-For", address});
            return rest.request("POST", u"/api/Authentication/login"_s, attempt, fields).status;
        };
        QCOMPARE(login({}), 401);
        QCOMPARE(login({}), 401);
        QCOMPARE(login({}), 429);
        QCOMPARE(login("198.51.100.7"), 401);
        QVERIFY(server.terminate());
    }

    void unnamedProxy_makesNobodyLocal()
    {
        ServerProcess server;
        QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
        QVERIFY(server.log().contains("name it in server.trusted_proxies"));
        RestClient rest(server.url());
        QCOMPARE(rest.get(u"/metrics"_s).status, 200);
        NetClient haproxy(quint16(server.url().port()));
        haproxy.send("GET /metrics HTTP/1.1\r\nHost: chat.example.org\r\n\r\n");
        QCOMPARE(haproxy.answer().status, 403);
        NetClient nginx(quint16(server.url().port()));
        nginx.send("GET /metrics HTTP/1.0\r\nHost: " + server.url().authority().toLatin1()
                   + "\r\nConnection: close\r\n\r\n");
        QCOMPARE(nginx.answer().status, 403);
        QTRY_COMPARE(server.log().count("looks passed on by a proxy"), 1);
        QVERIFY(server.terminate());
    }

    void log_holdsNoSecret()
    {
        ServerProcess server;
        QVERIFY2(
            server.start(fastHashes + QStringList{u"--set"_s, u"log.level=debug"_s, u"--set"_s, u"log.format=json"_s}),
            qPrintable(server.why()));
        QStringList secrets{u"s3cret-Passw0rd"_s, u"wr0ng-Passw0rd"_s, u"the text of a message"_s};
        RestClient rest(server.url());
        const QString alice = rest.signIn(u"alice"_s, secrets[0]);
        secrets.append(rest.token());
        secrets.append(rest.token().section(u'.', 2)); // its signature alone
        const RestReply login =
            rest.post(u"/api/Authentication/login"_s, {{u"username"_s, u"alice"_s}, {u"password"_s, secrets[0]}});
        secrets.append(login.data()[u"deviceToken"_s].toString());
        for (const QString &password : secrets.first(2))
            rest.post(u"/api/Authentication/login"_s,
                      {{u"username"_s, u"alice"_s}, {u"password"_s, password}, {u"deviceToken"_s, secrets.last()}});
        secrets.append(login.data()[u"refreshToken"_s].toString());
        rest.post(u"/api/Authentication/refresh"_s, {{u"refreshToken"_s, secrets.last()}});
        rest.post(u"/api/Authentication/refresh"_s, {{u"refreshToken"_s, secrets.last()}});
        Person bob(server.url(), u"bob"_s, Channel::Hub);
        secrets.append(bob.rest().token());
        bob.addsDevice();
        rest.signIn(u"alice"_s, secrets[0]);
        QVERIFY(post(rest, bob.id(), secrets[2]).isOk());
        QVERIFY(bob.receives(secrets[2]));
        rest.request("POST", u"/api/Chat/messages"_s, "{\"content\": \"the text of a message");
        bob.device().hub.invoke(u"SendMessage"_s, {u"the text of a message"_s});
        rest.get(u"/api/nowhere?access_token="_s + rest.token());
        QVERIFY(server.terminate());
        const QByteArray log = server.log();
        for (const QString &secret : std::as_const(secrets)) {
            QVERIFY(!secret.isEmpty());
            QVERIFY2(!log.contains(secret.toUtf8()), qPrintable(u"the log holds "_s + secret));
        }
        for (const QByteArray &line : log.trimmed().split('\n'))
            QVERIFY2(line.startsWith("{\"time\":\"") && line.endsWith('}'), line.constData());
        QVERIFY(!alice.isEmpty());
    }

    void fullDisk_keepsReadersAndForgetsNothing()
    {
        const SmallDisk disk("size=6m");
        if (!disk.isMounted())
            QSKIP("a small file system cannot be mounted here (needs root)");
        ServerProcess server(disk.path());
        QVERIFY2(server.start(fastHashes
                              + QStringList{u"--set"_s, u"store.retry_interval=100ms"_s, u"--set"_s,
                                            u"limits.send_per_10_seconds=1000000"_s, u"--set"_s,
                                            u"limits.send_per_minute=1000000"_s}),
                 qPrintable(server.why()));
        RestClient alice(server.url());
        QVERIFY(!alice.signIn(u"alice"_s).isEmpty());
        RestClient bob(server.url());
        const QString bobId = bob.signIn(u"bob"_s);
        QStringList acknowledged;
        for (int round = 0; round < 3; ++round) {
            disk.fill();
            RestReply reply;
            for (int i = 0; i < 5'000; ++i) {
                const QString text = u"r%1 n%2 "_s.arg(round).arg(i) + QString(500, u'x');
                reply = alice.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, bobId}, {u"content"_s, text}});
                if (!reply.isOk())
                    break;
                acknowledged.append(reply.data()[u"id"_s].toString());
            }
            QCOMPARE(reply.status, 503);
            QCOMPARE(reply.code(), u"STORAGE_UNAVAILABLE"_s);
            // Readers do not notice; health tells.
            QCOMPARE(bob.get(u"/api/Chat/conversations"_s).status, 200);
            QCOMPARE(alice.get(u"/health/live"_s).status, 200);
            const RestReply health = alice.get(u"/health/ready"_s);
            QCOMPARE(health.status, 503);
            QCOMPARE(health.data()[u"status"_s].toString(), u"degraded"_s);
            QVERIFY(!health.data()[u"store"_s].toString().isEmpty());
            disk.empty();
            QTRY_COMPARE_WITH_TIMEOUT(alice.get(u"/health/ready"_s).status, 200, 15'000);
            const RestReply after = post(alice, bobId, u"there is room again %1"_s.arg(round));
            QCOMPARE(after.status, 201);
            acknowledged.append(after.data()[u"id"_s].toString());
        }
        QVERIFY(acknowledged.size() >= 3);
        // Everything that was acknowledged is there, once and in order; nothing else is.
        const QString conversation = alice.get(u"/api/Chat/conversations"_s).data().toArray()[0][u"id"_s].toString();
        QStringList stored;
        for (QString before;;) {
            const QString path = u"/api/Chat/messages?limit=100&chatId="_s + conversation
                + (before.isEmpty() ? QString() : u"&before="_s + before);
            const QJsonArray page = bob.get(path).data()[u"messages"_s].toArray();
            if (page.isEmpty())
                break;
            QStringList block;
            for (const QJsonValue &message : page)
                block.append(message[u"id"_s].toString());
            before = block.first();
            stored = block + stored;
        }
        QCOMPARE(stored, acknowledged);
        QVERIFY(server.terminate());
    }

    void damagedDatabase_isNotReady()
    {
        const QTemporaryDir folder;
        const QString text(1'000, u'z');
        const auto health = [](ServerProcess &server) { return RestClient(server.url()).get(u"/health/ready"_s); };
        {
            ServerProcess server(folder.path());
            QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
            RestClient alice(server.url());
            RestClient bob(server.url());
            QVERIFY(!alice.signIn(u"alice"_s).isEmpty());
            const QString to = bob.signIn(u"bob"_s);
            for (int i = 0; i < 20; ++i) {
                QCOMPARE(alice.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, to}, {u"content"_s, text}}).status,
                         201);
            }
            QCOMPARE(health(server).status, 200);
            QVERIFY(server.terminate());
        }
        QFile file(folder.filePath(u"tertulia.db"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray content = file.readAll();
        for (qsizetype at = content.indexOf(text.toUtf8()); at >= 0; at = content.indexOf(text.toUtf8(), at + 4096)) {
            QVERIFY(file.seek(at / 4096 * 4096));
            QCOMPARE(file.write(QByteArray(4096, '\x7f')), 4096);
        }
        file.close();
        {
            // It ended cleanly, so nobody has looked: told as soon as somebody meets it.
            ServerProcess server(folder.path());
            QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
            QCOMPARE(health(server).status, 200);
            RestClient bob(server.url());
            QVERIFY(!bob.signIn(u"bob"_s).isEmpty());
            const RestReply list = bob.get(u"/api/Chat/conversations"_s); // with the last message
            QCOMPARE(list.status, 503);
            QCOMPARE(list.code(), u"STORAGE_DAMAGED"_s);
            const RestReply found = health(server);
            QCOMPARE(found.status, 503);
            QCOMPARE(found.data()[u"status"_s].toString(), u"degraded"_s);
            QVERIFY2(found.data()[u"store"_s].toString().contains(u"damaged"_s), found.body);
            QCOMPARE(RestClient(server.url()).get(u"/health/live"_s).status, 200);
            server.kill();
        }
        // After an unclean end the server looks by itself.
        ServerProcess server(folder.path());
        QVERIFY2(server.start(fastHashes), qPrintable(server.why()));
        QTRY_COMPARE(health(server).status, 503);
    }
};

TERTULIA_TEST(tst_operations, TestOperations)
#include "tst_operations.moc"
