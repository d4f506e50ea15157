// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// A person or a conversation: initials on a colour that stays theirs, and a dot for who is there.
Item {
    id: root

    required property string initials
    required property int colorIndex
    property bool online: false
    property int size: Theme.avatar
    property color backdrop: Theme.window

    implicitWidth: root.size
    implicitHeight: root.size
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: Theme.avatarFill(root.colorIndex)
    }

    Label {
        anchors.centerIn: parent
        text: root.initials
        color: "white"
        font.pixelSize: Math.round(root.size * 0.38)
        font.weight: Font.Medium
        elide: Text.ElideNone
        Accessible.ignored: true
    }

    Rectangle {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: root.online
        width: Math.round(root.size * 0.28)
        height: width
        radius: width / 2
        color: Theme.online
        border.width: Theme.focusWidth
        border.color: root.backdrop
    }
}
