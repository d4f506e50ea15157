// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme

// How people react to a message: each emoji once, and how many people it is when it is more than one. Who, the tool tip
// says. Keys reach it by the menu of the message.
T.AbstractButton {
    id: root

    required property string reactionsText
    required property string reactionsBy   // one line a person
    property bool hasOwn: false

    implicitWidth: label.implicitWidth + 2 * Theme.space2
    implicitHeight: Theme.scaled(24)
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Reactions: %1", "a list of people and their emoji").arg(root.reactionsBy)
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        radius: height / 2
        color: root.hasOwn ? Theme.selected : root.hovered ? Theme.hover : Theme.raised
        border.width: Theme.hairline
        border.color: root.hasOwn ? Theme.textAccent : Theme.divider
    }
    contentItem: Item {
        Label {
            id: label

            anchors.centerIn: parent
            text: root.reactionsText
            color: root.hasOwn ? Theme.textAccent : Theme.textSecondary
            font.pixelSize: Theme.fontSmall
            elide: Text.ElideNone
            Accessible.ignored: true
        }
    }

    Tooltip {
        text: root.reactionsBy
        shown: root.hovered
        pressed: root.down
    }
}
