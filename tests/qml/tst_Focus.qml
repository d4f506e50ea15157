// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import QtTest
import Tertulia.Gallery
import Tertulia.Shell
import Tertulia.Theme
import Tertulia.ViewModels

// Who has the keys, on the gallery's data.
Item {
    id: root

    width: 1000
    height: 640

    SampleApplication {
        id: sample
    }

    AccountPage {
        id: page

        anchors.fill: parent
        application: sample
        account: sample.current
    }

    Component {
        id: otherAccount

        AccountViewModel {
            conversations: sample.conversationModel
        }
    }

    TestCase {
        id: test

        name: "Focus"
        when: windowShown

        function init() {
            Theme.reducedMotion = true;
            root.width = 1000;
            sample.hasOpen = true;
        }

        function cleanup() {
            keyClick(Qt.Key_Escape);
            Theme.reducedMotion = false;
        }

        function focused(type) {
            for (let item = root.Window.window.activeFocusItem; item; item = item.parent) {
                if (String(item).startsWith(type))
                    return true;
            }
            return false;
        }

        // Neither the keys nor a screen reader get behind a page that stands before all.
        function test_covered_isNotReached() {
            page.page.focusComposer();
            keyClick(Qt.Key_F1);
            tryVerify(() => focused("ShortcutsPage"));
            verify(!page.page.visible);
            for (let i = 0; i < 30; ++i) {
                keyClick(Qt.Key_Tab);
                verify(focused("ShortcutsPage"));
            }
            keyClick(Qt.Key_Escape);
            tryVerify(() => focused("Composer"));
            keyClick(Qt.Key_N, Qt.ControlModifier);
            tryVerify(() => focused("PeoplePane"));
            for (let i = 0; i < 30; ++i) {
                keyClick(Qt.Key_Tab);
                verify(!focused("ConversationList"));
                verify(!focused("AccountButton"));
            }
            page.page.focusComposer();
            keyClick(Qt.Key_F, Qt.ControlModifier);
            tryVerify(() => focused("ConversationPane"));
        }

        // Who has the keys goes: they go to what there is.
        function test_keysAreNeverLost() {
            const list = sample.conversationModel;
            sample.hasOpen = false;
            keyClick(Qt.Key_F6);
            tryVerify(() => focused("ConversationList"));
            for (const state of [PageState.Loading, PageState.Error, PageState.Empty]) {
                list.state = state;
                tryVerify(() => focused("SearchField"), 5000, "state " + state);
                list.state = PageState.Content;
                keyClick(Qt.Key_Down);
                tryVerify(() => focused("ConversationList"));
            }
            sample.hasOpen = true;
            tryVerify(() => focused("Composer"));
            page.page.focusMessages();
            sample.timelineModel.state = PageState.Loading;
            tryVerify(() => focused("Composer"));
            sample.timelineModel.state = PageState.Content;
            page.page.focusMessages();
            sample.hasOpen = false;
            tryVerify(() => focused("ConversationList"));
            root.Window.window.contentItem.forceActiveFocus();
            tryVerify(() => focused("ConversationList"));
        }

        // Also of a menu that was opened by a click: who writes goes on writing.
        function test_closedMenu_givesTheKeysBack() {
            page.page.focusComposer();
            tryVerify(() => focused("Composer"));
            mouseClick(findChild(page, "more"));
            tryVerify(() => !focused("Composer"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => focused("Composer"));
        }

        function test_closedMenu_showsWhereTheKeysWere() {
            const more = findChild(page, "more");
            more.forceActiveFocus(Qt.TabFocusReason);
            verify(more.visualFocus);
            for (let i = 0; i < 2; ++i) {
                keyClick(Qt.Key_Space);
                tryVerify(() => !more.activeFocus);
                keyClick(Qt.Key_Escape);
                tryVerify(() => more.activeFocus && more.visualFocus);
            }
            keyClick(Qt.Key_Tab);
            more.forceActiveFocus(Qt.MouseFocusReason);
            mouseClick(more);
            tryVerify(() => !more.activeFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => more.activeFocus);
            verify(!more.visualFocus);
        }

        // One popup closes and another opens before the first has had time to go.
        function test_popupAfterPopup_keepsTheKeys() {
            Theme.reducedMotion = false;
            page.page.focusComposer();
            tryVerify(() => focused("Composer"));
            mouseClick(findChild(page, "more"));
            tryVerify(() => !focused("Composer"));
            wait(Theme.quick + 50);
            keyClick(Qt.Key_Escape);
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => focused("SearchField"));
            wait(Theme.quick + 200);
            verify(focused("SearchField"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => focused("Composer"));
        }

        function test_keysLostInAPopup_stayInIt() {
            page.page.focusComposer();
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => focused("SearchField"));
            const field = root.Window.window.activeFocusItem;
            root.Window.window.contentItem.forceActiveFocus();
            tryCompare(root.Window.window, "activeFocusItem", field);
            keyClick(Qt.Key_Escape);
            tryVerify(() => focused("Composer"));
        }

        // Who opens a conversation, or comes back to it, writes: also when a button beside the text had the keys before.
        function test_composer_takesTheKeysInItsText() {
            page.page.focusComposer();
            keyClick(Qt.Key_Tab);
            tryVerify(() => root.Window.window.activeFocusItem instanceof T.AbstractButton);
            keyClick(Qt.Key_F6);
            verify(focused("ConversationPane"));
            page.page.focusComposerSoon();
            tryVerify(() => root.Window.window.activeFocusItem instanceof T.TextArea);
        }

        function test_letter_isWritten_whenAMessageHasTheKeys() {
            page.page.focusMessages();
            tryVerify(() => focused("TimelineView"));
            const before = sample.current.current.composer.text;
            keyClick("a");
            tryVerify(() => focused("Composer"));
            compare(root.Window.window.activeFocusItem.text, before + "a");
            keyClick(Qt.Key_Backspace);
            page.page.focusMessages();
            keyClick(Qt.Key_Space);
            keyClick("c", Qt.ControlModifier);
            verify(focused("TimelineView"));
        }

        function test_f6_walksThroughTheParts_andBack() {
            page.page.focusComposer();
            tryVerify(() => focused("Composer"));
            keyClick(Qt.Key_F6);
            verify(focused("ConversationPane"), "list");
            keyClick(Qt.Key_F6);
            verify(focused("TimelineView"), "messages");
            keyClick(Qt.Key_F6);
            verify(focused("Composer"), "composer");
            keyClick(Qt.Key_F6, Qt.ShiftModifier);
            verify(focused("TimelineView"), "back to the messages");
            page.page.focusComposer();
        }

        function test_openConversation_hasTheKeyboardInItsComposer() {
            sample.hasOpen = false;
            sample.hasOpen = true;
            tryVerify(() => focused("Composer"));
        }

        function test_tab_reachesEverything_andComesRound() {
            page.page.focusComposer();
            const first = root.Window.window.activeFocusItem;
            let steps = 0;
            do {
                keyClick(Qt.Key_Tab);
                ++steps;
            } while (root.Window.window.activeFocusItem !== first && steps < 60);
            verify(steps > 5, "only " + steps);
            verify(steps < 60, "never came round");
        }

        // What was typed there was asked of another server.
        function test_anotherAccount_endsTheSearchForPeople() {
            keyClick(Qt.Key_N, Qt.ControlModifier);
            tryVerify(() => focused("PeoplePane"));
            const account = sample.current;
            sample.current = test.createTemporaryObject(otherAccount, test,
                { switcher: account.switcher, people: account.people });
            tryVerify(() => focused("ConversationPane") && !focused("PeoplePane"));
            sample.current = account;
        }
    }
}
