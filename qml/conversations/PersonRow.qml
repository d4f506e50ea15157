// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// One person: face, name, and a second line.
ListRow {
    id: root

    property string title: ""
    property string subtitle: ""
    property string initials: ""
    property int colorIndex: 0
    property bool isOnline: false
    property int unreadCount: 0

    implicitHeight: Theme.scaled(Theme.compact ? 44 : 52)

    contentItem: Item {
        Avatar {
            id: face

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            size: Theme.scaled(Theme.compact ? 30 : 36)
            initials: root.initials
            colorIndex: root.colorIndex
            online: root.isOnline
            backdrop: root.fill
        }

        Column {
            anchors.left: face.right
            anchors.leftMargin: Theme.space3
            anchors.right: badge.visible ? badge.left : parent.right
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: root.title
                font.weight: Font.Medium
                horizontalAlignment: Text.AlignLeft
                Accessible.ignored: true
            }

            Label {
                width: parent.width
                visible: text.length > 0
                text: root.subtitle
                font.pixelSize: Theme.fontSmall
                color: Theme.textSecondary
                horizontalAlignment: Text.AlignLeft
                Accessible.ignored: true
            }
        }

        Badge {
            id: badge

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            count: root.unreadCount
        }
    }
}
