// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the real client on the real server, in a real window: every page, and pages over pages. Of each it is
// asserted that what it shows is there, that what it covers is not read aloud, and that the picture is of something.
// Looking at the pictures is for people: scripts/photograph takes them in every look. A play: the scenes follow each
// other, so after a failure the later ones are skipped.
//   TERTULIA_PHOTOGRAPHS  the folder for the pictures (one that goes at the end)
//   TERTULIA_LOOK         light-100, light-200, dark-100 or dark-200 (dark-100)
#include "e2e/desktop/photographer.h"
#include "e2e/desktop/sampletalk.h"
#include "e2e/support/serverprocess.h"
#include "support/droppingrelay.h"

#include <QTest>

#include <algorithm>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize wide{1000, 720}, narrow{380, 720};
constexpr QPoint aside{2, 2}, secondRow{150, 150};
// Of the latest message, above the composer. Not asked of the accessible tree: whether that tells pixels of the screen
// or of the window is different from one Qt to the other.
constexpr QPoint lastLine{380, 638}, narrowLastLine{80, 618};

Look chosenLook()
{
    const QString name = qEnvironmentVariable("TERTULIA_LOOK", u"dark-100"_s);
    const auto look = Look::named(name);
    if (!look)
        qFatal("TERTULIA_LOOK: there is no look '%s'", qPrintable(name));
    return *look;
}

} // namespace

class TestPhotographs : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    const Look m_look = chosenLook();
    const QString m_password = SampleTalk::password, m_address = SampleTalk::address;
    ServerProcess m_server;
    std::unique_ptr<DroppingRelay> m_network;
    DesktopClient m_ada;
    Photographer m_photographer{m_ada, m_look, qEnvironmentVariable("TERTULIA_PHOTOGRAPHS", m_temporary.path())};
    bool m_isPlayOver = false;

    /// A picture, once all that is covered has gone. @returns what is wrong; empty: nothing
    [[nodiscard]] QString takes(const QString &place, const QStringList &covered = {})
    {
        QString seen;
        const auto isCovered = [&] {
            seen.clear();
            const auto nodes = m_ada.look();
            for (const AccessibleNode &node : nodes) {
                for (const QString &name : covered) {
                    if (node.isShowing && node.name.contains(name))
                        seen = node.name;
                }
            }
            return seen.isEmpty() && !nodes.empty();
        };
        if (!covered.isEmpty() && !QTest::qWaitFor(isCovered, 20'000))
            return u"%1: '%2' is read aloud\n"_s.arg(place, seen) + m_ada.report();
        return m_photographer.takes(place);
    }
    /// Back to writing, from a popup or a page.
    [[nodiscard]] bool returns()
    {
        m_ada.press(u"Escape"_s);
        return m_ada.isOn(u"Message"_s);
    }
    /// The first Escape in a field that searches; the next leaves it.
    void emptiesTheSearch() { m_ada.press(u"Escape"_s); }
    [[nodiscard]] bool walksToDeleting()
    {
        if (!m_ada.walksTo(u"More"_s, u"shift+Tab"_s))
            return false;
        m_ada.press(u"Return"_s);
        return m_ada.sees(u"Mark all as read"_s) && m_ada.walksTo(u"Delete conversation"_s, u"Down"_s);
    }
    [[nodiscard]] bool asksToDelete()
    {
        m_ada.press(u"Return"_s);
        return m_ada.sees(u"Delete this conversation"_s) && m_ada.isOn(u"Cancel"_s);
    }
    [[nodiscard]] bool shows(const QString &text, const QString &role, int waitMs)
    {
        return QTest::qWaitFor(
            [&] {
                const auto nodes = m_ada.look();
                return std::any_of(nodes.begin(), nodes.end(), [&](const AccessibleNode &node) {
                    return node.isShowing && node.role == role && node.name.contains(text);
                });
            },
            waitMs);
    }
    /// The pointer rests there until a tool tip with this text comes.
    [[nodiscard]] bool isToldAt(const QPoint &place, const QString &text)
    {
        m_photographer.points(place);
        return shows(text, u"tool tip"_s, 20'000);
    }
    /// A notice goes by itself: on a busy machine it may have gone before it is looked for.
    [[nodiscard]] bool isNotedThatNothingIsDeleted()
    {
        for (int i = 0; i < 10; ++i) {
            if (!walksToDeleting() || !asksToDelete())
                return false;
            m_ada.press(u"Tab"_s);
            m_ada.press(u"Return"_s);
            if (shows(u"could not be deleted"_s, u"alert message"_s, 5'000))
                return true;
        }
        return false;
    }
    [[nodiscard]] bool opensAccounts()
    {
        m_ada.press(u"ctrl+f"_s);
        if (!m_ada.isOn(u"Filter conversations"_s) || !m_ada.walksTo(u"Accounts and settings"_s, u"shift+Tab"_s))
            return false;
        m_ada.press(u"Return"_s);
        return m_ada.sees(u"Add account"_s);
    }
    [[nodiscard]] bool opensSettings()
    {
        m_ada.press(u"ctrl+comma"_s);
        return m_ada.isOn(u"Back"_s) && m_ada.sees(u"Settings"_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_temporary.isValid());
        QStringList arguments{u"--demo"_s};
        for (const QString &setting :
             {u"limits.send_per_10_seconds=10000"_s, u"limits.send_per_minute=10000"_s,
              u"limits.logins_per_15_minutes=1000"_s, u"auth.hash_memory=8"_s, u"auth.hash_passes=1"_s})
            arguments << u"--set"_s << setting;
        QVERIFY2(m_server.start(arguments), qPrintable(m_server.why()));
        QVERIFY(SampleTalk::write(m_server.url()));
        m_network = std::make_unique<DroppingRelay>(m_server.url());
        QVERIFY2(m_ada.prepare(m_photographer.screen()), qPrintable(m_ada.report()));
        m_photographer.chooseLook();
    }
    void init()
    {
        if (m_isPlayOver)
            QSKIP("an earlier scene failed");
    }
    void cleanup() { m_isPlayOver = m_isPlayOver || QTest::currentTestFailed(); }

    void a_signingIn()
    {
        QVERIFY(m_ada.start(m_network->url()));
        QVERIFY2(m_ada.isOn(u"Server address"_s), qPrintable(m_ada.report()));
        m_photographer.sizes(wide);
        QCOMPARE(takes(u"sign-in-server"_s), QString());
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.isOn(u"User name"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"sign-in-person"_s, {u"Server address"_s}), QString());
        QVERIFY2(m_ada.walksTo(u"Create an account"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.isOn(u"Your name"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"sign-in-new"_s), QString());
        QVERIFY2(m_ada.walksTo(u"I have an account already"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.walksTo(u"User name"_s), qPrintable(m_ada.report()));
        m_ada.type(u"ada"_s);
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.isOn(u"Password"_s), qPrintable(m_ada.report()));
        m_ada.type(u"not hers"_s);
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.sees(u"do not go together"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"sign-in-refused"_s), QString());
        QVERIFY2(m_ada.walksTo(u"Password"_s), qPrintable(m_ada.report()));
        m_ada.press(u"ctrl+a"_s);
        m_ada.type(m_password);
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.sees(u"Filter conversations"_s), qPrintable(m_ada.report()));
    }

    void b_nothingOpen()
    {
        QVERIFY2(m_ada.sees(u"Choose a conversation"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Ben Okafor"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"nothing-open"_s, {u"User name"_s, u"Password"_s}), QString());
        m_photographer.points(secondRow);
        QCOMPARE(takes(u"nothing-open-hovered"_s), QString());
        m_photographer.points(aside);
    }

    void c_conversations()
    {
        QVERIFY2(m_ada.opens(u"chlo"_s, u"Chlo"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Go to the latest"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"conversation-unread"_s, {u"Choose a conversation"_s}), QString());
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(m_address), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"conversation"_s), QString());
        m_ada.press(u"Prior"_s);
        QCOMPARE(takes(u"conversation-scrolled"_s), QString());
        m_ada.press(u"Next"_s);
        m_ada.press(u"Next"_s);
    }

    void d_aDraft()
    {
        for (const QString &line : {u"a first line of what"_s, u"is being written, with *marks* and a smile :)"_s}) {
            m_ada.type(line);
            m_ada.press(u"shift+Return"_s);
        }
        m_ada.type(u"and the third"_s);
        QCOMPARE(takes(u"draft"_s), QString());
        m_ada.press(u"ctrl+a"_s);
        QCOMPARE(takes(u"draft-selected"_s), QString());
        m_ada.press(u"BackSpace"_s);
    }

    void e_menusOverTheTimeline()
    {
        m_ada.press(u"shift+F6"_s); // the latest
        QCOMPARE(takes(u"message-focused"_s), QString());
        m_ada.press(u"Menu"_s);
        QVERIFY2(m_ada.sees(u"Copy text"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"Open "_s + m_address), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"message-menu"_s, {u"Copy selection"_s, u"Try again"_s}), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.seesNoMore(u"Copy text"_s), qPrintable(m_ada.report()));
        QVERIFY2(walksToDeleting(), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"conversation-menu"_s), QString());
        QVERIFY2(asksToDelete(), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"delete-dialog"_s, {u"Delete conversation"_s}), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.isOn(u"More"_s), qPrintable(m_ada.report()));
        m_ada.press(u"shift+F6"_s);
        m_ada.press(u"F6"_s);
        QVERIFY2(m_ada.isOn(u"Message"_s), qPrintable(m_ada.report()));
    }

    void f_emoji()
    {
        m_ada.press(u"ctrl+e"_s);
        QVERIFY2(m_ada.isOn(u"Search emoji"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"emoji"_s), QString());
        m_ada.type(u"heart"_s);
        m_ada.press(u"Down"_s);
        QCOMPARE(takes(u"emoji-found"_s), QString());
        m_ada.press(u"shift+Tab"_s);
        m_ada.type(u"xyz"_s);
        QVERIFY2(m_ada.sees(u"No emoji of that name"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"emoji-none"_s), QString());
        emptiesTheSearch();
        QVERIFY2(returns(), qPrintable(m_ada.report()));
    }

    void g_goingSomewhere()
    {
        m_ada.press(u"ctrl+k"_s);
        QVERIFY2(m_ada.isOn(u"Go to a conversation"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"switcher"_s), QString());
        m_ada.type(u"xyzzy"_s);
        QVERIFY2(m_ada.sees(u"Nothing found"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"switcher-none"_s), QString());
        emptiesTheSearch();
        QVERIFY2(returns(), qPrintable(m_ada.report()));
    }

    void h_peopleOverTheList()
    {
        m_ada.press(u"ctrl+n"_s);
        QVERIFY2(m_ada.isOn(u"Name or user name"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"people"_s, {u"Filter conversations"_s, u"Conversations"_s}), QString());
        m_ada.type(u"ha"_s);
        QVERIFY2(m_ada.sees(u"Hana"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"people-found"_s, {u"Filter conversations"_s}), QString());
        emptiesTheSearch();
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.sees(u"Filter conversations"_s), qPrintable(m_ada.report()));
    }

    void i_accounts()
    {
        m_ada.press(u"ctrl+f"_s);
        m_ada.type(u"xyz"_s);
        QVERIFY2(m_ada.seesNoMore(u"Conversations"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"filter-none"_s), QString());
        m_ada.press(u"ctrl+a"_s);
        m_ada.press(u"BackSpace"_s);
        QVERIFY2(opensAccounts(), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"accounts"_s), QString());
        QVERIFY2(m_ada.walksTo(u"Add account"_s, u"Down"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"accounts-walked"_s), QString());
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.isOn(u"Server address"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"add-account"_s, {u"Filter conversations"_s, u"Message"_s}), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.sees(u"Filter conversations"_s), qPrintable(m_ada.report()));
    }

    void j_settings()
    {
        const QStringList panes{u"Filter conversations"_s, u"Conversations"_s, m_address};
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        QVERIFY2(opensSettings(), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"settings"_s, panes), QString());
        QVERIFY2(m_ada.walksTo(u"Sign out"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.sees(u"Sign out of"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"settings-sign-out"_s, panes), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.seesNoMore(u"Sign out of"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.walksTo(u"Keyboard shortcuts"_s, u"shift+Tab"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"settings-end"_s, panes), QString());
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.sees(u"Go to a conversation or a person"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"settings-shortcuts"_s, panes + QStringList{u"Sign out"_s}), QString());
        QVERIFY2(returns(), qPrintable(m_ada.report()));
    }

    void k_shortcuts()
    {
        m_ada.press(u"F1"_s);
        QVERIFY2(m_ada.isOn(u"Back"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"shortcuts"_s, {u"Filter conversations"_s, m_address}), QString());
        QVERIFY2(returns(), qPrintable(m_ada.report()));
    }

    void l_toolTips()
    {
        m_ada.press(u"Next"_s);
        QVERIFY2(m_ada.seesNoMore(u"Go to the latest"_s), qPrintable(m_ada.report()));
        QVERIFY2(isToldAt(lastLine, m_address.left(60)), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"link-tool-tip"_s), QString());
        QVERIFY2(isToldAt({wide.width() - 70, wide.height() - 27}, u"Emoji"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"button-tool-tip"_s), QString());
        m_photographer.points(aside);
    }

    void m_narrowConversation()
    {
        m_photographer.sizes(narrow);
        QCOMPARE(takes(u"narrow-conversation"_s, {u"Filter conversations"_s}), QString());
        QVERIFY2(isToldAt(narrowLastLine, m_address.left(60)), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-link-tool-tip"_s), QString());
        m_photographer.points(aside);
        m_ada.press(u"shift+F6"_s); // the latest
        m_ada.press(u"Menu"_s);
        QVERIFY2(m_ada.sees(u"Copy text"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-message-menu"_s), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.seesNoMore(u"Copy text"_s), qPrintable(m_ada.report()));
        m_ada.press(u"F6"_s);
        QVERIFY2(m_ada.isOn(u"Message"_s), qPrintable(m_ada.report()));
        m_ada.press(u"ctrl+e"_s);
        QVERIFY2(m_ada.isOn(u"Search emoji"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-emoji"_s), QString());
        QVERIFY2(returns(), qPrintable(m_ada.report()));
        m_ada.press(u"ctrl+k"_s);
        QVERIFY2(m_ada.isOn(u"Go to a conversation"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-switcher"_s), QString());
        QVERIFY2(returns(), qPrintable(m_ada.report()));
    }

    void n_narrowPages()
    {
        QVERIFY2(opensSettings(), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-settings"_s, {m_address}), QString());
        QVERIFY2(m_ada.walksTo(u"Sign out"_s), qPrintable(m_ada.report()));
        m_ada.press(u"Return"_s);
        QVERIFY2(m_ada.sees(u"Sign out of"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-sign-out"_s), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.seesNoMore(u"Sign out of"_s), qPrintable(m_ada.report()));
        QVERIFY2(returns(), qPrintable(m_ada.report()));
        m_ada.press(u"F1"_s);
        QVERIFY2(m_ada.isOn(u"Back"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-shortcuts"_s), QString());
        QVERIFY2(returns(), qPrintable(m_ada.report()));
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.sees(u"Filter conversations"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-list"_s, {u"Messages"_s}), QString());
        m_ada.press(u"ctrl+n"_s);
        QVERIFY2(m_ada.isOn(u"Name or user name"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-people"_s, {u"Filter conversations"_s, u"Conversations"_s}), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(opensAccounts(), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-accounts"_s), QString());
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.seesNoMore(u"Add account"_s), qPrintable(m_ada.report()));
    }

    void o_withoutANetwork()
    {
        m_photographer.sizes(wide);
        QVERIFY2(m_ada.opens(u"Ben"_s), qPrintable(m_ada.report()));
        m_network->cut();
        QVERIFY2(m_ada.sees(u"Retry"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.writes(u"written offline"_s), qPrintable(m_ada.report()));
        QVERIFY2(m_ada.sees(u"1 message waits to be sent"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"offline"_s), QString());
        const bool isNoted = isNotedThatNothingIsDeleted();
        if (!isNoted)
            qInfo().noquote() << m_ada.report(); // what QVERIFY2 says is cut
        QVERIFY(isNoted);
        QCOMPARE(takes(u"offline-notice"_s, {u"Delete this conversation"_s}), QString());
        m_ada.press(u"ctrl+n"_s);
        QVERIFY2(m_ada.isOn(u"Name or user name"_s), qPrintable(m_ada.report()));
        m_ada.type(u"nobody known"_s);
        QVERIFY2(m_ada.sees(u"Try again"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"offline-people"_s), QString());
        emptiesTheSearch();
        m_ada.press(u"Escape"_s);
        QVERIFY2(m_ada.sees(u"Filter conversations"_s), qPrintable(m_ada.report()));
        m_photographer.sizes(narrow);
        QVERIFY2(m_ada.sees(u"Retry"_s), qPrintable(m_ada.report()));
        QCOMPARE(takes(u"narrow-offline"_s, {u"Filter conversations"_s}), QString());
    }

    void p_quits()
    {
        QVERIFY2(m_ada.quits(), qPrintable(m_ada.report()));
        QCOMPARE(m_ada.warnings(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestPhotographs)
#include "tst_photographs.moc"
