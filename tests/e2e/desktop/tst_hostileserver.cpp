// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real client on a server that means harm: it goes on, stays within its memory, and says in plain words what is the
// matter. The scenes follow each other, so after a failure the later ones are skipped.
#include "e2e/desktop/desktopclient.h"
#include "protocol/chat.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"
#include "protocol/identity.h"
#include "protocol/names.h"
#include "support/messages.h"
#include "support/scriptedserver.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

/// What a client of this size may have at most, whatever it is told (it has about 150 MiB at rest, in a debug build).
constexpr qint64 mostMemoryKiB = 600 * 1024;
constexpr int hugeText = 10 * 1024 * 1024;

const UserCard ana = person(u"ana"_s);
const UserCard mallory{person(u"mallory"_s).id,
                       // overrides, isolates that never end, zero-width, a line's end, combining marks without number
                       u"\u202Eyrollam\u2066\u2066\u200B\u200D\n"_s + u"a"_s + QString(5000, QChar(0x0301)),
                       u"mallory"_s,
                       {}};
const ConversationId talk = conversationNamed(u"talk"_s);

const QStringList nastyTexts{
    u"\u202Eright to left \u2067\u2066 and never back"_s,
    u"z"_s + QString(20'000, QChar(0x0335)),
    QString(100'000, u'w'), // no place to break a line
    QString(50'000, u'*') + u"bold"_s + QString(50'000, u'*'),
    u"> "_s.repeated(20'000) + u"quoted"_s,
    u"[a](javascript:alert(1)) <img src=http://127.0.0.1:9/x> &#0; &#x10FFFF;"_s,
    u"\u200B\u200B\u200B"_s,
    QString(QChar(0xD800)) + u"half of a pair"_s,
    u"`"_s.repeated(30'001),
    u"👨‍👩‍👧‍👦"_s.repeated(5000),
};

QByteArray whole(const QByteArray &json)
{
    return R"({"success":true,"data":)" + json + '}';
}

} // namespace

class TestHostileServer : public QObject
{
    Q_OBJECT

private:
    ScriptedServer m_server;
    DesktopClient m_client;
    bool m_isPlayOver = false;
    int m_pages = 0;
    int m_textSize = hugeText; ///< of the last message in the list

    /// Endless history: every page is full and has more behind it.
    [[nodiscard]] ScriptedAnswer history()
    {
        ++m_pages;
        MessagePage page;
        page.conversationId = talk;
        for (int i = 0; i < 50; ++i) {
            const Sequence sequence = std::max<Sequence>(1, 1'000'000 - Sequence(m_pages) * 50 + i);
            page.messages.push_back(messageFrom(mallory, talk, sequence, nastyTexts[i % nastyTexts.size()]));
        }
        page.pagination.hasMore = true;
        return ScriptedAnswer::data(toJson(page));
    }

    void answerAll()
    {
        AuthResult session;
        session.accessToken = u"access"_s;
        session.refreshToken = u"refresh"_s;
        session.expiresIn = 3600;
        session.user.id = ana.id;
        session.user.username = ana.username;
        session.user.fullName = ana.fullName;
        Conversation conversation =
            conversationOf(talk, {ana, mallory}, messageFrom(mallory, talk, 1'000'000), 2'000'000'000);
        m_server.always("GET", QString(Routes::health),
                        ScriptedAnswer::json(200, whole(R"({"status":"Healthy","version":"1"})")));
        m_server.always("POST", QString(Routes::login), ScriptedAnswer::data(toJson(session)));
        m_server.always("POST", QString(Routes::refresh), ScriptedAnswer::data(toJson(session)));
        m_server.always("GET", QString(Routes::conversations), [this, conversation](const ScriptedRequest &) mutable {
            conversation.lastMessage->content = QString(m_textSize, u'x');
            return ScriptedAnswer::json(200, successJson(std::vector<Conversation>{conversation}, Pagination{}));
        });
        m_server.always("GET", QString(Routes::messages), [this](const ScriptedRequest &) { return history(); });
        m_server.always("GET", QString(Routes::sync), ScriptedAnswer::data("[1,2,{}]")); // of no type that it knows
        for (const QLatin1StringView hub : {Routes::chatHub, Routes::onlineHub}) {
            m_server.always("POST", hub + u"/negotiate"_s,
                            ScriptedAnswer::json(200,
                                                 R"({"negotiateVersion":1,"connectionId":"a","connectionToken":"b",)"
                                                 R"("availableTransports":[{"transport":"WebSockets",)"
                                                 R"("transferFormats":["Text","Binary"]}]})"));
            m_server.acceptWebSockets(QString(hub));
        }
        connect(&m_server, &ScriptedServer::socketOpened, this, [](ScriptedSocket *socket) {
            socket->injectText(QStringLiteral("{}\u001e")); // the handshake is fine
        });
    }
    /// Alive: it hears keys, and is no larger than it may be.
    [[nodiscard]] QString trouble()
    {
        if (!m_client.isRunning())
            return u"it has ended\n"_s + m_client.report();
        m_client.press(u"F1"_s);
        if (!m_client.sees(u"Keyboard shortcuts"_s))
            return u"it does not hear\n"_s + m_client.report();
        m_client.press(u"Escape"_s);
        if (!m_client.seesNoMore(u"Keyboard shortcuts"_s))
            return u"it does not hear\n"_s + m_client.report();
        const qint64 memory = m_client.residentKiB();
        return memory > mostMemoryKiB ? u"it has %1 MiB"_s.arg(memory / 1024) : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        answerAll();
        QVERIFY2(m_client.prepare(), qPrintable(m_client.report()));
        QVERIFY(m_client.start(m_server.url()));
    }
    void init()
    {
        if (m_isPlayOver)
            QSKIP("an earlier scene failed");
    }
    void cleanup() { m_isPlayOver = m_isPlayOver || QTest::currentTestFailed(); }

    void a_listOfHugeAndTwistedThings()
    {
        QVERIFY2(m_client.signsIn(u"ana"_s, u"secret"_s), qPrintable(m_client.report()));
        QVERIFY2(m_client.sees(u"This did not work"_s), qPrintable(m_client.report()));
        QCOMPARE(trouble(), QString());
        m_textSize = 1024 * 1024; // it tries again by itself
        QVERIFY2(m_client.sees(u"yrollam"_s), qPrintable(m_client.report()));
        QCOMPARE(trouble(), QString());
    }

    void b_endlessHistoryOfNastyTexts()
    {
        QVERIFY2(m_client.opens(u"mal"_s, u"yrollam"_s), qPrintable(m_client.report()));
        QVERIFY2(m_client.sees(u"👨"_s), qPrintable(m_client.report()));
        for (int i = 0; i < 40; ++i)
            m_client.press(u"Prior"_s);
        QCOMPARE(trouble(), QString());
        QVERIFY2(m_pages < 200, "it reads what nobody looks at");
    }

    void c_garbageOnTheHub()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < 8; ++round) {
            QVERIFY(QTest::qWaitFor([this] { return m_server.socket() && m_server.socket()->isOpen(); }, 30'000));
            ScriptedSocket *const socket = m_server.socket();
            QByteArray noise(64 * 1024, 0);
            random.fillRange(reinterpret_cast<quint32 *>(noise.data()), noise.size() / qsizetype(sizeof(quint32)));
            switch (round % 4) {
            case 0:
                socket->injectBinary(noise);
                break;
            case 1:
                socket->injectRaw(noise);
                break;
            case 2: // a frame of 2^62 bytes
                socket->injectRaw(QByteArray::fromHex("827f4000000000000000") + noise);
                break;
            default: // text that is no UTF-8
                socket->injectRaw(QByteArray::fromHex("8104fffefdfc"));
            }
            QTest::qWait(100);
            QVERIFY2(m_client.isRunning(), qPrintable(m_client.report()));
        }
        QCOMPARE(trouble(), QString());
    }

    void d_answersThatMakeNoSense_areToldInPlainWords()
    {
        m_server.always("POST", QString(Routes::messages), ScriptedAnswer::data("42"));
        QVERIFY2(m_client.writes(u"are you well?"_s), qPrintable(m_client.report()));
        QCOMPARE(trouble(), QString());
        // What was written stays, and is not shown as sent.
        QVERIFY2(m_client.sees(u"are you well?"_s), qPrintable(m_client.report()));
    }

    void e_goneAndBack()
    {
        m_server.stop();
        QVERIFY2(m_client.sees(u"The server does not answer"_s), qPrintable(m_client.report()));
        m_server.start();
        QCOMPARE(trouble(), QString());
    }
};

QTEST_GUILESS_MAIN(TestHostileServer)
#include "tst_hostileserver.moc"
