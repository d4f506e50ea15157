// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Conversations
import Tertulia.Settings
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// What covers the panes for a while: settings, shortcuts, the switcher. Each is made when it is wanted.
FocusScope {
    id: root

    required property ApplicationViewModel application
    required property AccountViewModel account

    readonly property bool isOpen: pages.sourceComponent !== null
    readonly property alias settings: settingsPage
    readonly property alias shortcuts: shortcutsPage

    // What had the focus before; it gets it back.
    property Item before: null

    // What had the focus before is no more.
    signal closed()

    function open(page: Component) {
        if (!root.isOpen)
            root.before = root.Window.activeFocusItem;
        pages.sourceComponent = page;
        pages.forceActiveFocus();
    }

    function focusPage() {
        pages.item?.nextItemInFocusChain(true).forceActiveFocus(Qt.OtherFocusReason);
    }

    function close() {
        const back = root.before;
        root.before = null;
        pages.sourceComponent = null;
        if (back && back.visible)
            back.forceActiveFocus(Qt.OtherFocusReason);
        else
            root.closed();
    }

    function showSwitcher() {
        switcher.active = true;
        (switcher.item as Switcher).open();
    }

    visible: root.isOpen

    Loader {
        id: pages

        anchors.fill: parent
        focus: true
        sourceComponent: null
    }

    Component {
        id: settingsPage

        SettingsPage {
            focus: true
            settings: root.application.settings
            account: root.account
            onFinished: root.close()
            onShortcutsRequested: root.open(shortcutsPage)
        }
    }

    Component {
        id: shortcutsPage

        ShortcutsPage {
            focus: true
            onFinished: root.close()
        }
    }

    Loader {
        id: switcher

        active: false
        sourceComponent: Switcher {
            switcher: root.account.switcher
        }
    }
}
