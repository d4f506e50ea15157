// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/pending.h"
#include "support/testmain.h"
#include "viewmodels/timeline/conversationviewmodel.h"
#include "viewstage.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocumentFragment>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

namespace {
const UserCard bo = person(u"bo"_s);
const ConversationId talk = ViewStage::talkWith(bo);
} // namespace

class TestTimelineModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_tester.reset();
        m_conversation.reset();
        m_stage.reset();
    }

    void newest_isRowZero()
    {
        open(6);
        QCOMPARE(model().count(), 6);
        QCOMPARE(model().state(), PageState::Value::Content);
        QCOMPARE(words(0), u"Text 6"_s);
        QCOMPARE(words(5), u"Text 1"_s);
        QVERIFY(content(0).isOwn);
        QCOMPARE(content(1).senderName, u"Ms bo"_s);
    }

    void days_areSeparatedOnce()
    {
        open(3);
        auto message = messageFrom(bo, talk, 4, u"Next day"_s);
        message.createdAt = testTime + std::chrono::hours(24);
        timeline().apply(message);
        QVERIFY(!value(0, TimelineModel::DayTextRole).isEmpty());
        QVERIFY(value(1, TimelineModel::DayTextRole).isEmpty());
        QVERIFY(!value(3, TimelineModel::DayTextRole).isEmpty());
    }

    void groups_areOfOnePersonAndAFewMinutes()
    {
        open(1);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 0);
        for (int i = 2; i <= 5; ++i) {
            auto message = messageFrom(bo, talk, i);
            message.createdAt = testTime + (i < 5 ? std::chrono::seconds(i) : std::chrono::seconds(3'600));
            timeline().apply(message);
        }
        QVERIFY(isTrue(0, TimelineModel::IsGroupStartRole)
                && isTrue(0, TimelineModel::IsGroupEndRole)); // an hour later
        QVERIFY(!isTrue(1, TimelineModel::IsGroupStartRole) && isTrue(1, TimelineModel::IsGroupEndRole));
        QVERIFY(!isTrue(2, TimelineModel::IsGroupStartRole) && !isTrue(2, TimelineModel::IsGroupEndRole));
        QVERIFY(isTrue(4, TimelineModel::IsGroupStartRole) && !isTrue(4, TimelineModel::IsGroupEndRole));
    }

    void neighbours_areToldOfGroups()
    {
        open(1);
        QSignalSpy changes(&model(), &TimelineModel::dataChanged);
        timeline().apply(messageFrom(bo, talk, 2));
        bool isTold = false;
        for (const auto &change : changes)
            isTold = isTold
                || (change.at(0).toModelIndex().row() == 1
                    && change.at(2).value<QList<int>>().contains(TimelineModel::IsGroupEndRole));
        QVERIFY(isTold);
    }

    void sending_showsTheMessageAtOnceUnderItsRowId()
    {
        open(2);
        const QSignalSpy latest(&model(), &TimelineModel::latestReached);
        const QSignalSpy resets(&model(), &TimelineModel::modelReset);
        auto &composer = *m_conversation->composer();
        composer.setText(u"  *Hi*  "_s);
        QVERIFY(composer.canSend());
        composer.send();
        QCOMPARE(composer.text(), QString());
        QCOMPARE(model().count(), 3);
        QCOMPARE(latest.size(), 1);
        QCOMPARE(words(0), u"Hi"_s);
        QVERIFY(content(0).formattedText.contains(u"<i>Hi</i>"_s));
        QVERIFY(timeline().at(0).isPending());
        QCOMPARE(content(0).status, int(DeliveryStatus::Value::Sending));
        const auto rowId = value(0, TimelineModel::RowIdRole);

        // the server has it
        auto message = messageFrom(m_stage->self, talk, 3, u"*Hi*"_s);
        message.clientMessageId = timeline().at(0).message.clientMessageId;
        timeline().apply(message);
        QCOMPARE(model().count(), 3);
        QCOMPARE(value(0, TimelineModel::RowIdRole), rowId);
        QVERIFY(!timeline().at(0).isPending());
        QCOMPARE(content(0).status, int(DeliveryStatus::Value::Sent));
        QCOMPARE(resets.size(), 0);
    }

    void ticks_sayWhenItWasRead_whereThatIsKnown()
    {
        open(4); // the even ones are one's own
        const auto words = [this](int row) { return content(row).statusText; };
        const QString sent = words(0);
        auto timed = messageFrom(m_stage->self, talk, 4, u"Text 4"_s);
        timed.readAt = testTime;
        timeline().update(timed);
        QCOMPARE(words(0), sent); // a time alone makes nothing read
        timeline().setMarks({.delivered = 4, .read = 4});
        QCOMPARE(content(0).status, int(DeliveryStatus::Value::Read));
        QCOMPARE(words(0), u"Read %1"_s.arg(m_stage->context.time().full(testTime)));
        QCOMPARE(words(2), u"Read"_s);
        QVERIFY(words(1).isEmpty()); // of somebody else's nothing is said
    }

    void everyRow_hasADay()
    {
        open(3);
        QVERIFY(value(1, TimelineModel::DayTextRole).isEmpty());
        QCOMPARE(model().dayText(1), value(2, TimelineModel::DayTextRole));
        QCOMPARE(model().dayText(-1), QString());
        QCOMPARE(model().dayText(3), QString());
    }

    void readAloud_hasOneFullStop()
    {
        open(1);
        const auto aloud = [this](const QString &text, Sequence sequence) {
            timeline().apply(messageFrom(m_stage->self, talk, sequence, text));
            QString words = content(0).accessibleText;
            return words.removeIf([](QChar c) { return !c.isPrint(); });
        };
        QVERIFY(aloud(u"On my way"_s, 2).endsWith(u". On my way. Sent"_s));
        QVERIFY(aloud(u"Done."_s, 3).endsWith(u". Done. Sent"_s));
        QVERIFY(aloud(u"Really?"_s, 4).endsWith(u". Really? Sent"_s));
    }

    void reactions_areCounted_named_andReadAloud()
    {
        open(1);
        auto message = messageFrom(bo, talk, 2, u"Look"_s);
        message.revision = 2;
        timeline().apply(message);
        QCOMPARE(content(0).reactionsText, QString());
        QVERIFY(m_stage->conversations->react(talk, message.id, u"\u2764"_s));
        QCOMPARE(content(0).reactionsText, u"\u2764"_s); // before the server knows
        QCOMPARE(content(0).ownReaction, u"\u2764"_s);
        message.revision = 3;
        message.reactions = {{bo.id, u"\u2764"_s, testTime}, {UserId::generate(), u"wow\u202e"_s, testTime}};
        timeline().apply(message);
        QCOMPARE(content(0).reactionsText, u"\u2764\u00a0wow\u00a03"_s);
        QString by = content(0).reactionsBy;
        QCOMPARE(by.removeIf([](QChar c) { return !c.isPrint() && c != u'\n'; }),
                 u"Ms bo: \u2764\nSomebody: wow\nYou: \u2764"_s);
        QVERIFY(content(0).accessibleText.contains(u"\u2764"_s));
        model().react(value(0, TimelineModel::RowIdRole), {});
        QCOMPARE(content(0).ownReaction, QString());
        QCOMPARE(content(0).reactionsText, u"\u2764\u00a0wow\u00a02"_s);
        QCOMPARE(m_stage->conversations->outbox().reactionsOf(talk).size(), size_t(1));
    }

    void failure_saysWhy()
    {
        open(1);
        auto pending = pendingIn(talk, u"c"_s, 1);
        pending.state = Client::Command::State::Failed;
        pending.failure = Error::forbidden({}, u"RECIPIENT_DISABLED"_s);
        timeline().applyPending(pending);
        QCOMPARE(content(0).status, int(DeliveryStatus::Value::Failed));
        QCOMPARE(content(0).failureText, u"This person's account is switched off."_s);
        QVERIFY(content(0).accessibleText.contains(u"switched off"_s));
    }

    void seeing_readsOnlyInAnActiveWindow()
    {
        open(5, 3);
        QCOMPARE(model().unreadCount(), 2); // of Bo's: 3 and 5; 4 is one's own
        QCOMPARE(model().firstUnreadRow(), 2);
        QVERIFY(isTrue(2, TimelineModel::IsFirstUnreadRole));
        model().markVisible(0, 4);
        QCOMPARE(entry().conversation.unreadCount, 3);
        m_stage->context.setWindowActive(true);
        QCOMPARE(model().unreadCount(), 0);
        QCOMPARE(entry().conversation.unreadCount, 3); // not before it is painted
        QTRY_COMPARE(entry().conversation.unreadCount, 0);
        QCOMPARE(entry().readThrough(), 5);
    }

    void rowsThatGo_bringNothingIntoSight()
    {
        open(5, 3);
        const auto pending = pendingIn(talk, u"c"_s, 1);
        timeline().applyPending(pending);
        model().markVisible(1, 2); // 5 and 4
        timeline().removePending(pending.clientMessageId);
        m_stage->context.setWindowActive(true);
        QCOMPARE(model().unreadCount(), 2); // 3 is as far away as before
        QCOMPARE(model().nextUnread(), NextUnread::Value::Above);
    }

    void seeing_countsThoughTheConversationIsLeftAtOnce()
    {
        open(5, 3);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 4);
        m_conversation.reset();
        QCOMPARE(entry().conversation.unreadCount, 0);
    }

    void whatComesBelow_isCounted()
    {
        open(5);
        m_stage->context.setWindowActive(true);
        model().markVisible(2, 4);
        timeline().apply(messageFrom(bo, talk, 6));
        timeline().apply(messageFrom(bo, talk, 7));
        QCOMPARE(model().unreadCount(), 2);
        QCOMPARE(model().nextUnread(), NextUnread::Value::Below);
        QVERIFY(isTrue(1, TimelineModel::IsFirstUnreadRole)); // they came out of sight: a line says where they begin
        model().markVisible(1, 4);
        QCOMPARE(model().unreadCount(), 1);
        model().markVisible(0, 4);
        QCOMPARE(model().unreadCount(), 0);
        QCOMPARE(model().nextUnread(), NextUnread::Value::None);
    }

    void whatWasNotInSight_staysUnread()
    {
        open(200, 100); // 101 and more
        m_stage->context.setWindowActive(true);
        QVERIFY(timeline().hasNewer()); // it begins around the first unread
        const int first = model().firstUnreadRow();
        QCOMPARE(timeline().at(first).message.sequence, 101);
        model().markVisible(first - 9, first + 5); // 101 to 110
        QTRY_COMPARE(entry().readThrough(), 110);
        QCOMPARE(model().nextUnread(), NextUnread::Value::Below);

        // To the latest: the last ten are in sight, what lies between was not.
        QSignalSpy latest(&model(), &TimelineModel::latestReached);
        model().goToLatest();
        QCOMPARE(latest.size(), 1);
        QVERIFY(!timeline().hasNewer());
        model().markVisible(0, 9);
        QCOMPARE(model().nextUnread(), NextUnread::Value::Above);
        QVERIFY(model().unreadCount() > 40);
        m_conversation.reset(); // it would tell now
        QCOMPARE(entry().readThrough(), 110);
        QVERIFY(entry().conversation.unreadCount > 40);
    }

    void nextUnread_isWhereTheReadingEnded()
    {
        open(200, 100);
        m_stage->context.setWindowActive(true);
        const int first = model().firstUnreadRow();
        model().markVisible(first - 9, first + 5);
        model().goToLatest();
        model().markVisible(0, 9);
        QSignalSpy reached(&model(), &TimelineModel::messageReached);
        model().goToNextUnread();
        QCOMPARE(reached.size(), 1);
        const int row = model().rowOf(reached.at(0).at(0).toString());
        QCOMPARE(timeline().at(row).message.sequence, 111);
        model().markVisible(row - 9, row);
        QTRY_COMPARE(entry().readThrough(), 120);
        model().markAllRead();
        QCOMPARE(entry().readThrough(), 200);
        QCOMPARE(model().unreadCount(), 0);
    }

    void burst_thatArrives_mustComeIntoSight()
    {
        open(5);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 4);
        QCOMPARE(model().arrivedRow(), -1);
        for (int i = 6; i <= 60; ++i)
            timeline().apply(messageFrom(bo, talk, i));
        QCOMPARE(model().arrivedRow(), 54); // a view that follows goes no further
        model().markVisible(0, 9); // though it did
        QCOMPARE(model().unreadCount(), 55);
        model().goToLatest(); // the person did
        QCOMPARE(model().arrivedRow(), -1);
        QCOMPARE(model().unreadCount(), 55);
    }

    void lineOfUnread_isDrawnWhereNobodyLooked()
    {
        open(5);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 4);
        timeline().apply(messageFrom(bo, talk, 6));
        QCOMPARE(model().firstUnreadRow(), -1); // in sight
        model().markVisible(0, 5);
        m_stage->context.setWindowActive(false);
        timeline().apply(messageFrom(bo, talk, 7));
        timeline().apply(messageFrom(bo, talk, 8));
        QCOMPARE(model().firstUnreadRow(), 1);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 7);
        QCOMPARE(model().unreadCount(), 0);
        QCOMPARE(model().firstUnreadRow(), 1); // it stays while the person reads
        m_conversation->composer()->setText(u"I see."_s);
        m_conversation->composer()->send();
        QCOMPARE(model().firstUnreadRow(), -1);
    }

    void ownMessage_isNeverUnread()
    {
        open(5);
        model().markVisible(0, 4);
        QSignalSpy changes(&model(), &TimelineModel::unreadChanged);
        m_conversation->composer()->setText(u"Mine."_s);
        m_conversation->composer()->send();
        auto sent = messageFrom(m_stage->self, talk, 6, u"Mine."_s);
        sent.clientMessageId = timeline().at(0).message.clientMessageId;
        timeline().apply(sent);
        timeline().apply(messageFrom(m_stage->self, talk, 7)); // from another device
        QCOMPARE(model().unreadCount(), 0);
        QCOMPARE(changes.size(), 0);
        QCOMPARE(model().firstUnreadRow(), -1);
    }

    void openAndSeen_hasNoBadge()
    {
        open(5, 1);
        QCOMPARE(entry().unread(), 1);
        QCOMPARE(m_stage->conversations->unreadTotal(), 1);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 4);
        QCOMPARE(entry().unread(), 0); // at once, though it is not told yet
        QCOMPARE(entry().conversation.unreadCount, 1);
        QCOMPARE(m_stage->conversations->unreadTotal(), 0);

        // More comes than the view shows: what is out of sight counts again.
        for (int i = 6; i <= 60; ++i)
            timeline().apply(messageFrom(bo, talk, i));
        QCOMPARE(entry().unread(), 0);
        model().markVisible(40, 50);
        QCOMPARE(entry().unread(), 1); // as the list knows it
        model().markAllRead();
        model().markVisible(0, 9);
        QCOMPARE(entry().unread(), 0);
        m_stage->context.setWindowActive(false);
        QVERIFY(!entry().isWatched);
    }

    // The view stands at the latest; what was skipped above is read elsewhere, and nothing new has a badge any more.
    void skippedAndReadElsewhere_hasNoBadge()
    {
        open(9, 5);
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 1);
        QVERIFY(!entry().isWatched);
        m_stage->conversations->markRead(talk, 9);
        QVERIFY(entry().isWatched);
    }

    void readOnAnotherDevice_countsHere()
    {
        open(5, 3);
        m_stage->conversations->markRead(talk, 5);
        QCOMPARE(model().unreadCount(), 0);
    }

    void written_isShown_whereverTheWindowIs()
    {
        open(200, 100);
        QVERIFY(timeline().hasNewer());
        QSignalSpy latest(&model(), &TimelineModel::latestReached);
        m_conversation->composer()->setText(u"Written far above."_s);
        m_conversation->composer()->send();
        QCOMPARE(latest.size(), 1);
        QCOMPARE(words(0), u"Written far above."_s);
        QVERIFY(timeline().at(0).isPending());
        QCOMPARE(timeline().at(1).message.sequence, 200);
        QCOMPARE(entry().conversation.unreadCount, 100); // nobody has seen those between
    }

    void failedMessage_isNoReasonToGoAnywhere()
    {
        open(200, 100);
        auto failed = pendingIn(talk, u"c"_s, 1);
        failed.state = Client::Command::State::Failed;
        timeline().applyPending(failed);
        QSignalSpy latest(&model(), &TimelineModel::latestReached);
        while (timeline().hasNewer())
            timeline().loadNewer();
        QVERIFY(timeline().at(0).isPending());
        QCOMPARE(latest.size(), 0);
        QCOMPARE(entry().conversation.unreadCount, 100);
    }

    void jumpThatFails_saysWhy_untilThePersonMoves()
    {
        m_stage.emplace();
        m_stage->addTalk(bo, 10);
        auto conversation = conversationOf(talk, {m_stage->self, bo}, messageFrom(bo, talk, 300), 100);
        m_stage->store->conversations().save(conversation);
        openStage(); // offline: 201 is not in the store
        QVERIFY(!model().isJumping());
        QVERIFY(!model().jumpErrorText().isEmpty());
        QCOMPARE(model().state(), PageState::Value::Content);
        model().retryJump();
        QVERIFY(!model().jumpErrorText().isEmpty());
        model().dropJump();
        QVERIFY(model().jumpErrorText().isEmpty());
        m_stage->context.setWindowActive(true);
        model().markVisible(0, 9);
        QCOMPARE(model().unreadCount(), 100);
        QCOMPARE(model().nextUnread(), NextUnread::Value::Below);
    }

    void anchor_isKept()
    {
        open(30);
        QCOMPARE(model().anchorRow(), -1);
        model().saveAnchor(value(10, TimelineModel::RowIdRole), 12.5);
        QCOMPARE(model().anchorRow(), 10);
        QCOMPARE(model().anchorOffset(), 12.5);
        timeline().apply(messageFrom(bo, talk, 31));
        QCOMPARE(model().anchorRow(), 11);
        model().saveAnchor(value(0, TimelineModel::RowIdRole), 0);
        QCOMPARE(model().anchorRow(), -1);
    }

    void text_isCopiedPlain()
    {
        open(1);
        timeline().apply(messageFrom(bo, talk, 2, u"**bold**\u202E"_s));
        model().copyText(value(0, TimelineModel::RowIdRole));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"**bold**"_s);
        model().copyText(u"nonsense"_s);
        model().retry(u"-1"_s);
        model().remove({});
    }

    void deletedAndEmpty_areSaidInWords()
    {
        open(1);
        auto message = messageFrom(bo, talk, 2, {});
        message.type = MessageType::Image;
        timeline().apply(message);
        QCOMPARE(words(0), u"Picture"_s);
        message.sequence = 3;
        message.id = MessageId::generate();
        message.isDeleted = true;
        timeline().apply(message);
        QCOMPARE(words(0), u"Message deleted"_s);
        QCOMPARE(content(0).kind, int(ContentKind::Value::Deleted));
    }

    // The composer and the header

    void draft_isKeptWhenTheConversationIsLeft()
    {
        open(1);
        m_conversation->composer()->setText(u"Dear Bo"_s);
        m_conversation->composer()->setCursorPosition(7);
        m_tester.reset();
        m_conversation.reset();
        QCOMPARE(entry().draft, u"Dear Bo"_s);
        m_conversation =
            ConversationViewModel::open(talk, *m_stage->conversations, *m_stage->presence, m_stage->context);
        QCOMPARE(m_conversation->composer()->text(), u"Dear Bo"_s);
        QCOMPARE(m_conversation->composer()->cursorPosition(), 7);
        m_conversation->composer()->setCursorPosition(2);
        m_conversation.reset();
        m_conversation =
            ConversationViewModel::open(talk, *m_stage->conversations, *m_stage->presence, m_stage->context);
        QCOMPARE(m_conversation->composer()->cursorPosition(), 2);
    }

    void limit_isCountedInCharacters()
    {
        open(1);
        auto &composer = *m_conversation->composer();
        QVERIFY(!composer.canSend());
        composer.setText(u"   "_s);
        QVERIFY(!composer.canSend());
        composer.setText(u" \u200b\u2060"_s);
        QVERIFY(!composer.canSend());
        composer.setText(u"👍"_s.repeated(4'800));
        QCOMPARE(composer.remaining(), 200);
        QVERIFY(!composer.isRemainingShown());
        composer.setText(composer.text() + u'x');
        QVERIFY(composer.isRemainingShown());
        composer.setText(QString(5'001, u'x'));
        QVERIFY(composer.isTooLong());
        QVERIFY(!composer.canSend());
        composer.send();
        QCOMPARE(composer.text().size(), 5'001);
        QCOMPARE(model().count(), 1);
    }

    void controls_areNeverInTheText()
    {
        open(1);
        auto &composer = *m_conversation->composer();
        composer.setText(u"line\vafter \u001b[31mred\u001b[0m\r\nend"_s);
        QCOMPARE(composer.text(), u"line\nafter [31mred[0m\nend"_s);
        // nor in a draft that an older version kept
        m_tester.reset();
        m_conversation.reset();
        m_stage->conversations->setDraft(talk, u"a\fb\u0007"_s, 3);
        m_conversation =
            ConversationViewModel::open(talk, *m_stage->conversations, *m_stage->presence, m_stage->context);
        QCOMPARE(m_conversation->composer()->text(), u"a\nb"_s);
        QCOMPARE(m_conversation->composer()->cursorPosition(), 3);
    }

    void whatDoesNotFit_isCut_andSaid()
    {
        open(1);
        auto &composer = *m_conversation->composer();
        composer.setText(u"before|after"_s);
        composer.setText(u"before|"_s + QString(200'000, u'x') + u"after"_s);
        QVERIFY(composer.text().startsWith(u"before|x"_s));
        QVERIFY(composer.text().endsWith(u"xafter"_s)); // what stood there is not what is cut
        QVERIFY(composer.isTooLong());
        QVERIFY(!composer.errorText().isEmpty());
        composer.setText(u"short"_s);
        QVERIFY(composer.errorText().isEmpty());
    }

    void header_saysWhoItIs()
    {
        open(1);
        QCOMPARE(m_conversation->title(), u"Ms bo"_s);
        QCOMPARE(m_conversation->initials(), u"MB"_s);
        QVERIFY(!m_conversation->isOnline());
        QVERIFY(!m_conversation->isTyping());
        QVERIFY(!m_conversation->isReadOnly());
        QVERIFY(!ConversationViewModel::open(ConversationId::generate(), *m_stage->conversations, *m_stage->presence,
                                             m_stage->context));
    }

private:
    void open(int messages, int unread = 0)
    {
        m_stage.emplace();
        m_stage->addTalk(bo, messages, unread);
        openStage();
    }
    void openStage()
    {
        m_stage->open();
        m_conversation =
            ConversationViewModel::open(talk, *m_stage->conversations, *m_stage->presence, m_stage->context);
        QVERIFY(m_conversation);
        m_tester.emplace(m_conversation->timeline(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    [[nodiscard]] TimelineModel &model() { return *m_conversation->timeline(); }
    [[nodiscard]] Client::Timeline &timeline() { return *m_stage->conversations->timeline(talk); }
    [[nodiscard]] const Client::ConversationEntry &entry() { return *m_stage->conversations->find(talk); }
    [[nodiscard]] QString value(int row, int role) { return model().data(model().index(row), role).toString(); }
    [[nodiscard]] MessageContent content(int row)
    {
        return model().data(model().index(row), TimelineModel::ContentRole).value<MessageContent>();
    }
    [[nodiscard]] QString words(int row)
    {
        return QTextDocumentFragment::fromHtml(content(row).formattedText).toPlainText();
    }
    [[nodiscard]] bool isTrue(int row, int role) { return model().data(model().index(row), role).toBool(); }

    std::optional<ViewStage> m_stage;
    std::unique_ptr<ConversationViewModel> m_conversation;
    std::optional<QAbstractItemModelTester> m_tester;
};

TERTULIA_GUI_TEST(tst_timelinemodel, TestTimelineModel)
#include "tst_timelinemodel.moc"
