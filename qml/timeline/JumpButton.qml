// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme

// Above the messages: goes to some of them, and says how many they are. A click leaves the focus where it is, since
// the button goes when it has done its work.
T.Button {
    id: root

    property int glyph: Icon.Down
    property int count: 0

    implicitWidth: Theme.scaled(42)
    implicitHeight: implicitWidth
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    Tooltip {
        text: root.text
        shown: root.hovered
        pressed: root.down
        isBeside: true
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
            name: root.glyph
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
