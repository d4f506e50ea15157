// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Theme
import Tertulia.Timeline
import Tertulia.ViewModels

Item {
    id: root

    width: 600
    height: 300

    ComposerViewModel {
        id: model

        property int sent: 0
        property int edits: 0

        function send() {
            sent += 1;
            text = "";
        }
        function textEdited() {
            edits += 1;
        }
    }

    Composer {
        id: composer

        width: parent.width
        height: implicitHeight
        anchors.bottom: parent.bottom
        composer: model
        emoji: EmojiModel {
        }
    }

    SignalSpy {
        id: left

        target: composer
        signalName: "leaveRequested"
    }

    SignalSpy {
        id: scrolled

        target: composer
        signalName: "scrollRequested"
    }

    TestCase {
        name: "Composer"
        when: windowShown

        function init() {
            model.sendOnEnter = true;
            model.text = "";
            model.sent = 0;
            model.edits = 0;
            left.clear();
            scrolled.clear();
            composer.forceActiveFocus();
        }

        function type(text) {
            for (const c of text)
                keyClick(c);
        }

        function test_typing_reachesTheModel_andTellsTheOthers() {
            type("hi");
            compare(model.text, "hi");
            compare(model.edits, 2);
        }

        function test_draft_isNoTyping() {
            model.text = "a draft";
            compare(model.edits, 0);
        }

        function test_enter_sends() {
            type("hi");
            keyClick(Qt.Key_Return);
            compare(model.sent, 1);
            compare(model.text, "");
        }

        function test_shiftEnter_beginsALine() {
            type("a");
            keyClick(Qt.Key_Return, Qt.ShiftModifier);
            type("b");
            compare(model.sent, 0);
            compare(model.text, "a\nb");
        }

        function test_enterBeginsALine_whenSetSo_andCtrlEnterSends() {
            model.sendOnEnter = false;
            type("a");
            keyClick(Qt.Key_Return);
            compare(model.sent, 0);
            compare(model.text, "a\n");
            keyClick(Qt.Key_Return, Qt.ControlModifier);
            compare(model.sent, 1);
        }

        function test_growsWithTheText_upToItsLimit() {
            const one = composer.implicitHeight;
            model.text = "a\n\n\nb";
            verify(composer.implicitHeight > one);
            model.text = "a" + "\n".repeat(200);
            verify(composer.implicitHeight <= composer.maximumHeight + 2 * Theme.space2 + 1);
        }

        function test_escapeLeaves_pageKeysScroll() {
            keyClick(Qt.Key_Escape);
            compare(left.count, 1);
            keyClick(Qt.Key_PageUp);
            keyClick(Qt.Key_PageDown);
            compare(scrolled.count, 2);
            verify(scrolled.signalArguments[0][0] < 0);
        }

        // Up is kept for editing the last message, one day.
        function test_up_inAnEmptyField_doesNothing() {
            keyClick(Qt.Key_Up);
            compare(model.text, "");
            compare(left.count, 0);
        }
    }
}
