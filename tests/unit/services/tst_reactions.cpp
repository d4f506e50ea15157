// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatstage.h"
#include "support/testmain.h"

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// "ada:👍 ben:❤"
QString told(ChatStage &stage, const Message &message)
{
    QStringList parts;
    for (const Reaction &one : message.reactions) {
        const QString who = one.userId == stage.ada.id ? u"ada"_s : one.userId == stage.ben.id ? u"ben"_s : u"?"_s;
        parts.append(who + u':' + one.reaction);
    }
    return parts.join(u' ');
}

} // namespace

class ReactionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reaction_isSeenByAll_andReplacesTheEarlierOne()
    {
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
        QCOMPARE(told(stage, *stage.react(stage.ben, message.id, u"\u2764"_s)), u"ben:\u2764"_s);
        stage.clock.advance(1s);
        QCOMPARE(told(stage, *stage.react(stage.ada, message.id, u"wow"_s)), u"ben:\u2764 ada:wow"_s);
        stage.clock.advance(1s);
        // The latest comes last.
        QCOMPARE(told(stage, *stage.react(stage.ben, message.id, u"\U0001F44D"_s)), u"ada:wow ben:\U0001F44D"_s);
        QCOMPARE(told(stage, *stage.message(stage.ada, message.id)), u"ada:wow ben:\U0001F44D"_s);
        const auto page = stage.history(stage.ada, message.conversationId);
        QCOMPARE(told(stage, page->messages.back()), u"ada:wow ben:\U0001F44D"_s);
        QCOMPARE(told(stage, *stage.react(stage.ada, message.id, {})), u"ben:\U0001F44D"_s);
        QCOMPARE(told(stage, *stage.react(stage.ben, message.id, {})), QString());
        QVERIFY(stage.message(stage.ada, message.id)->reactions.empty());
    }
    void reactions_standWithTheirMessages()
    {
        ChatStage stage;
        const auto sent = stage.sendMany(stage.ada, stage.ben, 5);
        QVERIFY(stage.react(stage.ben, sent[1].id, u"b"_s));
        stage.clock.advance(1s);
        QVERIFY(stage.react(stage.ada, sent[1].id, u"a"_s));
        QVERIFY(stage.react(stage.ben, sent[3].id, u"d"_s));
        const Message other = stage.send(stage.ada, stage.cleo, u"another conversation"_s);
        QVERIFY(stage.react(stage.cleo, other.id, u"c"_s));
        QStringList all;
        const auto page = stage.history(stage.ben, sent[0].conversationId);
        for (const Message &message : page->messages)
            all.append(told(stage, message));
        QCOMPARE(all, (QStringList{{}, u"ben:b ada:a"_s, {}, u"ben:d"_s, {}}));
    }
    void eachChange_hasAHigherRevision_andIsTold()
    {
        ChatStage stage;
        const Message first = stage.send(stage.ada, stage.ben, u"one"_s);
        const Message second = stage.send(stage.ada, stage.ben, u"two"_s);
        QVERIFY(first.revision > 0);
        QVERIFY(second.revision > first.revision);
        stage.database.takeEvents();
        const auto reacted = stage.react(stage.ben, first.id, u"+"_s);
        QVERIFY(reacted && reacted->revision > second.revision);
        QCOMPARE(reacted->content, u"one"_s);
        QCOMPARE(reacted->sender.username, u"ada"_s);
        const auto events = stage.database.takeEventsOf<MessageChanged>();
        QCOMPARE(events.size(), size_t(1));
        QCOMPARE(int(events[0].what), int(MessageChange::Reacted));
        QVERIFY(events[0].by == stage.ben.id);
        QVERIFY(events[0].message == *reacted);
        QCOMPARE(events[0].members.size(), size_t(2));
        QCOMPARE(stage.conversation(stage.ada, first.conversationId)->revision, reacted->revision);
        QCOMPARE(stage.message(stage.ada, first.id)->revision, reacted->revision);
        QCOMPARE(stage.message(stage.ada, second.id)->revision, second.revision); // not its own change
    }
    void theSameAgain_changesNothing()
    {
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
        const auto first = stage.react(stage.ben, message.id, u"+"_s);
        stage.database.takeEvents();
        stage.clock.advance(1s);
        const auto again = stage.react(stage.ben, message.id, u"+"_s);
        QVERIFY(again && *again == *first);
        QVERIFY(stage.react(stage.ada, message.id, {})); // there is none
        QVERIFY(stage.database.takeEvents().empty());
        QCOMPARE(stage.message(stage.ada, message.id)->revision, first->revision);
    }
    void listAndUnread_stayAsTheyAre()
    {
        ChatStage stage;
        const Message old = stage.send(stage.ada, stage.ben, u"old"_s);
        stage.send(stage.ada, stage.cleo, u"newer"_s);
        const auto before = stage.list(stage.ada)->conversations;
        QVERIFY(stage.react(stage.ben, old.id, u"+"_s));
        const auto after = stage.list(stage.ada)->conversations;
        QCOMPARE(after.front().id, before.front().id); // it does not come to the top
        QCOMPARE(after.back().updatedAt, before.back().updatedAt);
        QCOMPARE(stage.unread(stage.ada).total, 0);
        QCOMPARE(stage.unread(stage.ben).total, 1);
    }
    void others_findNothing()
    {
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
        QCOMPARE(int(stage.react(stage.cleo, message.id, u"+"_s).error().code), int(ErrorCode::NotFound));
        QCOMPARE(int(stage.react(stage.ada, MessageId::generate(), u"+"_s).error().code), int(ErrorCode::NotFound));
        QVERIFY(stage.remove(stage.ben, message.conversationId));
        QCOMPARE(int(stage.react(stage.ben, message.id, u"+"_s).error().code), int(ErrorCode::NotFound));
        // And he hears nothing of what he has deleted.
        stage.database.takeEvents();
        QVERIFY(stage.react(stage.ada, message.id, u"+"_s));
        const auto events = stage.database.takeEventsOf<MessageChanged>();
        QCOMPARE(events.size(), size_t(1));
        QCOMPARE(events[0].members.size(), size_t(1));
        QVERIFY(events[0].members[0].card.id == stage.ada.id);
        QVERIFY(stage.react(stage.ada, message.id, {}));
        stage.database.setDisabled(stage.ben.id, true);
        QCOMPARE(int(stage.react(stage.ada, message.id, u"+"_s).error().code), int(ErrorCode::Forbidden));
        QVERIFY(stage.message(stage.ada, message.id)->reactions.empty());
    }
    void deletedMessages_takeNone()
    {
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
        QVERIFY(stage.database.write([&](Transaction &tx) -> Result<void> {
            tx.execute("UPDATE messages SET is_deleted = 1 WHERE id = ?", message.id);
            return {};
        }));
        const auto refused = stage.react(stage.ben, message.id, u"+"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().reason, u"MESSAGE_DELETED"_s);
    }
    void texts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("nothing") << u""_s << false;
        QTest::newRow("spaces") << u"  "_s << false;
        QTest::newRow("invisible") << u"\u200B"_s << false;
        QTest::newRow("a control character") << u"a\u0007"_s << false;
        QTest::newRow("half a pair") << QString(QChar(0xD83D)) << false;
        QTest::newRow("32 bytes") << QString(32, u'x') << true;
        QTest::newRow("33 bytes") << QString(33, u'x') << false;
        QTest::newRow("32 bytes of emoji") << u"\U0001F44D"_s.repeated(8) << true;
        QTest::newRow("a family") << u"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466"_s << true;
    }
    void texts()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, isGood);
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
        const auto done = stage.react(stage.ben, message.id, text);
        QCOMPARE(done.has_value(), isGood);
        if (!isGood)
            QCOMPARE(done.error().field, u"reaction"_s);
        QCOMPARE(stage.message(stage.ben, message.id)->reactions.size(), size_t(isGood ? 1 : 0));
    }
};

TERTULIA_TEST(tst_reactions, ReactionsTest)
#include "tst_reactions.moc"
