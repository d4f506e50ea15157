// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Tertulia.Theme

// The shape of rows that are still on their way. It breathes, unless motion is unwanted; it stands still by itself
// when it cannot be seen.
Item {
    id: root

    property int rows: 8

    clip: true
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Loading")

    Column {
        width: parent.width
        opacity: breath.running ? 1 : 0.8

        Repeater {
            model: root.rows

            delegate: Item {
                id: row

                required property int index

                width: root.width
                height: Theme.rowHeight

                Rectangle {
                    id: picture

                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space3
                    width: Theme.avatar
                    height: Theme.avatar
                    radius: width / 2
                    color: Theme.field
                }

                Rectangle {
                    anchors.left: picture.right
                    anchors.leftMargin: Theme.space3
                    anchors.bottom: picture.verticalCenter
                    anchors.bottomMargin: Theme.space1
                    width: (row.width - picture.width) * (0.3 + 0.07 * (row.index * 5 % 4))
                    height: Theme.fontSmall
                    radius: Theme.space1
                    color: Theme.field
                }

                Rectangle {
                    anchors.left: picture.right
                    anchors.leftMargin: Theme.space3
                    anchors.top: picture.verticalCenter
                    anchors.topMargin: Theme.space1
                    width: (row.width - picture.width) * (0.5 + 0.06 * (row.index * 3 % 5))
                    height: Theme.fontSmall
                    radius: Theme.space1
                    color: Theme.field
                }
            }
        }

        SequentialAnimation on opacity {
            id: breath

            running: root.visible && !Theme.reducedMotion
            loops: Animation.Infinite

            NumberAnimation { from: 1; to: 0.45; duration: Theme.pulse; easing.type: Easing.InOutSine }
            NumberAnimation { from: 0.45; to: 1; duration: Theme.pulse; easing.type: Easing.InOutSine }
        }
    }
}
