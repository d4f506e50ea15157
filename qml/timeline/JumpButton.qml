// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme

// Down to the latest message; says how many have come meanwhile.
T.Button {
    id: root

    required property int count

    implicitWidth: Theme.scaled(42)
    implicitHeight: implicitWidth
    text: root.count > 0 ? qsTr("Jump to the latest, %n unread", "", root.count) : qsTr("Jump to the latest")
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    background: Surface {
        radius: width / 2
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : Theme.raised

        FocusRing {
            radius: parent.radius + Theme.focusWidth
            shown: root.visualFocus
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: Icon.Down
            size: Theme.icon
            color: Theme.textSecondary
        }

        Badge {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.verticalCenter: parent.top
            count: root.count
        }
    }
}
