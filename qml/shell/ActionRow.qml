// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme

// A line of the menu of accounts that leads somewhere.
T.ItemDelegate {
    id: root

    required property int glyph

    implicitHeight: Theme.controlHeight
    leftPadding: Theme.space4
    rightPadding: Theme.space3
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.MenuItem
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Icon {
            id: picture

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            name: root.glyph
            color: Theme.textSecondary
        }

        Label {
            anchors.left: picture.right
            anchors.leftMargin: Theme.space4
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.pressed : root.hovered || root.activeFocus ? Theme.field : "transparent"

        FocusRing {
            gap: -Theme.focusWidth
            shown: root.visualFocus
        }
    }
}
