// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// Above the first message that has not been read.
Item {
    id: root

    implicitHeight: Theme.scaled(36)

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        height: words.implicitHeight + Theme.space2
        color: Theme.window
        opacity: 0.8
    }

    Label {
        id: words

        anchors.centerIn: parent
        text: qsTr("Unread messages", "line above the first unread message")
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
        color: Theme.textAccent
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
}
