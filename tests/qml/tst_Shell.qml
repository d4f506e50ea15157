// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Gallery
import Tertulia.Shell
import Tertulia.Theme
import Tertulia.ViewModels

// The keys and the panes of the window, on the gallery's data.
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
        id: signedOut

        Shell {
            anchors.fill: parent
            application: SampleApplication {
                current: null
            }
        }
    }

    SignalSpy {
        id: quits

        signalName: "quitRequested"
    }

    TestCase {
        id: test

        name: "Shell"
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

        function test_wide_showsBothPanes_narrowOne() {
            verify(!page.isNarrow);
            root.width = 380;
            verify(page.isNarrow);
            verify(page.page.visible);
            sample.hasOpen = false;
            compare(page.page, null);
        }

        function test_draggedEdge_isKept() {
            sample.settings.paneWidth = 0;
            const edge = Theme.sidebarWidth;
            mousePress(page, edge, 300);
            for (let x = edge; x <= edge + 60; x += 10)
                mouseMove(page, x, 300);
            mouseRelease(page, edge + 60, 300);
            verify(Math.abs(sample.settings.paneWidth - edge - 60) < 25, "kept " + sample.settings.paneWidth);
            sample.settings.paneWidth = 0;
        }

        function test_openConversation_hasTheKeyboardInItsComposer() {
            sample.hasOpen = false;
            sample.hasOpen = true;
            tryVerify(() => focused("Composer"));
        }

        function test_controlQ_quitsWhereNobodyIsSignedIn() {
            quits.target = test.createTemporaryObject(signedOut, root);
            keyClick(Qt.Key_Q, Qt.ControlModifier);
            tryCompare(quits, "count", 1);
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

        function test_controlK_opensTheSwitcher() {
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => focused("SearchField"));
        }

        function test_controlN_opensTheSearchForPeople() {
            keyClick(Qt.Key_N, Qt.ControlModifier);
            tryVerify(() => focused("PeoplePane"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => !focused("PeoplePane"));
        }

        function test_controlF_goesToTheFilter() {
            keyClick(Qt.Key_F, Qt.ControlModifier);
            tryVerify(() => focused("SearchField"));
            page.page.focusComposer();
        }

        function test_settingsAndShortcuts_openByKey_andCloseByEscape() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => focused("SettingsPage"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => !focused("SettingsPage"));
            keyClick(Qt.Key_F1);
            tryVerify(() => focused("ShortcutsPage"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => !focused("ShortcutsPage"));
        }

        // The line between the panes was seen through the pages above it.
        function test_pagesAbove_coverEverything_data() {
            return [{ tag: "settings", key: Qt.Key_Comma, modifiers: Qt.ControlModifier },
                { tag: "shortcuts", key: Qt.Key_F1, modifiers: Qt.NoModifier }];
        }
        function test_pagesAbove_coverEverything(data) {
            keyClick(data.key, data.modifiers);
            tryVerify(() => focused("SettingsPage") || focused("ShortcutsPage"));
            const y = root.height - 3, picture = grabImage(page);
            for (let x = 0; x < 400; ++x) // the list is narrower
                compare(picture.pixel(x, y), picture.pixel(0, y), "at " + x);
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
    }
}
