// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/commandline.h"
#include "platform/profile.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private:
    static Tertulia::Result<CommandLine> parse(QStringList arguments)
    {
        arguments.prepend(u"tertulia"_s);
        return CommandLine::parse(arguments);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(u"tertulia"_s);
        QCoreApplication::setApplicationVersion(u"1.2.3"_s);
    }

    void nothing_isTheDefaultProfile()
    {
        const auto line = parse({});
        QVERIFY(line);
        QVERIFY(line->profile.isEmpty() && line->notice.isEmpty() && !line->isMinimized && !line->galleryPage);
    }

    void helpAndVersion_areNotices()
    {
        const auto help = parse({u"--help"_s});
        QVERIFY(help);
        for (const QString &option :
             {u"--profile"_s, u"--minimized"_s, u"--gallery"_s, u"--server"_s, u"--data-dir"_s, u"--version"_s})
            QVERIFY2(help->notice.contains(option), qPrintable(option));
        const auto version = parse({u"--version"_s});
        QVERIFY(version);
        QCOMPARE(version->notice, u"tertulia 1.2.3"_s);
    }

    void options_areTaken()
    {
        const auto line =
            parse({u"--profile"_s, u"work"_s, u"--minimized"_s, u"--server"_s, u"http://127.0.0.1:8080"_s});
        QVERIFY(line);
        QCOMPARE(line->profile, u"work"_s);
        QCOMPARE(line->server, u"http://127.0.0.1:8080"_s);
        QVERIFY(line->isMinimized);
    }

    void gallery_mayNameAPage()
    {
        QCOMPARE(parse({u"--gallery"_s})->galleryPage, std::optional(QString()));
        QCOMPARE(parse({u"--gallery"_s, u"timeline"_s})->galleryPage, std::optional(u"timeline"_s));
    }

    void nonsense_isRefusedWithAWord_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("word");
        QTest::newRow("unknown option") << QStringList{u"--nonsense"_s} << u"nonsense"_s;
        QTest::newRow("positional") << QStringList{u"hello"_s} << u"hello"_s;
        QTest::newRow("two pages") << QStringList{u"--gallery"_s, u"a"_s, u"bb"_s} << u"bb"_s;
        QTest::newRow("path as profile") << QStringList{u"--profile"_s, u"../else"_s} << u"../else"_s;
        QTest::newRow("hidden profile") << QStringList{u"--profile"_s, u".x"_s} << u".x"_s;
        QTest::newRow("empty profile") << QStringList{u"--profile"_s, QString()} << u"profile"_s;
        QTest::newRow("empty folder") << QStringList{u"--data-dir"_s, QString()} << u"--data-dir"_s;
    }
    void nonsense_isRefusedWithAWord()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, word);
        const auto line = parse(arguments);
        QVERIFY(!line);
        QVERIFY2(line.error().message.contains(word), qPrintable(line.error().message));
    }

    void profiles_areApartAndPrivate()
    {
        QTemporaryDir folder;
        const auto first = Profile::open({}, folder.path());
        const auto second = Profile::open(u"work"_s, folder.path());
        QVERIFY(first && second);
        QVERIFY(first->dataDir != second->dataDir && first->configDir != second->configDir);
        QVERIFY(first->tag() != second->tag());
        QCOMPARE(first->tag(), Profile::open({}, folder.path())->tag());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;
        QCOMPARE(QFileInfo(first->dataDir).permissions() & others, QFile::Permissions());
        QCOMPARE(QFileInfo(second->configDir).permissions() & others, QFile::Permissions());
    }

    void profile_followsXdg()
    {
        QTemporaryDir folder;
        qputenv("XDG_DATA_HOME", folder.filePath(u"d"_s).toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", folder.filePath(u"c"_s).toLocal8Bit());
        QCOMPARE(Profile::open({})->dataDir, folder.filePath(u"d/tertulia"_s));
        QCOMPARE(Profile::open(u"work"_s)->configDir, folder.filePath(u"c/tertulia/profiles/work"_s));
    }

    void folderThatCannotBe_isAnError()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!Profile::open({}, file.fileName()));
    }
};

TERTULIA_TEST(tst_commandline, TestCommandLine)
#include "tst_commandline.moc"
