// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// Everything that can be chosen, in one quiet column.
FocusScope {
    id: root

    required property SettingsViewModel settings
    property AccountViewModel account: null

    signal finished()
    signal shortcutsRequested()

    Keys.onEscapePressed: root.finished()
    Component.onCompleted: header.backButton.forceActiveFocus(Qt.ShortcutFocusReason)

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Settings")
        onBackRequested: root.finished()
    }

    Flickable {
        id: scroller

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: column.implicitHeight + 2 * Theme.space5
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {
        }

        Column {
            id: column

            x: Math.round((scroller.width - width) / 2)
            y: Theme.space5
            width: Math.min(Theme.scaled(520), scroller.width - 2 * Theme.space5)
            spacing: Theme.space5

            Loader {
                width: parent.width
                active: root.account !== null
                visible: active
                sourceComponent: AccountCard {
                    account: root.account
                }
            }

            AppearanceSection {
                width: parent.width
                settings: root.settings
            }

            BehaviourSection {
                width: parent.width
                settings: root.settings
            }

            Section {
                width: parent.width
                title: qsTr("Help")

                Button {
                    kind: Button.Tonal
                    text: qsTr("Keyboard shortcuts")
                    onClicked: root.shortcutsRequested()
                }
            }
        }
    }

    Connections {
        target: root.Window.window

        function onActiveFocusItemChanged() {
            root.reveal(root.Window.window.activeFocusItem);
        }
    }

    // Keeps what the keyboard has reached in sight.
    function reveal(item: Item) {
        if (!item || !root.activeFocus || scroller.contentHeight <= scroller.height)
            return;
        const top = item.mapToItem(column, 0, 0).y;
        if (top < 0 || top > column.height)
            return;
        scroller.contentY = Math.max(0, Math.min(scroller.contentHeight - scroller.height,
            Math.min(Math.max(scroller.contentY, top + item.height + Theme.space6 * 2 - scroller.height), top)));
    }
}
