// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme

// Instead of the window where the program cannot start: what is wrong on this computer, and what helps.
T.ApplicationWindow {
    id: root

    property string folder: "" // that cannot be made or written; empty: another reason
    property string detail: ""
    property bool systemDark: false

    width: 560
    height: 380
    minimumWidth: 360
    minimumHeight: 300
    visible: true
    title: qsTr("Tertulia cannot start")
    color: Theme.window
    LayoutMirroring.enabled: Qt.application.layoutDirection === Qt.RightToLeft // qmllint disable type
    LayoutMirroring.childrenInherit: true
    font.pixelSize: Theme.fontBody

    Binding {
        target: Theme
        property: "dark"
        value: root.systemDark
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space5
        spacing: Theme.space4
        // No shortcut: a text to read that has the keys takes those.
        Keys.onPressed: event => {
            if (event.key === Qt.Key_Escape || event.matches(StandardKey.Quit))
                Qt.quit();
        }

        Label {
            width: parent.width
            text: root.title
            font.pixelSize: Theme.fontHeading
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Label {
            width: parent.width
            text: root.folder.length > 0 ? qsTr("Its folder on this computer cannot be written:") : root.detail
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        TextArea {
            width: parent.width
            visible: root.folder.length > 0
            text: root.folder
            readOnly: true
            accessibleName: qsTr("The folder")
        }

        Label {
            width: parent.width
            visible: root.folder.length > 0
            text: qsTr("See that there is room on the disk, that the folder belongs to you, and that no file has its name. Then start Tertulia again. Your messages are on the server.")
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            color: Theme.textSecondary
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        Button {
            id: quit

            anchors.right: parent.right
            focus: true
            text: qsTr("Quit")
            onClicked: Qt.quit()
            Component.onCompleted: quit.forceActiveFocus(Qt.TabFocusReason)
        }
    }
}
