// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// Oneself: opens the menu of accounts and settings. The dot says whether one is connected.
T.AbstractButton {
    id: root

    required property string name
    required property string initials
    required property int colorIndex
    required property int connectivity
    property int otherUnread: 0

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.TabFocus
    text: qsTr("Accounts and settings of %1", "%1 is a person's name").arg(Bidi.isolated(root.name))
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    Tooltip {
        text: root.name
        shown: root.hovered
        pressed: root.down
    }

    background: Rectangle {
        radius: width / 2
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: -Theme.focusWidth
            radius: width / 2
            shown: root.visualFocus
        }
    }
    contentItem: Item {
        Avatar {
            anchors.centerIn: parent
            size: Theme.avatarSmall
            initials: root.initials
            colorIndex: root.colorIndex
            online: root.connectivity === Connectivity.Online
        }

        Badge {
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.rightMargin: -Theme.space1
            anchors.topMargin: -Theme.space1
            implicitHeight: Theme.scaled(16)
            count: root.otherUnread
        }
    }
}
