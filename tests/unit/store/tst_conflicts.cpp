// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is there already is an answer, not a failure: PostgreSQL gives up the whole transaction when a rule is broken.

#include "store/messagestore.h"
#include "store/sessionstore.h"
#include "store/userstore.h"
#include "support/testdatabase.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class ConflictsTest : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    std::unique_ptr<TestDatabase> m_database;

    /// What `work` gives in a unit that is kept, which a second write behind it proves.
    template <class Work> auto kept(Work work)
    {
        return m_database->write([&](Transaction &tx) -> Result<decltype(work(tx))> {
            auto answer = work(tx);
            UserStore::noteChange(tx, UserId::generate(), m_clock.now());
            return answer;
        });
    }
    /// Whether it went in.
    [[nodiscard]] Result<bool> appended(const QString &clientMessageId, MessageId id = MessageId::generate())
    {
        return kept([&](Transaction &tx) {
            auto conversation = direct(tx).conversation;
            Message message;
            message.id = id;
            message.senderId = m_ada;
            message.clientMessageId = clientMessageId;
            message.content = u"hello"_s;
            message.createdAt = m_clock.now();
            return MessageStore::append(tx, conversation, message, tx.nextChange());
        });
    }
    [[nodiscard]] ConversationStore::MadeConversation direct(Transaction &tx) const
    {
        return ConversationStore::createDirect(tx, *ConversationStore::person(tx, m_ada),
                                               *ConversationStore::person(tx, m_ben), m_clock.now());
    }

    UserId m_ada, m_ben;

private Q_SLOTS:
    void init()
    {
        m_database = std::make_unique<TestDatabase>(m_clock);
        m_ada = m_database->addUser(u"ada"_s);
        m_ben = m_database->addUser(u"ben"_s);
    }

    void nameThatIsTaken_isAnAnswer()
    {
        Account account;
        account.id = UserId::generate();
        account.username = u"Ada"_s;
        QVERIFY(!kept([&](Transaction &tx) { return UserStore::insert(tx, account); }).value_or(true));
        account.username = u"cleo"_s;
        QVERIFY(kept([&](Transaction &tx) { return UserStore::insert(tx, account); }).value_or(false));
    }
    void clientMessageIdThatWasUsed_isAnAnswer()
    {
        QVERIFY(appended(u"a"_s).value_or(false));
        QVERIFY(!appended(u"a"_s).value_or(true));
    }
    void anyOtherRule_failsTheUnit()
    {
        const auto id = MessageId::generate();
        QVERIFY(appended(u"a"_s, id).value_or(false));
        const auto taken = appended(u"b"_s, id);
        QVERIFY(!taken);
        QCOMPARE(int(taken.error().code), int(ErrorCode::Internal));
    }
    void directConversation_isMadeOnce()
    {
        const auto first = kept([&](Transaction &tx) { return direct(tx); });
        const auto second = kept([&](Transaction &tx) { return direct(tx); });
        QVERIFY(first && first->isNew);
        QVERIFY(second && !second->isNew);
        QVERIFY(first->conversation.number > 0);
        QCOMPARE(second->conversation.number, first->conversation.number);
        QCOMPARE(second->conversation.id, first->conversation.id);
        QCOMPARE(second->conversation.members.size(), size_t(2));
    }
    void tokenThatWasEnded_isAnAnswer()
    {
        const auto id = SessionId::generate();
        QVERIFY(kept([&](Transaction &tx) { return SessionStore::endForeign(tx, id, m_clock.now()); }).value_or(false));
        QVERIFY(!kept([&](Transaction &tx) { return SessionStore::endForeign(tx, id, m_clock.now()); }).value_or(true));
    }
    void stepOfAMark_isRememberedOnce()
    {
        const Mark step{.through = 3, .at = m_clock.now(), .change = 1};
        for (int i = 0; i < 2; ++i) {
            QVERIFY(kept([&](Transaction &tx) {
                MessageStore::addReceipt(tx, 1, ReceiptKind::Read, step);
                return true;
            }));
        }
    }
};

TERTULIA_TEST(tst_conflicts, ConflictsTest)
#include "tst_conflicts.moc"
