// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Gallery
import Tertulia.Shell
import Tertulia.Theme
import Tertulia.ViewModels

// The keys and the panes of the window, on the gallery's data.
AccountStage {
    id: root

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
            root.sample.hasOpen = true;
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

        function test_wide_showsBothPanes_narrowOne() {
            verify(!root.page.isNarrow);
            root.width = 380;
            verify(root.page.isNarrow);
            verify(root.page.page.visible);
            root.sample.hasOpen = false;
            compare(root.page.page, null);
        }

        // Also where the list is not to be seen.
        function test_offline_isToldInANarrowConversation() {
            const top = () => root.page.page.mapToItem(root.page, 0, 0).y;
            root.sample.banner = "No network";
            compare(banners(root.page), 1);
            compare(top(), 0);
            root.width = 380;
            tryVerify(() => banners(root.page) === 1 && top() > 0);
            root.sample.banner = "";
            tryVerify(() => banners(root.page) === 0 && top() === 0);
        }

        function test_draggedEdge_isKept() {
            root.sample.settings.paneWidth = 0;
            const edge = Theme.sidebarWidth;
            mousePress(root.page, edge, 300);
            for (let x = edge; x <= edge + 60; x += 10)
                mouseMove(root.page, x, 300);
            mouseRelease(root.page, edge + 60, 300);
            verify(Math.abs(root.sample.settings.paneWidth - edge - 60) < 25, "kept " + root.sample.settings.paneWidth);
            root.sample.settings.paneWidth = 0;
        }

        function test_controlQ_quitsWhereNobodyIsSignedIn() {
            quits.target = test.createTemporaryObject(signedOut, root);
            keyClick(Qt.Key_Q, Qt.ControlModifier);
            tryCompare(quits, "count", 1);
        }

        function test_controlK_opensTheSwitcher() {
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
        }

        function test_controlN_opensTheSearchForPeople() {
            keyClick(Qt.Key_N, Qt.ControlModifier);
            tryVerify(() => root.focused("PeoplePane"));
            keyClick(Qt.Key_Escape);
            tryVerify(() => !root.focused("PeoplePane"));
        }

        function test_controlF_goesToTheFilter() {
            keyClick(Qt.Key_F, Qt.ControlModifier);
            tryVerify(() => root.focused("SearchField"));
            root.page.page.focusComposer();
        }

        function test_settingsAndShortcuts_openByKey_andCloseByEscape() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => root.focused("SettingsPage"));
            verify(root.Window.window.activeFocusItem.visualFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !root.focused("SettingsPage"));
            keyClick(Qt.Key_F1);
            tryVerify(() => root.focused("ShortcutsPage"));
            verify(root.Window.window.activeFocusItem.visualFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !root.focused("ShortcutsPage"));
        }

        // The line between the panes was seen through the pages above it.
        function test_pagesAbove_coverEverything_data() {
            return [{ tag: "settings", key: Qt.Key_Comma, modifiers: Qt.ControlModifier },
                { tag: "shortcuts", key: Qt.Key_F1, modifiers: Qt.NoModifier }];
        }
        function test_pagesAbove_coverEverything(data) {
            keyClick(data.key, data.modifiers);
            tryVerify(() => root.focused("SettingsPage") || root.focused("ShortcutsPage"));
            const y = root.height - 3, picture = grabImage(root.page);
            for (let x = 0; x < 400; ++x) // the list is narrower
                compare(picture.pixel(x, y), picture.pixel(0, y), "at " + x);
        }

        function test_notice_isSeenOverAPage() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => root.focused("SettingsPage"));
            const toast = findChild(root.page, "toast");
            root.sample.current.noticeText = "It could not be opened.";
            tryVerify(() => toast.shown);
            const at = toast.mapToItem(root.page, toast.width / 2, 4);   // above its words
            tryVerify(() => Qt.colorEqual(grabImage(root.page).pixel(at.x, at.y), toast.color));
            root.sample.current.noticeText = "";
            mouseClick(toast);
        }
    }
}
