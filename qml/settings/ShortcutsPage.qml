// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme

// All keys on one page (F1).
FocusScope {
    id: root

    signal finished()

    Keys.onEscapePressed: root.finished()
    Component.onCompleted: header.backButton.forceActiveFocus(Qt.ShortcutFocusReason)

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Keyboard shortcuts")
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
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: header.title
        Keys.onDownPressed: scroller.contentY = Math.min(scroller.contentHeight - scroller.height, scroller.contentY + Theme.rowHeight)
        Keys.onUpPressed: scroller.contentY = Math.max(0, scroller.contentY - Theme.rowHeight)
        T.ScrollBar.vertical: ScrollBar {
        }

        Column {
            id: column

            x: Math.round((scroller.width - width) / 2)
            y: Theme.space5
            width: Math.min(Theme.scaled(520), scroller.width - 2 * Theme.space5)
            spacing: Theme.space5

            Section {
                width: parent.width
                title: qsTr("Everywhere")

                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+K"); what: qsTr("Go to a conversation or a person") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+N"); what: qsTr("New conversation") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+F"); what: qsTr("Filter the conversations") }
                ShortcutRow { width: parent.width; keys: qsTr("Alt+Up / Alt+Down"); what: qsTr("Previous or next conversation") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+Shift+A"); what: qsTr("Next account") }
                ShortcutRow { width: parent.width; keys: qsTr("F6 / Shift+F6"); what: qsTr("Next or previous part of the window") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+,"); what: qsTr("Settings") }
                ShortcutRow { width: parent.width; keys: qsTr("F1"); what: qsTr("This page") }
                ShortcutRow { width: parent.width; keys: qsTr("Esc"); what: qsTr("Back, close") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+Q"); what: qsTr("Quit") }
            }

            Section {
                width: parent.width
                title: qsTr("Writing")

                ShortcutRow { width: parent.width; keys: qsTr("Enter / Ctrl+Enter"); what: qsTr("Send, as set in the settings") }
                ShortcutRow { width: parent.width; keys: qsTr("Shift+Enter"); what: qsTr("New line") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+E"); what: qsTr("Emoji") }
                ShortcutRow { width: parent.width; keys: qsTr("Page Up / Page Down"); what: qsTr("Scroll the messages while writing") }
            }

            Section {
                width: parent.width
                title: qsTr("Messages")

                ShortcutRow { width: parent.width; keys: qsTr("Up / Down"); what: qsTr("Walk from message to message") }
                ShortcutRow { width: parent.width; keys: qsTr("Home / End"); what: qsTr("Oldest loaded or latest message") }
                ShortcutRow { width: parent.width; keys: qsTr("Ctrl+C"); what: qsTr("Copy the message or the selection") }
                ShortcutRow { width: parent.width; keys: qsTr("Menu / Shift+F10"); what: qsTr("What can be done with the message") }
            }
        }
    }
}
