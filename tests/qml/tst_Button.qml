// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Theme

Item {
    id: root

    width: 400
    height: 200

    Button {
        id: button

        text: "Send"
    }

    IconButton {
        id: iconButton

        y: 60
        glyph: Icon.Send
        text: "Send it"
    }

    TextButton {
        id: textButton

        y: 120
        text: "Retry"
    }

    SignalSpy {
        id: spy

        signalName: "clicked"
    }

    TestCase {
        name: "Button"
        when: windowShown

        function rows() {
            return [{ tag: "button", control: button, label: "Send" }, { tag: "icon", control: iconButton, label: "Send it" },
                { tag: "text", control: textButton, label: "Retry" }];
        }

        function init() {
            spy.clear();
        }

        function test_name_isTheText_data() {
            return rows();
        }

        function test_name_isTheText(row) {
            compare(row.control.Accessible.name, row.label);
            compare(row.control.Accessible.role, Accessible.Button);
        }

        function test_spaceAndReturn_press_data() {
            return rows();
        }

        function test_spaceAndReturn_press(row) {
            spy.target = row.control;
            row.control.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            keyClick(Qt.Key_Return);
            compare(spy.count, 2);
        }

        function test_click_presses_data() {
            return rows();
        }

        function test_click_presses(row) {
            spy.target = row.control;
            mouseClick(row.control);
            compare(spy.count, 1);
        }

        function test_everyKind_hasItsOwnColour() {
            const seen = [];
            for (const kind of [Button.Filled, Button.Tonal, Button.Danger]) {
                button.kind = kind;
                verify(!seen.includes(String(button.restColor)));
                seen.push(String(button.restColor));
            }
            button.kind = Button.Filled;
        }

        function test_disabled_takesNoClick() {
            button.enabled = false;
            spy.target = button;
            mouseClick(button);
            compare(spy.count, 0);
            button.enabled = true;
        }
    }
}
