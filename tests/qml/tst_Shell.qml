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

        function banners(item) {
            let seen = String(item).startsWith("ConnectionBanner") && item.visible ? 1 : 0;
            for (let i = 0; i < item.children.length; ++i)
                seen += banners(item.children[i]);
            return seen;
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

        // Also where the list is not to be seen.
        function test_offline_isToldInANarrowConversation() {
            const top = () => page.page.mapToItem(page, 0, 0).y;
            sample.banner = "No network";
            compare(banners(page), 1);
            compare(top(), 0);
            root.width = 380;
            tryVerify(() => banners(page) === 1 && top() > 0);
            sample.banner = "";
            tryVerify(() => banners(page) === 0 && top() === 0);
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

        function test_controlQ_quitsWhereNobodyIsSignedIn() {
            quits.target = test.createTemporaryObject(signedOut, root);
            keyClick(Qt.Key_Q, Qt.ControlModifier);
            tryCompare(quits, "count", 1);
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
            verify(root.Window.window.activeFocusItem.visualFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !focused("SettingsPage"));
            keyClick(Qt.Key_F1);
            tryVerify(() => focused("ShortcutsPage"));
            verify(root.Window.window.activeFocusItem.visualFocus);
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

        function test_notice_isSeenOverAPage() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => focused("SettingsPage"));
            const toast = findChild(page, "toast");
            sample.current.noticeText = "It could not be opened.";
            tryVerify(() => toast.shown);
            const at = toast.mapToItem(page, toast.width / 2, 4);   // above its words
            tryVerify(() => Qt.colorEqual(grabImage(page).pixel(at.x, at.y), toast.color));
            sample.current.noticeText = "";
            mouseClick(toast);
        }
    }
}
