// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// What a key does.
Item {
    id: root

    required property string keys   // "Ctrl+K"; several ways are separated by a slash
    required property string what

    implicitHeight: Math.max(Theme.scaled(30), meaning.implicitHeight + Theme.space1)
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2", "key: what it does").arg(root.keys).arg(root.what)

    Label {
        id: meaning

        anchors.left: parent.left
        anchors.right: caps.left
        anchors.rightMargin: Theme.space3
        anchors.verticalCenter: parent.verticalCenter
        text: root.what
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.ignored: true
    }

    Row {
        id: caps

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space1
        LayoutMirroring.enabled: false
        LayoutMirroring.childrenInherit: true

        Repeater {
            model: root.keys.split(" / ")

            delegate: Rectangle {
                id: cap

                required property string modelData

                width: label.implicitWidth + 2 * Theme.space2
                height: Theme.scaled(24)
                radius: Theme.radiusSmall
                color: Theme.field

                Label {
                    id: label

                    anchors.centerIn: parent
                    text: cap.modelData
                    font.pixelSize: Theme.fontSmall
                    color: Theme.textSecondary
                    Accessible.ignored: true
                }
            }
        }
    }
}
