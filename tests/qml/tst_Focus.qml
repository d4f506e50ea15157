// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import QtTest
import Tertulia.Theme
import Tertulia.ViewModels

// Who has the keys.
AccountStage {
    id: root

    Component {
        id: otherAccount

        AccountViewModel {
            conversations: root.sample.conversationModel
        }
    }

    TestCase {
        id: test

        name: "Focus"
        when: windowShown

        function init() {
            Theme.reducedMotion = true;
            root.width = 1000;
            root.sample.hasOpen = true;
        }

        function cleanup() {
            keyClick(Qt.Key_Escape);
            Theme.reducedMotion = false;
        }

        // Neither the keys nor a screen reader get behind a page that stands before all.
        function test_covered_isNotReached() {
            root.page.page.focusComposer();
            keyClick(Qt.Key_F1);
            tryVerify(() => root.focused("ShortcutsPage"));
            verify(!root.page.page.visible);
            for (let i = 0; i < 30; ++i) {
                keyClick(Qt.Key_Tab);
                verify(root.focused("ShortcutsPage"));
            }
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("Composer"));
            keyClick(Qt.Key_N, Qt.ControlModifier);
            tryVerify(() => root.focused("PeoplePane"));
            for (let i = 0; i < 30; ++i) {
                keyClick(Qt.Key_Tab);
                verify(!root.focused("ConversationList"));
                verify(!root.focused("AccountButton"));
            }
            root.page.page.focusComposer();
            keyClick(Qt.Key_F, Qt.ControlModifier);
            tryVerify(() => root.focused("ConversationPane"));
        }

        // Who has the keys goes: they go to what there is.
        function test_keysAreNeverLost() {
            const list = root.sample.conversationModel;
            root.sample.hasOpen = false;
            keyClick(Qt.Key_F6);
            tryVerify(() => root.focused("ConversationList"));
            for (const state of [PageState.Loading, PageState.Error, PageState.Empty]) {
                list.state = state;
                tryVerify(() => root.focused("SearchField"), 5000, "state " + state);
                list.state = PageState.Content;
                keyClick(Qt.Key_Down);
                tryVerify(() => root.focused("ConversationList"));
            }
            root.sample.hasOpen = true;
            tryVerify(() => root.focused("Composer"));
            root.page.page.focusMessages();
            root.sample.timelineModel.state = PageState.Loading;
            tryVerify(() => root.focused("Composer"));
            root.sample.timelineModel.state = PageState.Content;
            root.page.page.focusMessages();
            root.sample.hasOpen = false;
            tryVerify(() => root.focused("ConversationList"));
            root.Window.window.contentItem.forceActiveFocus();
            tryVerify(() => root.focused("ConversationList"));
        }

        // The row at which the keys are goes, and waits out of sight to be used again.
        function test_keysAtARowThatGoes_areAtOneThatIsSeen_data() {
            return [{ tag: "first", downs: 0 }, { tag: "second", downs: 1 }, { tag: "last", downs: 100 }];
        }

        function test_keysAtARowThatGoes_areAtOneThatIsSeen(data) {
            root.sample.hasOpen = false;
            keyClick(Qt.Key_F, Qt.ControlModifier);
            keyClick(Qt.Key_Down);
            tryVerify(() => root.focused("ConversationRow"));
            for (let i = 0; i < Math.min(data.downs, root.sample.conversationModel.count); ++i)
                keyClick(Qt.Key_Down);
            const row = root.Window.window.activeFocusItem.index;
            const rows = root.sample.conversationModel;
            const kept = Object.assign({}, rows.get(row));
            rows.remove(row);
            tryVerify(() => root.focused("ConversationRow") && !root.Window.window.activeFocusItem.isWaiting, 5000,
                String(root.Window.window.activeFocusItem));
            rows.insert(row, kept);
            tryVerify(() => root.focused("ConversationRow") && !root.Window.window.activeFocusItem.isWaiting);
        }

        // A narrow window shows the list in the conversation's place.
        function test_narrow_conversationThatGoes_givesTheKeysToTheList() {
            failOnWarning(/Binding loop/);
            for (const take of [() => root.page.page.focusComposer(), () => root.page.page.focusMessages(), () => {
                root.page.page.focusMessages();
                keyClick(Qt.Key_K, Qt.ControlModifier);
                tryVerify(() => root.focused("SearchField"));
                mouseClick(root, 20, 600);
                tryVerify(() => root.focused("TimelineView"));
                keyClick(Qt.Key_Home);
            }]) {
                root.width = 500;
                root.sample.hasOpen = true;
                root.page.page.focusComposer();
                wait(20); // it gets the keys once more, when it has been opened
                take();
                root.sample.hasOpen = false;
                tryVerify(() => root.focused("ConversationList"), 2000, String(take));
            }
        }

        // Who opens a conversation, or comes back to it, writes: also when a button beside the text had the keys before.
        function test_composer_takesTheKeysInItsText() {
            root.page.page.focusComposer();
            keyClick(Qt.Key_Tab);
            tryVerify(() => root.Window.window.activeFocusItem instanceof T.AbstractButton);
            keyClick(Qt.Key_F6);
            verify(root.focused("ConversationPane"));
            root.page.page.focusComposerSoon();
            tryVerify(() => root.Window.window.activeFocusItem instanceof T.TextArea);
        }

        function test_letter_isWritten_whenAMessageHasTheKeys() {
            root.page.page.focusMessages();
            tryVerify(() => root.focused("TimelineView"));
            const before = root.sample.current.current.composer.text;
            keyClick("a");
            tryVerify(() => root.focused("Composer"));
            compare(root.Window.window.activeFocusItem.text, before + "a");
            keyClick(Qt.Key_Backspace);
            root.page.page.focusMessages();
            keyClick(Qt.Key_Space);
            keyClick("c", Qt.ControlModifier);
            verify(root.focused("TimelineView"));
        }

        function test_f6_walksThroughTheParts_andBack() {
            root.page.page.focusComposer();
            tryVerify(() => root.focused("Composer"));
            keyClick(Qt.Key_F6);
            verify(root.focused("ConversationPane"), "list");
            keyClick(Qt.Key_F6);
            verify(root.focused("TimelineView"), "messages");
            keyClick(Qt.Key_F6);
            verify(root.focused("Composer"), "composer");
            keyClick(Qt.Key_F6, Qt.ShiftModifier);
            verify(root.focused("TimelineView"), "back to the messages");
            root.page.page.focusComposer();
        }

        function test_openConversation_hasTheKeyboardInItsComposer() {
            root.sample.hasOpen = false;
            root.sample.hasOpen = true;
            tryVerify(() => root.focused("Composer"));
        }

        function test_tab_reachesEverything_andComesRound() {
            root.page.page.focusComposer();
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
            tryVerify(() => root.focused("PeoplePane"));
            const account = root.sample.current;
            root.sample.current = test.createTemporaryObject(otherAccount, test,
                { switcher: account.switcher, people: account.people });
            tryVerify(() => root.focused("ConversationPane") && !root.focused("PeoplePane"));
            root.sample.current = account;
        }
    }
}
