// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "viewmodels/conversations/conversationtext.h"
#include "viewmodels/shell/applicationviewmodel.h"
#include "viewstage.h"

#include <QAbstractItemModelTester>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

namespace {
const UserCard bo = person(u"bo"_s);
const UserCard cleo = person(u"cleo"_s);
} // namespace

class TestAccountViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_stage.emplace();
        m_stage->addTalk(bo, 3, 1);
        m_stage->addTalk(cleo, 2);
        m_stage->open();
        m_application.emplace(nullptr, m_stage->context);
        m_account = &m_application->show(std::make_unique<AccountViewModel>(m_stage->accountParts(), m_stage->context));
    }
    void cleanup()
    {
        m_application.reset();
        m_stage.reset();
    }

    void account_saysWhoItIs()
    {
        QCOMPARE(m_account->displayName(), u"Ms ana"_s);
        QCOMPARE(m_account->serverName(), u"127.0.0.1:9"_s);
        QCOMPARE(m_account->unreadCount(), 1);
        QCOMPARE(m_application->totalUnread(), 1);
        QCOMPARE(m_application->current(), m_account);
        const auto *list = m_application->accounts();
        QCOMPARE(list->count(), 1);
        QVERIFY(list->data(list->index(0), AccountListModel::IsCurrentRole).toBool());
    }

    void opening_givesOneConversationAtATime()
    {
        const QSignalSpy changes(m_account, &AccountViewModel::currentChanged);
        m_account->open(ViewStage::talkWith(bo).toString());
        QVERIFY(m_account->current());
        QCOMPARE(m_account->current()->title(), u"Ms bo"_s);
        QCOMPARE(m_account->conversations()->currentRow(), 1);
        m_account->open(ViewStage::talkWith(bo).toString());
        QCOMPARE(changes.size(), 1);
        const QSignalSpy closing(m_account->current(), &ConversationViewModel::aboutToClose);
        m_account->openPrevious();
        QCOMPARE(m_account->current()->title(), u"Ms cleo"_s);
        QCOMPARE(changes.size(), 2);
        m_account->openPrevious(); // there is none above
        QCOMPARE(m_account->current()->title(), u"Ms cleo"_s);
        m_account->openNext();
        QCOMPARE(m_account->current()->title(), u"Ms bo"_s);
        QVERIFY(!m_stage->conversations->timeline(ViewStage::talkWith(cleo)));
        m_account->closeConversation();
        QVERIFY(!m_account->current());
    }

    void unknownConversation_isANotice()
    {
        m_account->open(u"nonsense"_s);
        QVERIFY(!m_account->current());
        QVERIFY(!m_account->noticeText().isEmpty());
        m_account->dismissNotice();
        QVERIFY(m_account->noticeText().isEmpty());
    }

    void knownPerson_isOpenedWithoutAsking()
    {
        m_account->openPerson(bo.id.toString());
        QVERIFY(m_account->current());
        QCOMPARE(m_account->current()->conversationId(), ViewStage::talkWith(bo).toString());
    }

    void openingWhatIsOpen_isSaidToo()
    {
        const QSignalSpy opened(m_account, &AccountViewModel::opened);
        m_account->open(ViewStage::talkWith(bo).toString());
        m_account->open(ViewStage::talkWith(bo).toString());
        QCOMPARE(opened.size(), 2);
    }

    void ofSeveralWishes_theLastCounts()
    {
        m_stage->conversations->start();
        m_account->openPerson(person(u"dora"_s).id.toString()); // asks the server, which is not there
        m_account->open(ViewStage::talkWith(bo).toString());
        const auto later = m_stage->people->search(u"eva"_s);
        QTRY_VERIFY(later.isAnswered());
        QCOMPARE(m_account->noticeText(), QString());
        QCOMPARE(m_account->current()->title(), u"Ms bo"_s);
        m_account->openPerson(person(u"dora"_s).id.toString());
        QTRY_VERIFY(!m_account->noticeText().isEmpty());
    }

    void banner_waitsAndSaysWhatWaits()
    {
        QVERIFY(m_account->bannerText().isEmpty()); // it has only just begun
        m_account->setConnectivity(Connectivity::Value::Online);
        QVERIFY(m_account->bannerText().isEmpty());
        m_account->setConnectivity(Connectivity::Value::Offline, Error::unavailable({}));
        QVERIFY(m_account->bannerText().isEmpty());
        QTRY_VERIFY(!m_account->bannerText().isEmpty());
        QVERIFY(m_stage->conversations->send(ViewStage::talkWith(bo), u"Hi"_s));
        QCOMPARE(m_account->waitingCount(), 1);
        QVERIFY(m_account->bannerText().contains(u'1'));
        m_account->setConnectivity(Connectivity::Value::Online);
        QVERIFY(m_account->bannerText().isEmpty());
        m_account->setConnectivity(Connectivity::Value::SessionEnded);
        QVERIFY(m_account->bannerText().contains(u"Sign in again"_s));
    }

    void store_isSaidInWordsAboutThisComputer()
    {
        const QSignalSpy changed(m_account, &AccountViewModel::storeTextChanged);
        QVERIFY(m_account->storeText().isEmpty());
        m_account->setBegunAnew(AccountViewModel::BegunAnew::Store);
        QVERIFY(m_account->storeText().contains(u"This computer"_s, Qt::CaseInsensitive));
        QVERIFY(m_account->isStoreMended());
        m_account->setStoreTrouble(Client::StoreTrouble::Full); // what lasts comes before what has been
        QVERIFY(m_account->storeText().contains(u"disk is full"_s));
        QVERIFY(!m_account->isStoreMended());
        m_account->setStoreTrouble(Client::StoreTrouble::None);
        QVERIFY(m_account->storeText().contains(u"was damaged"_s));
        m_account->dismissStoreText();
        QVERIFY(m_account->storeText().isEmpty());
        QCOMPARE(changed.count(), 4);
    }

    void wishes_areToldOn()
    {
        const QSignalSpy retry(m_account, &AccountViewModel::retryRequested);
        QSignalSpy signOut(m_account, &AccountViewModel::signOutRequested);
        m_account->retryNow();
        m_account->signOut();
        QCOMPARE(retry.size(), 1);
        QCOMPARE(signOut.size(), 0); // not from within QML's call
        QVERIFY(signOut.wait());
    }

    void lookedAt_needsAnActiveWindow()
    {
        const QSignalSpy changes(&*m_application, &ApplicationViewModel::lookedAtChanged);
        m_account->open(ViewStage::talkWith(bo));
        QCOMPARE(m_application->lookedAt(), LookedAt());
        m_application->setWindowActive(true);
        QCOMPARE(m_application->lookedAt(), (LookedAt{u"account"_s, ViewStage::talkWith(bo)}));
        m_application->addAccount();
        QVERIFY(!m_application->current());
        QCOMPARE(m_application->lookedAt(), LookedAt());
        QVERIFY(m_application->signIn()->canCancel());
        m_application->cancelAddAccount();
        QCOMPARE(m_application->current(), m_account);
        QVERIFY(changes.size() >= 3);
    }

    // Switcher and people

    void userNames_areWrittenTheSameEverywhere()
    {
        QCOMPARE(m_account->username(), u"@ana"_s);
        QCOMPARE(text(*m_application->accounts(), 0, AccountListModel::UsernameRole), u"@ana"_s);
        auto &people = *m_account->people();
        people.setQuery(u"bo"_s);
        QCOMPARE(text(people, 0, PeopleSearchModel::UsernameRole), u"@bo"_s);
        m_account->open(ViewStage::talkWith(bo));
        const auto &conversations = *m_stage->conversations;
        QCOMPARE(ConversationText::subtitle(*conversations.find(ViewStage::talkWith(bo)), conversations), u"@bo"_s);
    }

    void switcher_saysWhatIsUnreadNow()
    {
        auto &switcher = *m_account->switcher();
        switcher.setQuery(u"bo"_s);
        QCOMPARE(switcher.data(switcher.index(0), SwitcherModel::UnreadCountRole).toInt(), 1);
        const QSignalSpy changes(&switcher, &SwitcherModel::dataChanged);
        m_stage->conversations->markRead(ViewStage::talkWith(bo), 3);
        QVERIFY(!changes.isEmpty());
        QCOMPARE(switcher.data(switcher.index(0), SwitcherModel::UnreadCountRole).toInt(), 0);
    }

    void switcher_ranksConversations()
    {
        auto &switcher = *m_account->switcher();
        const QAbstractItemModelTester tester(&switcher);
        switcher.refresh();
        QCOMPARE(switcher.count(), 2);
        QCOMPARE(text(switcher, 0, SwitcherModel::TitleRole), u"Ms cleo"_s);
        switcher.setQuery(u"bo"_s);
        QCOMPARE(switcher.count(), 1);
        QCOMPARE(text(switcher, 0, SwitcherModel::TitleRole), u"Ms bo"_s);
        QCOMPARE(text(switcher, 0, SwitcherModel::SubtitleRole), u"@bo"_s);
        QCOMPARE(switcher.data(switcher.index(0), SwitcherModel::UnreadCountRole).toInt(), 1);
        switcher.activate(0);
        QVERIFY(m_account->current());
        QCOMPARE(m_account->current()->title(), u"Ms bo"_s);
        QCOMPARE(switcher.query(), QString());
        switcher.activate(99);
    }

    void people_areSearchedWithoutAServerToo()
    {
        auto &people = *m_account->people();
        const QAbstractItemModelTester tester(&people);
        QCOMPARE(people.state(), PageState::Value::Empty);
        people.setQuery(u"cleo"_s);
        QVERIFY(people.state() != PageState::Value::Error);
        QTRY_VERIFY(!people.errorText().isEmpty()); // nobody answers
        if (people.count() > 0) {
            people.activate(0);
            QVERIFY(m_account->current());
        } else {
            QCOMPARE(people.state(), PageState::Value::Error);
        }
        people.setQuery({});
        QCOMPARE(people.state(), PageState::Value::Empty);
    }

private:
    static QString text(const QAbstractItemModel &model, int row, int role)
    {
        return model.data(model.index(row, 0), role).toString();
    }

    std::optional<ViewStage> m_stage;
    std::optional<ApplicationViewModel> m_application;
    AccountViewModel *m_account = nullptr;
};

TERTULIA_GUI_TEST(tst_accountviewmodel, TestAccountViewModel)
#include "tst_accountviewmodel.moc"
