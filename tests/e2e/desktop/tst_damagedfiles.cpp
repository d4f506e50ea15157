// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One person with the real client, whose own computer lets her down: her files are damaged, or cannot be written. A
// play; after a failure the later scenes are skipped.
#include "e2e/desktop/desktopclient.h"
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/brokenpages.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"tertulia-demo"_s; // of the server's demo people

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

} // namespace

class TestDamagedFiles : public QObject
{
    Q_OBJECT

private:
    ServerProcess m_server;
    DesktopClient m_ada;
    bool m_isPlayOver = false;

    /// The last words of Ben's newest conversation, asked from the server.
    [[nodiscard]] QString lastAtBen()
    {
        RestClient ben(m_server.url());
        if (ben.signIn(u"ben"_s, password).isEmpty())
            return {};
        const QJsonArray conversations = ben.get(u"/api/Chat/conversations"_s).data().toArray();
        return conversations.isEmpty() ? QString() : conversations[0][u"lastMessage"_s][u"content"_s].toString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start({u"--demo"_s}), qPrintable(m_server.why()));
        QVERIFY2(m_ada.prepare(), qPrintable(m_ada.report()));
    }
    void init()
    {
        if (m_isPlayOver)
            QSKIP("an earlier scene failed");
    }
    void cleanup() { m_isPlayOver = m_isPlayOver || QTest::currentTestFailed(); }

    void a_signsInAndWrites()
    {
        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.signsIn(u"ada"_s, password), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.writes(u"before the damage"_s), qPrintable(m_ada.report()));
        QTRY_COMPARE_WITH_TIMEOUT(lastAtBen(), u"before the damage"_s, 20'000);
        QVERIFY2(m_ada.quits(), qPrintable(m_ada.report()));
    }

    void b_damagedStore_isSaidOnce_andSendingGoesOn()
    {
        QDirIterator stores(m_ada.dataFolder(), {u"cache.sqlite"_s}, QDir::Files, QDirIterator::Subdirectories);
        QVERIFY(stores.hasNext());
        const QString store = stores.next();
        QVERIFY(breakPages(store));
        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.sees(u"What this computer kept of this account was damaged"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"before the damage"_s), qPrintable(m_ada.report())); // from the server
        QVERIFY2(m_ada.writes(u"after the damage"_s), qPrintable(m_ada.report()));
        QTRY_COMPARE_WITH_TIMEOUT(lastAtBen(), u"after the damage"_s, 20'000);
        QVERIFY(QFile::exists(store + u".broken"_s));
        QVERIFY2(m_ada.quits(), qPrintable(m_ada.report()));
        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.sees(u"Filter conversations"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.seesNoMore(u"was damaged"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.quits(), qPrintable(m_ada.report()));
    }

    void c_damagedListOfAccounts_isMadeAnew()
    {
        QVERIFY(writeFile(m_ada.dataFolder() + u"/accounts.json"_s, "{\"version\":1,\"accou"));
        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.sees(u"The list of accounts on this computer was damaged"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.writes(u"still signed in"_s), qPrintable(m_ada.report()));
        QTRY_COMPARE_WITH_TIMEOUT(lastAtBen(), u"still signed in"_s, 20'000);
        QVERIFY2(m_ada.quits(), qPrintable(m_ada.report()));
    }

    void d_withNothingLeft_theSignInPageSaysSo()
    {
        QVERIFY(writeFile(m_ada.dataFolder() + u"/accounts.json"_s, "?"));
        QVERIFY(QDir(m_ada.dataFolder() + u"/accounts"_s).removeRecursively());
        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.sees(u"The list of accounts on this computer cannot be read"_s), qPrintable(m_ada.report()));
        m_ada.kill();
    }

    void e_folderThatCannotBeWritten_isAWindowThatSaysSo()
    {
        // Permissions do not bind whoever tests as root; a file in the folder's place binds everybody.
        QVERIFY(QDir(m_ada.dataFolder()).removeRecursively());
        QVERIFY(writeFile(m_ada.dataFolder(), "in the way"));
        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.isTitled(u"Tertulia cannot start"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"cannot be written"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.isOn(u"Quit"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Return"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_ada.isRunning(), 20'000);
        QCOMPARE(m_ada.exitCode(), 1);

        QVERIFY(m_ada.start(m_server.url()));
        QVERIFY2(m_ada.isOn(u"Quit"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Tab"_s);
        QVERIFY2(m_ada.isOn(u"The folder"_s), qPrintable(m_ada.report()));
        m_ada.press(u"ctrl+q"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_ada.isRunning(), 20'000);
        QCOMPARE(m_ada.exitCode(), 1);
    }
};

QTEST_GUILESS_MAIN(TestDamagedFiles)
#include "tst_damagedfiles.moc"
