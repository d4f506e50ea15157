// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Theme

// Who has the keys while a popup is open, and after it.
AccountStage {
    id: root

    TestCase {
        id: test

        name: "FocusPopups"
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

        // It was asked for before, and its server is slow.
        function test_conversationThatOpensBeneath_leavesTheKeysToThePopup() {
            root.page.page.focusMessages();
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
            root.page.page.focusComposerSoon();
            wait(50);
            verify(root.focused("SearchField"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("TimelineView"));
        }

        // Also of a menu that was opened by a click: who writes goes on writing.
        function test_closedMenu_givesTheKeysBack() {
            root.page.page.focusComposer();
            tryVerify(() => root.focused("Composer"));
            mouseClick(findChild(root.page, "more"));
            tryVerify(() => !root.focused("Composer"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("Composer"));
        }

        function test_closedMenu_showsWhereTheKeysWere() {
            const more = findChild(root.page, "more");
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
            root.page.page.focusComposer();
            tryVerify(() => root.focused("Composer"));
            mouseClick(findChild(root.page, "more"));
            tryVerify(() => !root.focused("Composer"));
            wait(Theme.quick + 50);
            keyClick(Qt.Key_Escape);
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
            wait(Theme.quick + 200);
            verify(root.focused("SearchField"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("Composer"));
        }

        // Who had them goes, as a row of a list that is filtered may.
        function test_keysOfWhatGoesInAPopup_stayInIt() {
            root.page.page.focusMessages();
            keyClick(Qt.Key_E, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
            const field = root.Window.window.activeFocusItem;
            const item = Qt.createQmlObject("import QtQuick; Item {}", field.parent);
            item.forceActiveFocus();
            tryCompare(root.Window.window, "activeFocusItem", item);
            wait(0);
            item.destroy();
            wait(50);
            verify(!root.focused("TimelineView"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("Composer"));
        }

        // The messages beneath hear of a press, too, for no button takes it.
        function test_pressInAPopup_takesNoKeysFromIt_data() {
            return [{ tag: "left", button: Qt.LeftButton }, { tag: "right", button: Qt.RightButton }];
        }

        function test_pressInAPopup_takesNoKeysFromIt(data) {
            root.page.page.focusMessages();
            keyClick(Qt.Key_E, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
            let popup = root.Window.window.activeFocusItem;
            while (!String(popup).startsWith("QQuickPopupItem"))
                popup = popup.parent;
            const hasKeys = () => {
                let item = root.Window.window.activeFocusItem;
                while (item !== null && item !== popup)
                    item = item.parent;
                return item !== null;
            };
            for (let y = 5; y < popup.height; y += 40) {
                for (let x = 5; x < popup.width; x += 60) {
                    mouseClick(popup, x, y, data.button);
                    wait(0);
                    verify(hasKeys(), x + " " + y);
                }
            }
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("Composer"));
        }

        // A page that was closed is taken out of the window before it is deleted, and thinks itself visible.
        function test_keysOfWhatWasTakenOut_goOn() {
            const item = Qt.createQmlObject("import QtQuick; Item {}", root.page);
            item.forceActiveFocus();
            tryCompare(root.Window.window, "activeFocusItem", item);
            wait(0);
            item.parent = null;
            tryVerify(() => root.focused("ConversationList") || root.focused("Composer") || root.focused("TimelineView"));
            item.destroy();
        }

        function test_keysLostInAPopup_stayInIt() {
            root.page.page.focusComposer();
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
            const field = root.Window.window.activeFocusItem;
            root.Window.window.contentItem.forceActiveFocus();
            tryCompare(root.Window.window, "activeFocusItem", field);
            keyClick(Qt.Key_Escape);
            tryVerify(() => root.focused("Composer"));
        }
    }
}
