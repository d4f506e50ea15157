// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Timeline

// Words are selected with the mouse; the keys stay with the view of the messages, and with the window.
Item {
    id: root

    property int shortcuts: 0

    width: 600
    height: 500

    Shortcut {
        sequence: "Ctrl+K"
        onActivated: root.shortcuts += 1
    }

    TextEdit {
        id: clipboard

        visible: false

        function words(): string {
            clipboard.clear();
            clipboard.paste();
            return clipboard.text;
        }
    }

    TimelineStage {
        id: test

        name: "Selection"
        stage: root

        function wordsOf(row) {
            return findChild(test.view.itemAtIndex(row), "words");
        }

        function test_pressedMessage_leavesTheKeysToTheView() {
            fill(100);
            mouseClick(wordsOf(1));
            verify(test.view.activeFocus);
            compare(test.view.currentIndex, -1);
            verify(!wordsOf(1).activeFocus);
            root.shortcuts = 0;
            keyClick(Qt.Key_K, Qt.ControlModifier);
            compare(root.shortcuts, 1);
            keyClick(Qt.Key_Home);
            tryVerify(() => test.view.atYBeginning);
            keyClick(Qt.Key_K, Qt.ControlModifier);
            compare(root.shortcuts, 2);
        }

        function test_selection_isCopied() {
            fill(100);
            mouseDoubleClickSequence(wordsOf(1), 3, 3);
            compare(wordsOf(1).selectedText, "Message");
            keyClick(Qt.Key_C, Qt.ControlModifier);
            compare(clipboard.words(), "Message");
        }

        function test_selection_isOfOneMessage() {
            fill(100);
            mouseDoubleClickSequence(wordsOf(1), 3, 3);
            mouseDoubleClickSequence(wordsOf(2), 3, 3);
            compare(wordsOf(1).selectedText, "");
            compare(wordsOf(2).selectedText, "Message");
            mouseClick(wordsOf(1), 3, 3);
            compare(wordsOf(2).selectedText, "");
            compare(wordsOf(1).selectedText, "");
        }

        function test_selection_staysWhenTheKeysGo() {
            fill(100);
            mouseDoubleClickSequence(wordsOf(1), 3, 3);
            root.forceActiveFocus();
            verify(!test.view.activeFocus);
            compare(wordsOf(1).selectedText, "Message");
        }

        function test_selection_endsWhenTheKeysWalk() {
            fill(100);
            mouseDoubleClickSequence(wordsOf(1), 3, 3);
            keyClick(Qt.Key_Up);
            compare(wordsOf(1).selectedText, "");
            verify(test.view.currentIndex >= 0);
        }

        function test_selection_isCopiedFromTheMenu() {
            fill(100);
            mouseDoubleClickSequence(wordsOf(1), 3, 3);
            mouseClick(wordsOf(1), 3, 3, Qt.RightButton);
            const menu = Array.from(Array.from(test.view.children).find(child => child.react !== undefined).data)
                .find(loader => loader.item && loader.item.links !== undefined).item;
            tryVerify(() => menu.opened);
            const copy = Array.from({ length: menu.count }, (_, i) => menu.itemAt(i)).find(item => item.text === "Copy selection");
            verify(copy.visible);
            mouseClick(copy);
            tryVerify(() => !menu.visible);
            compare(clipboard.words(), "Message");
            compare(wordsOf(1).selectedText, "Message");
        }

        function test_messageOutOfSight_isNoLongerSelected() {
            fill(300);
            mouseDoubleClickSequence(wordsOf(1), 3, 3);
            test.view.positionViewAtIndex(200, ListView.Center);
            tryVerify(() => test.view.itemAtIndex(1) === null);
            for (let i = 0; i < test.view.contentItem.children.length; ++i) {
                const row = test.view.contentItem.children[i];
                verify(!(row instanceof MessageRow) || row.selectedText.length === 0);
            }
        }
    }
}
