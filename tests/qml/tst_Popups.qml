// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Theme

Item {
    id: root

    width: 500
    height: 400

    Dialog {
        id: dialog

        title: "Delete?"
        message: "It goes."
        acceptText: "Delete"
    }

    Loader {
        id: loader

        property int accepted: 0
        property int rejected: 0

        active: false
        sourceComponent: Dialog {
            title: "Delete?"
            onAccepted: ++loader.accepted
            onRejected: ++loader.rejected
            onClosed: loader.active = false
        }
    }

    Menu {
        id: menu

        title: "Message"

        MenuItem {
            id: copy

            text: "Copy"
        }

        MenuItem {
            text: "Delete"
        }
    }

    Toast {
        id: toast
    }

    Banner {
        id: banner

        width: parent.width
        text: ""
        actionText: "Retry"
    }

    SignalSpy {
        id: accepted

        target: dialog
        signalName: "accepted"
    }

    SignalSpy {
        id: copied

        target: copy
        signalName: "triggered"
    }

    Item {
        width: 40
        height: 40

        Tooltip {
            id: tip

            text: "More"
            shown: false
        }
    }

    TestCase {
        name: "Popups"
        when: windowShown

        function init() {
            Theme.reducedMotion = true;
            accepted.clear();
            copied.clear();
        }

        function cleanup() {
            dialog.close();
            dialog.danger = false;
            menu.close();
            Theme.reducedMotion = false;
        }

        function test_dialog_returnAccepts() {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Return);
            compare(accepted.count, 1);
            tryVerify(() => !dialog.visible);
        }

        // What cannot be taken back is not done by one key too many.
        function test_dialogOfDanger_returnLeaves() {
            dialog.danger = true;
            dialog.open();
            tryVerify(() => dialog.opened);
            compare(root.Window.activeFocusItem.text, "Cancel");
            verify(root.Window.activeFocusItem.visualFocus);
            keyClick(Qt.Key_Return);
            tryVerify(() => !dialog.visible);
            compare(accepted.count, 0);
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Tab);
            compare(root.Window.activeFocusItem.text, "Delete");
            keyClick(Qt.Key_Return);
            compare(accepted.count, 1);
        }

        function test_dialog_escapeLeaves() {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !dialog.visible);
            compare(accepted.count, 0);
        }

        // As pages do: it is unloaded as soon as it has closed.
        function test_dialog_isHeard_whenItGoesWithItsClosing() {
            loader.active = true;
            loader.item.open();
            tryVerify(() => loader.item.opened);
            keyClick(Qt.Key_Return);
            compare(loader.accepted, 1);
            compare(loader.item, null);
            loader.active = true;
            loader.item.open();
            tryVerify(() => loader.item.opened);
            keyClick(Qt.Key_Escape);
            compare(loader.accepted, 1);
            compare(loader.rejected, 1);
        }

        function test_dialog_isNamed() {
            compare(dialog.contentItem.Accessible.name, "Delete?");
            compare(dialog.contentItem.Accessible.role, Accessible.Dialog);
        }

        // It would cover the menu that the press opened.
        function test_tooltip_isSilentOncePressed_untilPointedAtAnew() {
            tip.shown = true;
            tryVerify(() => tip.item.visible);
            tip.pressed = true;
            tip.pressed = false;
            tryVerify(() => !tip.item.visible);
            tip.shown = false;
            tip.shown = true;
            tryVerify(() => tip.item.visible);
            tip.shown = false;
        }

        function test_tooltip_staysInTheWindow_withAllOfItsWords() {
            tip.text = "https://tertulia.example/" + "a-long-name/".repeat(20);
            tip.shown = true;
            tryVerify(() => tip.item.opened);
            const words = tip.item.contentItem;
            verify(tip.item.width <= root.Window.width);
            verify(words.lineCount > 1);
            verify(words.contentHeight <= words.height && words.contentWidth <= words.width && !words.truncated);
            tip.shown = false;
            tip.text = "More";
        }

        function test_dialog_showsWhereTheKeysAre() {
            dialog.open();
            tryVerify(() => dialog.opened);
            compare(root.Window.activeFocusItem.text, "Delete");
            verify(root.Window.activeFocusItem.visualFocus);
        }

        function test_menu_worksByKeys() {
            menu.open();
            tryVerify(() => menu.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            compare(copied.count, 1);
            tryVerify(() => !menu.visible);
        }

        function test_menu_inANarrowWindow_shortensItsWords() {
            copy.glyph = Icon.Copy;
            copy.text = "Open https://tertulia.example/" + "a-long-name/".repeat(20);
            menu.open();
            tryVerify(() => menu.opened);
            const words = copy.contentItem.children[1];
            verify(copy.width <= root.Window.width);
            tryVerify(() => words.truncated && words.x + words.width <= copy.availableWidth);
            copy.text = "Copy";
            copy.glyph = Icon.None;
        }

        function test_toast_saysAndGoes() {
            toast.show("Done");
            compare(toast.Accessible.name, "Done");
            verify(toast.shown);
            mouseClick(toast);
            verify(!toast.shown);
        }

        function test_banner_takesNoRoomWithoutWords() {
            compare(banner.implicitHeight, 0);
            banner.text = "Offline";
            verify(banner.implicitHeight > 0);
            banner.text = "";
        }
    }
}
