// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Tertulia.Theme

// The shape of messages that are on their way.
Item {
    id: root

    clip: true
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Loading")

    Column {
        id: shapes

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space3
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.space4, Theme.columnWidth)
        spacing: Theme.space2

        Repeater {
            model: 9

            delegate: Item {
                id: shape

                required property int index
                readonly property bool isOwn: index % 4 === 1 || index % 4 === 2

                width: shapes.width
                height: Theme.scaled(index % 3 === 0 ? 52 : 34)

                Rectangle {
                    x: shape.isOwn === shape.LayoutMirroring.enabled ? 0 : parent.width - width
                    width: parent.width * (0.28 + 0.06 * (shape.index * 5 % 4))
                    height: parent.height
                    radius: Theme.radiusBubble
                    color: Theme.dark ? Theme.hover : Theme.pressed
                }
            }
        }

        SequentialAnimation on opacity {
            running: root.visible && !Theme.reducedMotion
            loops: Animation.Infinite

            NumberAnimation { from: 1; to: 0.5; duration: Theme.pulse; easing.type: Easing.InOutSine }
            NumberAnimation { from: 0.5; to: 1; duration: Theme.pulse; easing.type: Easing.InOutSine }
        }
    }
}
