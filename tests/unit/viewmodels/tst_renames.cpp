// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody has another name: whoever shows it says so by its own signal, and shows the new one without a restart.
#include "protocol/codec.h"
#include "protocol/names.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"
#include "viewmodels/timeline/conversationviewmodel.h"
#include "viewstage.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <tuple>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

namespace {

const UserCard bo = person(u"bo"_s);
const UserCard cleo = person(u"cleo"_s);
const ConversationId club = conversationNamed(u"club"_s);

/// The rows of which a model has said that this role is another.
QList<int> rowsToldOf(const QSignalSpy &changes, int role)
{
    QList<int> rows;
    for (const auto &change : changes) {
        const auto roles = change.at(2).value<QList<int>>();
        for (int row = change.at(0).toModelIndex().row(); row <= change.at(1).toModelIndex().row(); ++row) {
            if ((roles.isEmpty() || roles.contains(role)) && !rows.contains(row))
                rows << row;
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

class TestRenames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup()
    {
        m_account.reset();
        m_stage.reset();
    }

    void list_showsTheNewName_inTitlesAndPreviews()
    {
        auto &list = *m_account->conversations();
        const QAbstractItemModelTester tester(&list);
        QCOMPARE(text(list, 0, ConversationListModel::PreviewPrefixRole), u"Ms:"_s);
        QCOMPARE(text(list, 1, ConversationListModel::TitleRole), u"Ms bo"_s);
        const QSignalSpy changes(&list, &ConversationListModel::dataChanged);
        rename();
        QCOMPARE(rowsToldOf(changes, ConversationListModel::TitleRole), (QList<int>{0, 1}));
        QCOMPARE(text(list, 0, ConversationListModel::PreviewPrefixRole), u"Robert:"_s);
        QCOMPARE(text(list, 1, ConversationListModel::TitleRole), u"Robert Lind"_s);
        QCOMPARE(text(list, 1, ConversationListModel::InitialsRole), u"RL"_s);
        QVERIFY(text(list, 1, ConversationListModel::AccessibleTextRole).contains(u"Robert Lind"_s));
        QCOMPARE(text(list, 2, ConversationListModel::TitleRole), u"Ms cleo"_s);
    }

    void filter_followsTheName()
    {
        auto &list = *m_account->conversations();
        const QAbstractItemModelTester tester(&list);
        list.setFilter(u"robert"_s);
        QCOMPARE(list.count(), 0);
        rename();
        QCOMPARE(list.count(), 1);
        QCOMPARE(text(list, 0, ConversationListModel::TitleRole), u"Robert Lind"_s);
        m_stage->directory.hear(bo);
        QCOMPARE(list.count(), 0);
    }

    void timeline_showsTheNewName_onOldRowsToo()
    {
        m_account->open(ViewStage::talkWith(bo));
        auto &timeline = *m_account->current()->timeline();
        const QAbstractItemModelTester tester(&timeline);
        m_stage->conversations->timeline(ViewStage::talkWith(bo))->apply(reactedTo());
        const QSignalSpy changes(&timeline, &TimelineModel::dataChanged);
        const QSignalSpy header(m_account->current(), &ConversationViewModel::changed);
        rename();
        // 5, 3 and 1 are Bo's; to 4, of oneself, Bo reacts
        QCOMPARE(rowsToldOf(changes, TimelineModel::ContentRole), (QList<int>{1, 2, 3, 5}));
        for (const int row : {1, 3, 5}) {
            QCOMPARE(timeline.contentOf(row).senderName, u"Robert Lind"_s);
            QVERIFY(timeline.contentOf(row).accessibleText.contains(u"Robert Lind"_s));
        }
        QVERIFY(timeline.contentOf(2).reactionsBy.contains(u"Robert Lind"_s));
        QCOMPARE(header.size(), 1);
        QCOMPARE(m_account->current()->title(), u"Robert Lind"_s);
    }

    void typingNotice_saysTheNewName()
    {
        ScriptedServer server;
        server.acceptWebSockets(QString(Routes::chatHub));
        begin(hubOf(server));
        m_account->open(club);
        std::ignore = m_stage->chatHub.start();
        QTRY_VERIFY(server.socket() && !server.socket()->received().isEmpty());
        server.socket()->injectText(u"{}\u001e"_s);
        inject(server, HubEvents::typingIndicator, TypingIndicator{club, bo.id, true});
        QTRY_VERIFY(m_account->current()->isTyping());
        QVERIFY(m_account->current()->typingText().contains(u"Ms"_s));
        const QSignalSpy typing(m_account->current(), &ConversationViewModel::typingChanged);
        auto conversation = m_stage->conversations->find(club)->conversation;
        conversation.participants.at(1) = participant({bo.id, u"Robert Lind"_s, u"robert"_s, {}});
        inject(server, HubEvents::conversationUpdated, conversation);
        QTRY_COMPARE(typing.size(), 1);
        QVERIFY(m_account->current()->typingText().contains(u"Robert"_s));
        m_account.reset();
        m_stage.reset(); // before the server
    }

    void switcher_saysTheNewName_andStandsStill()
    {
        auto &switcher = *m_account->switcher();
        switcher.refresh();
        QCOMPARE(text(switcher, 1, SwitcherModel::TitleRole), u"Ms bo"_s);
        const QSignalSpy changes(&switcher, &SwitcherModel::dataChanged);
        const QSignalSpy resets(&switcher, &SwitcherModel::modelReset);
        rename();
        QVERIFY(rowsToldOf(changes, SwitcherModel::TitleRole).contains(1));
        QVERIFY(!rowsToldOf(changes, SwitcherModel::TitleRole).contains(2));
        QCOMPARE(text(switcher, 1, SwitcherModel::TitleRole), u"Robert Lind"_s);
        QCOMPARE(text(switcher, 1, SwitcherModel::SubtitleRole), u"@robert"_s);
        QCOMPARE(resets.size(), 0);
    }

    void foundPeople_sayTheNewName()
    {
        auto &people = *m_account->people();
        people.setQuery(u"bo"_s);
        QCOMPARE(text(people, 0, PeopleSearchModel::TitleRole), u"Ms bo"_s);
        const QSignalSpy changes(&people, &PeopleSearchModel::dataChanged);
        rename();
        QCOMPARE(rowsToldOf(changes, PeopleSearchModel::TitleRole), QList<int>{0});
        QCOMPARE(text(people, 0, PeopleSearchModel::TitleRole), u"Robert Lind"_s);
        QCOMPARE(text(people, 0, PeopleSearchModel::UsernameRole), u"@robert"_s);
    }

    void ownName_touchesNobodyElse()
    {
        auto &list = *m_account->conversations();
        const QSignalSpy changes(&list, &ConversationListModel::dataChanged);
        UserCard self = m_stage->self;
        self.fullName = u"Ana Maria"_s;
        m_stage->directory.hear(self);
        QVERIFY(changes.isEmpty());
    }

private:
    void begin(const std::optional<Client::HubOptions> &chat)
    {
        m_account.reset();
        if (chat)
            m_stage.emplace(*chat);
        else
            m_stage.emplace();
        m_stage->addTalk(cleo, 1);
        m_stage->addTalk(bo, 6);
        addClub();
        m_stage->open();
        m_account.emplace(m_stage->accountParts(), m_stage->context);
    }
    [[nodiscard]] static Client::HubOptions hubOf(const ScriptedServer &server)
    {
        Client::HubOptions options;
        options.url = server.url();
        options.url.setPath(Routes::chatHub);
        options.format = WireFormat::Json;
        options.skipNegotiation = true;
        options.transports = {HubTransport::WebSockets};
        options.statefulReconnect = false;
        options.reconnect = Client::ReconnectPolicy::none();
        return options;
    }
    template <class T> static void inject(ScriptedServer &server, QLatin1StringView event, const T &argument)
    {
        server.socket()->injectText(QString::fromUtf8("{\"type\":1,\"target\":\""
                                                      + QByteArray(event.data(), event.size()) + "\",\"arguments\":["
                                                      + toJson(argument) + "]}\x1e"));
    }
    void addClub()
    {
        auto conversation = conversationOf(club, {m_stage->self, bo, cleo}, messageFrom(bo, club, 1));
        conversation.type = ConversationType::Group;
        conversation.name = u"Club"_s;
        conversation.updatedAt = testTime + std::chrono::hours(1'000);
        m_stage->store->conversations().save(conversation);
    }
    [[nodiscard]] Message reactedTo() const
    {
        auto message = messageFrom(m_stage->self, ViewStage::talkWith(bo), 4, u"Text 4"_s);
        message.revision = 9;
        message.reactions = {{bo.id, u"👍"_s, testTime}};
        return message;
    }
    void rename() { m_stage->directory.hear({bo.id, u"Robert Lind"_s, u"robert"_s, {}}); }
    [[nodiscard]] static QString text(const QAbstractItemModel &model, int row, int role)
    {
        QString words = model.data(model.index(row, 0), role).toString();
        return words.removeIf([](QChar c) { return !c.isPrint(); }); // marks of direction
    }

    std::optional<ViewStage> m_stage;
    std::optional<AccountViewModel> m_account;
};

TERTULIA_TEST(tst_renames, TestRenames)
#include "tst_renames.moc"
