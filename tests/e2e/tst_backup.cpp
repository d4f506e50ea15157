// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `tertulia-ctl backup` beside a server that works.
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int writers = 4;
const QStringList noLimits{u"--set"_s, u"limits.send_per_10_seconds=1000000"_s, u"--set"_s,
                           u"limits.send_per_minute=1000000"_s};

struct Outcome
{
    int code = -1;
    QString output, errors;
};

/// @param mostBytes the largest file that it may write: a disk that is full
Outcome backup(const QString &dataFolder, const QString &target, const QStringList &options = {}, rlim_t mostBytes = 0)
{
    QProcess process;
    if (mostBytes > 0) {
        process.setChildProcessModifier([mostBytes] {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{mostBytes, mostBytes};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        });
    }
    process.start(qEnvironmentVariable("TERTULIA_CTL"),
                  QStringList{u"--data-dir"_s, dataFolder} + options + QStringList{u"backup"_s, target});
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

int modeOf(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? int(info.st_mode & 0777) : -1;
}

/// People who write to one another as fast as they can, and what was acknowledged.
class Crowd
{
public:
    explicit Crowd(const QUrl &server)
    {
        RestClient reader(server);
        m_reader = reader.signIn(u"reader"_s);
        for (int i = 0; i < writers; ++i) {
            RestClient client(server);
            client.signIn(u"writer%1"_s.arg(i));
            m_threads.emplace_back([this, server, token = client.token()] { write(server, token); });
        }
    }
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;
    ~Crowd() { stop(); }
    void stop()
    {
        m_isOver = true;
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }
    [[nodiscard]] std::set<QString> acknowledged() const
    {
        const std::lock_guard lock(m_mutex);
        return m_acknowledged;
    }

private:
    void write(const QUrl &server, const QString &token)
    {
        RestClient client(server);
        client.setToken(token);
        while (!m_isOver) {
            const RestReply reply = client.post(u"/api/Chat/messages"_s,
                                                {{u"recipientId"_s, m_reader}, {u"content"_s, QString(4000, u'y')}});
            const std::lock_guard lock(m_mutex);
            if (reply.isOk())
                m_acknowledged.insert(reply.data().toObject().value(u"id"_s).toString());
        }
    }

    QString m_reader;
    std::vector<std::thread> m_threads;
    mutable std::mutex m_mutex;
    std::set<QString> m_acknowledged;
    std::atomic<bool> m_isOver = false;
};

/// Everything that somebody was sent, by everybody.
std::set<QString> messagesOf(RestClient &reader)
{
    std::set<QString> ids;
    QString cursor;
    for (bool hasMore = true; hasMore;) {
        const QJsonObject page =
            reader.get(u"/api/Chat/sync?take=500&since="_s + QString::fromLatin1(QUrl::toPercentEncoding(cursor)))
                .data()
                .toObject();
        for (const QJsonValue &message : page.value(u"messages"_s).toArray())
            ids.insert(message.toObject().value(u"id"_s).toString());
        cursor = page.value(u"cursor"_s).toString();
        hasMore = page.value(u"hasMore"_s).toBool();
    }
    return ids;
}

} // namespace

class TestBackup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data = m_folder->filePath(u"data"_s);
        m_target = m_folder->filePath(u"backup"_s);
    }

    void whileManyWrite_isWhole()
    {
        ServerProcess server(m_data);
        QVERIFY2(server.start(noLimits), qPrintable(server.why()));
        Crowd crowd(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(crowd.acknowledged().size() > 500, 60'000);
        QStringList targets;
        std::vector<std::set<QString>> before;
        for (int i = 0; i < 3; ++i) {
            targets.append(m_target + QString::number(i));
            before.push_back(crowd.acknowledged());
            const Outcome made = backup(m_data, targets.back());
            QVERIFY2(made.code == 0, qPrintable(made.errors));
            QVERIFY(made.output.contains(u"no damage"_s));
            const size_t written = crowd.acknowledged().size();
            QTRY_VERIFY_WITH_TIMEOUT(crowd.acknowledged().size() > written + 100, 60'000); // nobody was held up
        }
        crowd.stop();
        const QString token = [&server] {
            RestClient reader(server.url());
            reader.signIn(u"reader"_s);
            return reader.token();
        }();
        QVERIFY(server.terminate());

        for (int i = 0; i < targets.size(); ++i) {
            ServerProcess restored(targets[i]);
            QVERIFY2(restored.start(), qPrintable(restored.why()));
            RestClient reader(restored.url());
            QVERIFY(!reader.signIn(u"reader"_s).isEmpty());
            const auto stored = messagesOf(reader);
            QVERIFY(std::includes(stored.begin(), stored.end(), before[size_t(i)].begin(), before[size_t(i)].end()));
            const auto known = crowd.acknowledged();
            QVERIFY(stored.size() < known.size() + writers); // and nothing that was not sent
            reader.setToken(token);
            QCOMPARE(reader.get(u"/api/Authentication/me"_s).status, 200); // signed with the same keys
            QVERIFY(restored.terminate());
        }
    }
    /// The numbers that a client knows were given again since: without a word it would miss what they are now.
    void restoredAndWrittenTo_isNoticedByWhoComesBack()
    {
        const auto say = [](const ServerProcess &server, const QString &recipient) {
            RestClient ada(server.url());
            ada.signIn(u"ada"_s);
            return ada.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, recipient}, {u"content"_s, u"hello"_s}})
                .isOk();
        };
        const auto sync = [](RestClient &ben, const QString &since) {
            return ben.get(u"/api/Chat/sync?since="_s + QString::fromLatin1(QUrl::toPercentEncoding(since)));
        };
        QString known;
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
            RestClient ben(server.url());
            const QString id = ben.signIn(u"ben"_s);
            QVERIFY(say(server, id));
            QCOMPARE(backup(m_data, m_target).code, 0);
            QVERIFY(say(server, id));
            known = sync(ben, {}).data().toObject().value(u"cursor"_s).toString();
            QVERIFY(sync(ben, known).isOk());
            QVERIFY(server.terminate());
        }
        ServerProcess restored(m_target);
        QVERIFY2(restored.start(), qPrintable(restored.why()));
        RestClient ben(restored.url());
        const QString id = ben.signIn(u"ben"_s);
        QVERIFY(say(restored, id));
        QVERIFY(say(restored, id));
        const RestReply reply = sync(ben, known);
        QCOMPARE(reply.status, 400);
        QVERIFY2(reply.body.contains("UNKNOWN_CURSOR"), reply.body.constData());
        QCOMPARE(messagesOf(ben).size(), size_t(3));
    }
    void stoppedServer_isBackedUp_withKeysAndConfiguration_forTheOwnerOnly()
    {
        const QString settings = m_folder->filePath(u"mine.toml"_s);
        QFile file(settings);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[metrics]\ntoken = \"0123456789abcdef0123\"\n") > 0);
        file.close();
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start({u"--config"_s, settings}), qPrintable(server.why()));
        }
        const Outcome made = backup(m_data, m_target, {u"--config"_s, settings});
        QVERIFY2(made.code == 0, qPrintable(made.errors));
        QCOMPARE(modeOf(m_target), 0700);
        QCOMPARE(QDir(m_target).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name),
                 (QStringList{u"keys"_s, u"server.toml"_s, u"tertulia.db"_s}));
        QCOMPARE(modeOf(m_target + u"/tertulia.db"_s), 0600);
        QCOMPARE(modeOf(m_target + u"/server.toml"_s), 0600);
        QCOMPARE(modeOf(m_target + u"/keys"_s), 0700);
        const QStringList keys = QDir(m_data + u"/keys"_s).entryList(QDir::Files);
        QVERIFY(!keys.isEmpty());
        QCOMPARE(QDir(m_target + u"/keys"_s).entryList(QDir::Files), keys);
        for (const QString &key : keys)
            QCOMPARE(modeOf(m_target + u"/keys/"_s + key), 0600);
        QVERIFY(!QFile::exists(m_target + u".incomplete"_s));
    }
    void whatIsThere_isNeverOverwritten()
    {
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
        }
        QCOMPARE(backup(m_data, m_target).code, 0);
        const Outcome again = backup(m_data, m_target);
        QCOMPARE(again.code, 1);
        QVERIFY2(again.errors.contains(u"is there already"_s), qPrintable(again.errors));
        QVERIFY(QFile::link(m_folder->filePath(u"nowhere"_s), m_folder->filePath(u"link"_s)));
        QCOMPARE(backup(m_data, m_folder->filePath(u"link"_s)).code, 1);
        QVERIFY(QDir(m_folder->path()).mkdir(u"other.incomplete"_s));
        const Outcome beside = backup(m_data, m_folder->filePath(u"other"_s));
        QCOMPARE(beside.code, 1);
        QVERIFY(beside.errors.contains(u"another backup is at work"_s));
        QVERIFY(QFile::exists(m_folder->filePath(u"other.incomplete"_s)));
        QCOMPARE(backup(m_data, m_data + u"/inside"_s).code, 1);
        QVERIFY(QFile::link(m_data, m_folder->filePath(u"way"_s)));
        QCOMPARE(backup(m_data, m_folder->filePath(u"way/inside"_s)).code, 1);
        QCOMPARE(backup(m_folder->filePath(u"way"_s), m_data + u"/inside"_s).code, 1);
        const Outcome nowhere = backup(m_data, m_folder->filePath(u"no/such/folder"_s));
        QCOMPARE(nowhere.code, 1);
        QVERIFY2(nowhere.errors.contains(u"No such file or directory"_s), qPrintable(nowhere.errors));
    }
    void noDatabase_isSaid()
    {
        const Outcome nothing = backup(m_data, m_target);
        QCOMPARE(nothing.code, 1);
        QVERIFY(nothing.errors.contains(u"There is no database"_s));
        QVERIFY(!QFile::exists(m_data) && !QFile::exists(m_target));
    }
    void fullDisk_leavesNothing()
    {
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
        }
        const Outcome full = backup(m_data, m_target, {}, 32 * 1024);
        QCOMPARE(full.code, 1);
        QVERIFY2(full.errors.contains(u"cannot be written"_s), qPrintable(full.errors));
        QVERIFY(!QFile::exists(m_target));
        QVERIFY(!QFile::exists(m_target + u".incomplete"_s));
        QCOMPARE(backup(m_data, m_target).code, 0);
    }
    void damagedDatabase_isNoBackup()
    {
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
            RestClient ada(server.url());
            QVERIFY(!ada.signIn(u"ada"_s).isEmpty());
            QVERIFY(server.terminate());
        }
        QFile file(m_data + u"/tertulia.db"_s);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(8 * 4096));
        QVERIFY(file.write(QByteArray(file.size() - 8 * 4096, 'x')) > 0);
        file.close();
        const Outcome damaged = backup(m_data, m_target);
        QCOMPARE(damaged.code, 1);
        QVERIFY2(damaged.errors.contains(u"is damaged"_s), qPrintable(damaged.errors));
        QVERIFY(!QFile::exists(m_target) && !QFile::exists(m_target + u".incomplete"_s));
    }
    void root_leavesItToTheOwner_andReadsNothingForThem()
    {
        if (::geteuid() != 0)
            QSKIP("for root only");
        constexpr uid_t nobody = 65534;
        QFile secret(m_folder->filePath(u"secret"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("root's own") > 0);
        secret.close();
        QCOMPARE(::chmod(QFile::encodeName(secret.fileName()).constData(), 0600), 0);
        QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0711), 0);
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
        }
        QCOMPARE(QProcess::execute(u"chown"_s, {u"-R"_s, u"65534:65534"_s, m_data}), 0);
        QCOMPARE(backup(m_data, m_target).code, 0);
        struct stat info = {};
        for (const QString &path : {m_target, m_target + u"/tertulia.db"_s, m_target + u"/keys"_s}) {
            QCOMPARE(::stat(QFile::encodeName(path).constData(), &info), 0);
            QCOMPARE(info.st_uid, nobody);
        }
        QVERIFY(QFile::link(secret.fileName(), m_data + u"/keys/mine.key"_s));
        const Outcome refused = backup(m_data, m_folder->filePath(u"second"_s));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains(u"Permission denied"_s), qPrintable(refused.errors));
        QVERIFY(!QFile::exists(m_folder->filePath(u"second.incomplete"_s)));
    }
    void root_removesNothingElse_whenTheFolderIsSwappedForALink()
    {
        if (::geteuid() != 0)
            QSKIP("for root only");
        {
            ServerProcess server(m_data);
            QVERIFY2(server.start(), qPrintable(server.why()));
        }
        QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0711), 0);
        QCOMPARE(QProcess::execute(u"chown"_s, {u"-R"_s, u"65534:65534"_s, m_data}), 0);
        QVERIFY(QDir(m_folder->path()).mkdir(u"precious"_s));
        const QString precious = m_folder->filePath(u"precious/file"_s);
        QFile file(precious);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();

        // The configuration is read twice; as a pipe it stops the backup where somebody swaps the folder.
        const QString settings = m_folder->filePath(u"mine.toml"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(settings).constData(), 0644), 0);
        int pipe = -1;
        const auto isRead = [&] { // somebody has it open
            if (pipe < 0)
                pipe = ::open(QFile::encodeName(settings).constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
            return pipe >= 0;
        };
        const auto answer = [&pipe] {
            const bool isWritten = ::write(pipe, "# nothing\n", 10) == 10;
            return ::close(std::exchange(pipe, -1)) == 0 && isWritten;
        };
        QProcess process;
        process.start(qEnvironmentVariable("TERTULIA_CTL"),
                      {u"--data-dir"_s, m_data, u"--config"_s, settings, u"backup"_s, m_target});
        QTRY_VERIFY(isRead());
        QVERIFY(answer());
        const QString incomplete = m_target + u".incomplete"_s;
        QTRY_VERIFY(QFile::exists(incomplete + u"/keys"_s));
        QTRY_VERIFY(isRead());
        QVERIFY(QFile::rename(incomplete, m_folder->filePath(u"aside"_s)));
        QVERIFY(QFile::link(m_folder->filePath(u"precious"_s), incomplete));
        QVERIFY(answer());
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(QFile::exists(precious));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data, m_target;
};

TERTULIA_TEST(tst_backup, TestBackup)
#include "tst_backup.moc"
