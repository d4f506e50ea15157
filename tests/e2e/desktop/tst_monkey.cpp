// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A monkey at the window of the real client, with two accounts on a real server and people who write to them, while the
// network breaks and the server restarts. All the while: the program lives and warns of nothing, no words show where
// they do not belong, nothing is read that was not in sight, the keys go somewhere; and whenever it comes to rest, the
// window shows what the server has.
//   TERTULIA_MONKEY_SECONDS  how long (120)
//   TERTULIA_MONKEY_SEED     which walk (8)
//   TERTULIA_MONKEY_PATIENCE so many times longer for everything: for a client under a checker (1)
#include "e2e/desktop/circle.h"
#include "e2e/desktop/monkey.h"
#include "e2e/support/serverprocess.h"
#include "support/droppingrelay.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <iterator>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"tertulia-demo"_s;
#if defined(__SANITIZE_ADDRESS__)
/// What a process has then is mostly the sanitizer's own, which grows with all that was ever freed: the client's heap
/// stood at 10 to 18 MiB while the process went from 213 to 283.
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif

int number(const char *name, int otherwise)
{
    bool isOk = false;
    const int value = qEnvironmentVariableIntValue(name, &isOk);
    return isOk ? value : otherwise;
}

int secondsToWalk()
{
    return number("TERTULIA_MONKEY_SECONDS", 120);
}

/// Letters and digits alone: how a text reads without its marks.
QString bare(QString text)
{
    static const QRegularExpression marks(u"[^\\p{L}\\p{N}]+"_s);
    return text.remove(marks);
}

} // namespace

class TestMonkey : public QObject
{
    Q_OBJECT

private:
    const int m_patience = 60'000 * number("TERTULIA_MONKEY_PATIENCE", 1);
    ServerProcess m_server;
    std::unique_ptr<DroppingRelay> m_network;
    DesktopClient m_client;
    Circle m_circle;
    QStringList m_done;
    bool m_isCut = false;

    void did(const QString &what)
    {
        if (what.isEmpty())
            return;
        m_done += what;
        if (m_done.size() > 400)
            m_done.removeFirst();
    }
    /// All of it: what QVERIFY2 says is cut.
    QString failure(const QString &why)
    {
        qInfo().noquote() << why + u"\nbefore that:\n  "_s + m_done.join(u"\n  "_s) + u'\n' + m_client.report();
        return why;
    }
    [[nodiscard]] bool startServer()
    {
        const QStringList more{u"limits.send_per_10_seconds=100000"_s,
                               u"limits.send_per_minute=100000"_s,
                               u"limits.logins_per_15_minutes=100000"_s,
                               u"limits.logins_per_hour=100000"_s,
                               u"auth.hash_memory=8"_s,
                               u"auth.hash_passes=1"_s};
        QStringList arguments{u"--demo"_s};
        for (const QString &setting : more)
            arguments << u"--set"_s << setting;
        return m_server.start(arguments);
    }
    void mendAll()
    {
        if (std::exchange(m_isCut, false))
            m_network->mend();
        if (!m_server.isRunning() && !startServer())
            qFatal("%s", qPrintable(m_server.why()));
    }
    /// What happens to a network and to a server.
    QString breaksSomething(int what)
    {
        if (what == 0) {
            m_network->breakNow();
            return u"connections break"_s;
        }
        if (m_isCut || !m_server.isRunning()) {
            mendAll();
            return u"network and server are back"_s;
        }
        if (what == 1) {
            m_network->cut();
            m_isCut = true;
            return u"the network is cut"_s;
        }
        if (what == 2)
            m_server.kill();
        else if (!m_server.terminate())
            qFatal("the server did not end well: %s", m_server.log().constData());
        return u"the server ends"_s;
    }

    /// What is wrong still when there was time to mend it; empty: nothing.
    [[nodiscard]] QString lastly(const std::function<QString()> &wrongNow) const
    {
        QString why;
        std::ignore = QTest::qWaitFor(
            [&] {
                why = wrongNow();
                return why.isEmpty();
            },
            m_patience);
        return why;
    }
    /// Who clicks anywhere finds the choice of the language, too; what is read here is English.
    [[nodiscard]] bool speaksEnglish()
    {
        const QString choice = u"Language of Tertulia"_s, german = u"Sprache von Tertulia"_s;
        const auto nodes = m_client.look();
        if (std::none_of(nodes.begin(), nodes.end(), [&](const AccessibleNode &node) {
                return node.isShowing
                    && (node.name == german || node.name.startsWith(u"Konten und Einstellungen von"_s));
            }))
            return true;
        for (int i = 0; i < 4; ++i)
            m_client.press(u"Escape"_s);
        m_client.press(u"ctrl+comma"_s);
        if (!m_client.walksTo(german))
            return false;
        m_client.press(u"Left"_s);
        const bool isEnglish = m_client.sees(choice);
        m_client.press(u"Escape"_s);
        return isEnglish;
    }
    /// What is wrong with the program and its window, once it has had time to show what happened; empty: nothing.
    [[nodiscard]] QString wrong(bool isLooking)
    {
        if (m_client.isRunning() && !speaksEnglish())
            return u"the language cannot be chosen"_s;
        QString why = lastly([&]() -> QString {
            if (!m_client.isRunning())
                return {};
            const Sight sight = Sight::of(m_client.look());
            if (sight.isAskedToSignOut || sight.isSigningIn) {
                m_client.press(u"Escape"_s);
                return u"asked to sign in or out"_s;
            }
            if (const QString words = m_circle.wrongIn(sight); !words.isEmpty())
                return words;
            if (isLooking && sight.focus.isEmpty())
                return u"nothing has the focus"_s;
            m_circle.notice(sight, isLooking);
            return {};
        });
        if (!m_client.isRunning())
            why = u"the program has ended"_s;
        if (why.isEmpty() && !m_client.warnings().isEmpty())
            why = QString::fromUtf8(m_client.warnings());
        if (why.isEmpty() && m_server.isRunning())
            why = m_circle.readUnseen();
        return why;
    }

    /// The end of the conversation, opened, is what the server has of it. All of it is read then: elsewhere, for what
    /// was skipped on the way to the end stays unread in this window.
    [[nodiscard]] QString isTold(int account, int other)
    {
        int unread = -1;
        const QStringList latest = m_circle.latest(account, other, 5, &unread);
        if (latest.isEmpty())
            return {};
        const auto goesToTheEnd = [&] {
            if (!m_client.opens(Circle::username(other), Circle::fullName(other)))
                return false;
            m_client.press(u"shift+F6"_s);
            m_client.press(u"End"_s);
            return true;
        };
        if (!goesToTheEnd())
            return u"%1 cannot open %2"_s.arg(Circle::fullName(account), Circle::fullName(other));
        return lastly([&]() -> QString {
            const QStringList texts = m_circle.latest(account, other, 5, &unread);
            const Sight sight = Sight::of(m_client.look());
            m_circle.notice(sight, true);
            if (sight.heading.isEmpty()) {
                // It was deleted elsewhere while this client was away, which hears of it just now.
                if (sight.focus.isEmpty())
                    return u"nothing has the focus"_s;
                return goesToTheEnd() ? u"it is closed"_s : u"it is closed, and cannot be opened"_s;
            }
            // Of what came at once after it was opened, the view shows the first, so that nothing passes unseen.
            if (!sight.isAtEnd)
                m_client.press(u"End"_s);
            for (qsizetype i = 0; i < texts.size(); ++i) {
                // A window of this size shows three rows of any.
                const QString row = sight.messages.value(sight.messages.size() - 1 - i);
                if ((i < 3 || !row.isEmpty()) && !bare(row).contains(bare(texts[i])))
                    return u"'%1' shows where the server has '%2'"_s.arg(row, texts[i]);
            }
            return m_circle.wrongIn(sight);
        });
    }
    [[nodiscard]] QString unreadAtTheServer()
    {
        QString text;
        for (int account = 0; account < Circle::accounts; ++account) {
            for (int other = 0; other < Circle::people; ++other) {
                int unread = 0;
                const QStringList latest =
                    account == other ? QStringList() : m_circle.latest(account, other, 1, &unread);
                text += u" %1 of %2 %3 '%4'"_s.arg(Circle::username(account), Circle::username(other))
                            .arg(unread)
                            .arg(latest.value(0));
            }
        }
        return text;
    }
    /// Everything as the server has it, in each account.
    [[nodiscard]] QString converges()
    {
        for (int round = 0; round < 2; ++round) {
            if (const QString why = looksThrough(); !why.isEmpty())
                return why;
            if (m_client.isTitled(u"Tertulia"_s))
                return {};
            // What waited in the account that is not shown was sent while the other one was looked through.
        }
        return u"something is unread; the server says:"_s + unreadAtTheServer();
    }
    [[nodiscard]] QString looksThrough()
    {
        for (int i = 0; i < Circle::accounts; ++i) {
            const Sight sight = Sight::of(m_client.look());
            const int account = sight.account == Circle::fullName(0) ? 0 : 1;
            for (int other = 0; other < Circle::people; ++other) {
                if (other == account)
                    continue;
                QString why = isTold(account, other);
                if (why.isEmpty() && !m_circle.readsElsewhere(account, other))
                    why = u"the server does not take marks"_s;
                if (!why.isEmpty())
                    return u"%1 and %2: "_s.arg(Circle::username(account), Circle::username(other)) + why;
            }
            m_client.press(u"ctrl+shift+a"_s);
            if (!m_client.sees(u"Accounts and settings of "_s + Circle::fullName(1 - account)))
                return u"the other account does not show"_s;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(startServer(), qPrintable(m_server.why()));
        m_server.listenOn(m_server.url().authority());
        m_network = std::make_unique<DroppingRelay>(m_server.url());
        QVERIFY(m_circle.signIn(m_server.url()));
        QVERIFY2(m_client.prepare(), qPrintable(m_client.report()));
        QVERIFY(m_client.start(m_network->url()));
        QVERIFY2(m_client.signsIn(Circle::username(0), password), qPrintable(m_client.report()));
        QVERIFY2(m_client.addsAccount(m_network->url(), Circle::username(1), password), qPrintable(m_client.report()));
    }

    void walks()
    {
        const int seconds = secondsToWalk();
        const int seed = number("TERTULIA_MONKEY_SEED", 8);
        qInfo("%d seconds, seed %d", seconds, seed);
        Monkey monkey(m_client, quint32(seed));
        qint64 memory = 0;
        int steps = 0, rests = 0;
        QElapsedTimer walk, calm;
        walk.start();
        do {
            calm.start();
            while (!calm.hasExpired(std::min(25, seconds) * 1000)) {
                const int what = monkey.dice().bounded(40);
                if (what < 4)
                    did(breaksSomething(what));
                else if (what < 12 && m_server.isRunning())
                    did(m_circle.acts(monkey.dice()));
                else
                    did(monkey.acts());
                ++steps;
                if (const QString why = wrong(monkey.isLooking()); !why.isEmpty())
                    QFAIL(qPrintable(failure(why)));
            }
            mendAll();
            monkey.comesToRest();
            did(u"comes to rest"_s);
            QString why = wrong(true);
            if (why.isEmpty())
                why = m_client.seesNoMore(u"Retry"_s) ? converges() : u"not connected again"_s;
            if (!why.isEmpty())
                QFAIL(qPrintable(failure(why)));
            const qint64 now = m_client.residentKiB();
            if (memory == 0)
                memory = now;
            if (++rests % 10 == 0)
                qInfo("after %lld s and %d steps: %lld MiB", walk.elapsed() / 1000, steps, now / 1024);
        } while (!walk.hasExpired(seconds * 1000LL));
        const qint64 end = m_client.residentKiB();
        qInfo("%d steps, from %lld to %lld MiB", steps, memory / 1024, end / 1024);
        // The first rest has seen every page once; what comes after is the words and pictures of a longer talk.
        if (!isSanitized)
            QVERIFY2(end < 2 * memory, qPrintable(u"from %1 to %2 KiB"_s.arg(memory).arg(end)));
    }

    void ends()
    {
        m_client.press(u"ctrl+q"_s);
        const bool hasEnded = QTest::qWaitFor([this] { return !m_client.isRunning(); }, m_patience);
        const bool isWell = hasEnded && m_client.exitCode() == 0 && m_client.warnings().isEmpty();
        QVERIFY2(isWell, qPrintable(failure(u"the program does not end well"_s)));
    }
};

int main(int argc, char **argv)
{
    // Qt ends a test function after five minutes; the longest pause of this one is its patience at the end.
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(2000LL * secondsToWalk() + 600'000));
    const QCoreApplication application(argc, argv);
    TestMonkey test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_monkey.moc"
