// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a row of the timeline shows of its message, as one value.
#include "client/conversations/timeline.h"
#include "support/testmain.h"
#include "viewmodels/timeline/conversationviewmodel.h"
#include "viewstage.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

namespace {
const UserCard bo = person(u"bo"_s);
const ConversationId talk = ViewStage::talkWith(bo);
} // namespace

class TestMessageContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_conversation.reset();
        m_stage.reset();
    }

    void kind_isThatOfTheMessage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("isDeleted");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *what, const QString &text, int type, bool isDeleted, ContentKind::Value kind) {
            QTest::newRow(what) << text << type << isDeleted << int(kind);
        };
        const int text = int(MessageType::Text);
        row("words", u"Hello"_s, text, false, ContentKind::Value::Text);
        row("emoji alone", u"🎉"_s, text, false, ContentKind::Value::Emoji);
        row("emoji and words", u"🎉 ha"_s, text, false, ContentKind::Value::Text);
        row("deleted", u"🎉"_s, text, true, ContentKind::Value::Deleted);
        row("a picture's words", u"Look"_s, int(MessageType::Image), false, ContentKind::Value::Text);
        row("of a later version", u"Look"_s, 99, false, ContentKind::Value::Unknown);
    }
    void kind_isThatOfTheMessage()
    {
        QFETCH(const QString, text);
        QFETCH(const int, type);
        QFETCH(const bool, isDeleted);
        open(1);
        auto message = messageFrom(bo, talk, 2, text);
        message.type = MessageType(type);
        message.isDeleted = isDeleted;
        timeline().apply(message);
        QTEST(content(0).kind, "kind");
        const QString aloud = content(0).accessibleText;
        QCOMPARE(aloud.contains(u"This version cannot show this message."_s), type == 99);
    }

    // One value: whatever of it changes, the row is told of it once.
    void change_isOneValue()
    {
        open(3);
        QSignalSpy changes(&model(), &TimelineModel::dataChanged);
        auto message = timeline().at(1).message;
        message.revision += 1;
        message.content = u"Said otherwise"_s;
        message.reactions = {{bo.id, u"👍"_s, testTime}};
        const MessageContent before = content(1);
        timeline().apply(message);
        QCOMPARE(changes.size(), 1);
        QVERIFY(content(1) != before);
        QCOMPARE(content(1).formattedText.contains(u"Said otherwise"_s), true);
        QCOMPARE(content(1).reactionsText, u"👍"_s);
    }

private:
    void open(int messages)
    {
        m_stage.emplace();
        m_stage->addTalk(bo, messages);
        m_stage->open();
        m_conversation =
            ConversationViewModel::open(talk, *m_stage->conversations, *m_stage->presence, m_stage->context);
        QVERIFY(m_conversation);
    }
    [[nodiscard]] TimelineModel &model() { return *m_conversation->timeline(); }
    [[nodiscard]] Client::Timeline &timeline() { return *m_stage->conversations->timeline(talk); }
    /// As QML gets it.
    [[nodiscard]] MessageContent content(int row)
    {
        return model().data(model().index(row), TimelineModel::ContentRole).value<MessageContent>();
    }

    std::optional<ViewStage> m_stage;
    std::unique_ptr<ConversationViewModel> m_conversation;
};

TERTULIA_TEST(tst_messagecontent, TestMessageContent)
#include "tst_messagecontent.moc"
