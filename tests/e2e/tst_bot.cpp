// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bot of docs/how-to/write-a-bot.md, taken from the page, built against an installed client library, and talked to.

#include "e2e/support/person.h"
#include "e2e/support/serverprocess.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const auto password = u"correct horse battery"_s;

/// Empty when it ended well, else what it said.
QString run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    constexpr int atMost = 280'000;
    const bool isDone = process.waitForFinished(atMost);
    if (isDone && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return program + u": "_s + process.errorString() + u'\n' + QString::fromUtf8(process.readAll());
}

} // namespace

class TestBot : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// Writes the page's files; how many there were.
    int extract(const QString &pageName)
    {
        QFile page(pageName);
        if (!page.open(QFile::ReadOnly))
            return 0;
        static const QRegularExpression block(u"<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)\\n```\\n"_s,
                                              QRegularExpression::DotMatchesEverythingOption);
        int count = 0;
        for (const auto &found : block.globalMatch(QString::fromUtf8(page.readAll()))) {
            QFile file(m_folder.filePath(found.captured(1)));
            if (file.open(QFile::WriteOnly) && file.write(found.captured(2).toUtf8() + '\n') > 0)
                ++count;
        }
        return count;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString cmake = qEnvironmentVariable("TERTULIA_CMAKE");
        const QString prefix = m_folder.filePath(u"installed"_s);
        QCOMPARE(extract(qEnvironmentVariable("TERTULIA_BOT_PAGE")), 2);
        QCOMPARE(run(cmake,
                     {u"--install"_s, qEnvironmentVariable("TERTULIA_BUILD"), u"--component"_s, u"client-library"_s,
                      u"--prefix"_s, prefix}),
                 QString());
        QCOMPARE(
            run(cmake,
                {u"-G"_s, u"Ninja"_s, u"-S"_s, m_folder.path(), u"-B"_s, m_folder.filePath(u"build"_s),
                 u"-DCMAKE_PREFIX_PATH="_s + prefix, u"-DCMAKE_CXX_COMPILER="_s + qEnvironmentVariable("TERTULIA_CXX"),
                 u"-DCMAKE_CXX_FLAGS="_s + qEnvironmentVariable("TERTULIA_CXX_FLAGS")}),
            QString());
        QCOMPARE(run(cmake, {u"--build"_s, m_folder.filePath(u"build"_s)}), QString());
    }

    void bot_answersWhatItIsTold()
    {
        ServerProcess server;
        QVERIFY2(server.start({u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s}),
                 qPrintable(server.why()));
        Person alice(server.url(), u"alice"_s, Channel::Rest);
        Person echo(server.url(), u"echo"_s, Channel::Rest);
        alice.addsDevice();
        QCOMPARE(alice.sends(u"Are you there?"_s, echo), QString()); // before the bot runs

        QProcess bot;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TERTULIA_URL"_s, server.url().toString());
        environment.insert(u"BOT_NAME"_s, u"echo"_s);
        environment.insert(u"BOT_PASSWORD"_s, password);
        bot.setProcessEnvironment(environment);
        bot.setProcessChannelMode(QProcess::ForwardedChannels);
        bot.start(m_folder.filePath(u"build/echobot"_s), QStringList());
        QVERIFY(bot.waitForStarted());
        QVERIFY(alice.receives(u"You said: Are you there?"_s));
        QCOMPARE(alice.sends(u"Good."_s, echo), QString());
        QVERIFY(alice.receives(u"You said: Good."_s));
        QVERIFY(!alice.hasSeen(u"You said: You said: Good."_s));
        bot.terminate();
        QVERIFY(bot.waitForFinished());
    }

    void bot_wrongPassword_saysSoAndEnds()
    {
        ServerProcess server;
        QVERIFY2(server.start({u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s}),
                 qPrintable(server.why()));
        QProcess bot;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TERTULIA_URL"_s, server.url().toString());
        environment.insert(u"BOT_NAME"_s, u"nobody"_s);
        environment.insert(u"BOT_PASSWORD"_s, u"wrong"_s);
        bot.setProcessEnvironment(environment);
        bot.start(m_folder.filePath(u"build/echobot"_s), QStringList());
        QVERIFY(bot.waitForFinished());
        QCOMPARE(bot.exitCode(), 1);
        QVERIFY(!bot.readAllStandardError().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBot)
#include "tst_bot.moc"
