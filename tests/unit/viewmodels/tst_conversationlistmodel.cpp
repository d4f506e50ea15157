// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "viewmodels/conversations/conversationlistmodel.h"
#include "viewstage.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

namespace {
const UserCard bo = person(u"bo"_s);
const UserCard cleo = person(u"cleo"_s);
const UserCard dora = person(u"dora"_s);

QVariant at(const ConversationListModel &model, int row, int role)
{
    return model.data(model.index(row), role);
}

QStringList titles(const ConversationListModel &model)
{
    QStringList list;
    for (int row = 0; row < model.count(); ++row)
        list << at(model, row, ConversationListModel::TitleRole).toString();
    return list;
}
} // namespace

class TestConversationListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_stage.emplace();
        m_stage->addTalk(bo, 3, 1);
        m_stage->addTalk(cleo, 2);
        m_stage->addTalk(dora, 1);
        m_stage->open();
        m_model.emplace(*m_stage->conversations, *m_stage->presence, m_stage->context);
        m_tester.emplace(&*m_model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_stage.reset();
    }

    void list_isReadFromTheStore()
    {
        QCOMPARE(titles(*m_model), QStringList({u"Ms dora"_s, u"Ms cleo"_s, u"Ms bo"_s}));
        QCOMPARE(m_model->state(), PageState::Value::Content);
        QCOMPARE(at(*m_model, 2, ConversationListModel::UnreadCountRole).toInt(), 1);
        QCOMPARE(at(*m_model, 1, ConversationListModel::PreviewRole).toString(), u"Text 2"_s);
        QCOMPARE(at(*m_model, 1, ConversationListModel::PreviewPrefixRole).toString(), u"You:"_s);
        QCOMPARE(at(*m_model, 1, ConversationListModel::StatusRole).toInt(), int(DeliveryStatus::Value::Sent));
        QCOMPARE(at(*m_model, 2, ConversationListModel::PreviewPrefixRole).toString(), QString());
        QCOMPARE(at(*m_model, 2, ConversationListModel::StatusRole).toInt(), int(DeliveryStatus::Value::None));
        QCOMPARE(at(*m_model, 0, ConversationListModel::InitialsRole).toString(), u"MD"_s);
        QVERIFY(at(*m_model, 2, ConversationListModel::AccessibleTextRole).toString().contains(u"Ms bo"_s));
    }

    void sending_movesOneRow()
    {
        const QSignalSpy resets(&*m_model, &ConversationListModel::modelReset);
        const QSignalSpy moves(&*m_model, &ConversationListModel::rowsMoved);
        m_stage->clock.advance(std::chrono::hours(10));
        QVERIFY(m_stage->conversations->send(ViewStage::talkWith(bo), u"**Hi**"_s));
        QCOMPARE(titles(*m_model), QStringList({u"Ms bo"_s, u"Ms dora"_s, u"Ms cleo"_s}));
        QCOMPARE(moves.size(), 1);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(at(*m_model, 0, ConversationListModel::PreviewRole).toString(), u"Hi"_s);
        QCOMPARE(at(*m_model, 0, ConversationListModel::StatusRole).toInt(), int(DeliveryStatus::Value::Sending));
    }

    void draft_isShownUnlessTheConversationIsOpen()
    {
        const auto id = ViewStage::talkWith(cleo);
        m_stage->conversations->setDraft(id, u"Dear Cleo"_s, 0);
        const int row = m_model->rowOf(id);
        QCOMPARE(at(*m_model, row, ConversationListModel::PreviewPrefixRole).toString(), u"Draft:"_s);
        QCOMPARE(at(*m_model, row, ConversationListModel::PreviewRole).toString(), u"Dear Cleo"_s);
        QVERIFY(at(*m_model, row, ConversationListModel::IsDraftRole).toBool());
        m_model->setCurrent(id);
        QCOMPARE(m_model->currentRow(), row);
        QVERIFY(!at(*m_model, row, ConversationListModel::IsDraftRole).toBool());
        QVERIFY(at(*m_model, row, ConversationListModel::IsCurrentRole).toBool());
    }

    void filter_showsWhatMatchesAndFollows()
    {
        m_model->setFilter(u"Ms D"_s);
        QCOMPARE(titles(*m_model), QStringList{u"Ms dora"_s});
        m_model->setFilter(u"nobody"_s);
        QCOMPARE(m_model->count(), 0);
        QCOMPARE(m_model->state(), PageState::Value::Empty);
        m_model->setFilter(u"ms"_s);
        QCOMPARE(m_model->count(), 3);

        const QSignalSpy resets(&*m_model, &ConversationListModel::modelReset);
        m_stage->clock.advance(std::chrono::hours(10));
        QVERIFY(m_stage->conversations->send(ViewStage::talkWith(cleo), u"Hi"_s));
        QCOMPARE(titles(*m_model), QStringList({u"Ms cleo"_s, u"Ms dora"_s, u"Ms bo"_s}));
        QCOMPARE(resets.size(), 0);
        m_model->setFilter({});
        QCOMPARE(titles(*m_model), QStringList({u"Ms cleo"_s, u"Ms dora"_s, u"Ms bo"_s}));
    }

    void reading_changesOneRow()
    {
        QSignalSpy changes(&*m_model, &ConversationListModel::dataChanged);
        m_stage->conversations->markRead(ViewStage::talkWith(bo), 3);
        QVERIFY(!changes.isEmpty());
        for (const auto &change : changes) {
            QCOMPARE(change.at(0).toModelIndex().row(), 2);
            QCOMPARE(change.at(1).toModelIndex().row(), 2);
        }
        QCOMPARE(at(*m_model, 2, ConversationListModel::UnreadCountRole).toInt(), 0);
    }

    void hostileNames_areTamed()
    {
        UserCard mallory = person(u"mallory"_s);
        mallory.fullName = u"\u202Egpj\u200B.\nMallory"_s + QString(500, u'y');
        ViewStage stage;
        stage.addTalk(mallory, 1);
        stage.open();
        const ConversationListModel model(*stage.conversations, *stage.presence, stage.context);
        const auto title = at(model, 0, ConversationListModel::TitleRole).toString();
        QVERIFY(title.startsWith(u"gpj. Mallory"));
        QVERIFY(title.size() < 80);
    }

    void tenThousand_areSmooth()
    {
        ViewStage stage;
        {
            const auto transaction = stage.store->transaction();
            for (int i = 0; i < 10'000; ++i)
                stage.addTalk(person(u"p%1"_s.arg(i)), 1);
        }
        stage.open();
        ConversationListModel model(*stage.conversations, *stage.presence, stage.context);
        QCOMPARE(model.count(), 10'000);
        QElapsedTimer timer;
        timer.start();
        for (int row = 5'000; row < 5'030; ++row) {
            for (const int role : model.roleNames().keys())
                Q_UNUSED(at(model, row, role))
        }
        const auto page = timer.nsecsElapsed() / 1'000;
        timer.restart();
        model.setFilter(u"p77"_s);
        const auto first = timer.nsecsElapsed() / 1'000;
        timer.restart();
        model.setFilter(u"p777"_s);
        qInfo("a page of 30 rows: %lld us; the first filter: %lld us, the next: %lld us", page, first,
              timer.nsecsElapsed() / 1'000);
        QCOMPARE(model.count(), 11);
    }

private:
    std::optional<ViewStage> m_stage;
    std::optional<ConversationListModel> m_model;
    std::optional<QAbstractItemModelTester> m_tester;
};

TERTULIA_TEST(tst_conversationlistmodel, TestConversationListModel)
#include "tst_conversationlistmodel.moc"
