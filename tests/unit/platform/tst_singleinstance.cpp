// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/singleinstance.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;
using Outcome = SingleInstance::Outcome;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private:
    /// A second start, as another process would do it: blocking, beside the loop of the first.
    static Outcome beginElsewhere(const Profile &profile, const QByteArray &token = {})
    {
        std::atomic<Outcome> outcome = Outcome::Failed;
        std::unique_ptr<QThread> thread(QThread::create([&] {
            SingleInstance second(profile);
            outcome = second.begin(token);
        }));
        thread->start();
        if (!QTest::qWaitFor([&] { return thread->isFinished(); }, 20'000))
            qFatal("the second start does not come back");
        return outcome;
    }
    [[nodiscard]] QString socketPath(const Profile &profile) const
    {
        return m_runtime.path() + u"/tertulia-"_s + profile.tag();
    }

    QTemporaryDir m_runtime;
    QTemporaryDir m_folder;
    Profile m_profile;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_RUNTIME_DIR", m_runtime.path().toLocal8Bit());
        m_profile = Profile::open({}, m_folder.path()).value();
    }

    void secondStart_asksTheFirstToShowItself()
    {
        SingleInstance first(m_profile);
        QCOMPARE(first.begin(), Outcome::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QCOMPARE(beginElsewhere(m_profile, "token-7"), Outcome::Handed);
        QCOMPARE(raised.size(), 1);
        QCOMPARE(raised[0][0].toByteArray(), QByteArray("token-7"));
        QCOMPARE(beginElsewhere(m_profile), Outcome::Handed);
        QCOMPARE(raised.size(), 2);
        QVERIFY(raised[1][0].toByteArray().isEmpty());
    }

    void tokenWithALineBreak_isDropped()
    {
        SingleInstance first(m_profile);
        QCOMPARE(first.begin(), Outcome::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QCOMPARE(beginElsewhere(m_profile, "a\nraise b"), Outcome::Handed);
        QCOMPARE(raised.size(), 1);
        QVERIFY(raised[0][0].toByteArray().isEmpty());
    }

    void afterTheFirstHasGone_theNextIsFirst()
    {
        {
            SingleInstance first(m_profile);
            QCOMPARE(first.begin(), Outcome::First);
        }
        SingleInstance next(m_profile);
        QCOMPARE(next.begin(), Outcome::First);
    }

    void socketOfAKilledProcess_isNoObstacle()
    {
        QFile stale(socketPath(m_profile));
        QVERIFY(stale.open(QIODevice::WriteOnly));
        stale.close();
        SingleInstance first(m_profile);
        QCOMPARE(first.begin(), Outcome::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QCOMPARE(beginElsewhere(m_profile), Outcome::Handed);
    }

    void otherProfile_isIndependent()
    {
        const Profile other = Profile::open(u"other"_s, m_folder.path()).value();
        SingleInstance first(m_profile), second(other);
        QCOMPARE(first.begin(), Outcome::First);
        QCOMPARE(second.begin(), Outcome::First);
    }

    void socket_isForThisUserOnly()
    {
        SingleInstance first(m_profile);
        QCOMPARE(first.begin(), Outcome::First);
        const QFile::Permissions permissions = QFileInfo(socketPath(m_profile)).permissions();
        QVERIFY(!(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    }

    void nonsenseOnTheSocket_doesNothing()
    {
        SingleInstance first(m_profile);
        QCOMPARE(first.begin(), Outcome::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        for (const QByteArray &bytes : {QByteArray("hello\n"), QByteArray(100'000, 'x'), QByteArray("rais\n")}) {
            QLocalSocket socket;
            socket.connectToServer(socketPath(m_profile));
            QVERIFY(socket.waitForConnected());
            socket.write(bytes);
            QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
        }
        QCOMPARE(raised.size(), 0);
        QCOMPARE(beginElsewhere(m_profile), Outcome::Handed);
    }

    void firstThatDoesNotAnswer_isSaid()
    {
        // The lock is there, the socket is not.
        QLockFile lock(m_profile.dataDir + u"/running.lock"_s);
        QVERIFY(lock.tryLock(0));
        SingleInstance second(m_profile);
        QCOMPARE(second.begin(), Outcome::Silent);
        QVERIFY2(second.why().contains(QString::number(QCoreApplication::applicationPid())), qPrintable(second.why()));
    }
};

TERTULIA_TEST(tst_singleinstance, TestSingleInstance)
#include "tst_singleinstance.moc"
