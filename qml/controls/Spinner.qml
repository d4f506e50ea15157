// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Tertulia.Theme

// Something is going on that takes a moment.
Item {
    id: root

    property color ink: Theme.textSecondary

    implicitWidth: Theme.icon
    implicitHeight: Theme.icon
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Please wait")

    Row {
        anchors.centerIn: parent
        spacing: Theme.scaled(3)

        Repeater {
            model: 3

            delegate: Rectangle {
                id: dot

                required property int index

                width: Theme.scaled(4)
                height: width
                radius: width / 2
                color: root.ink

                SequentialAnimation on opacity {
                    running: root.visible && !Theme.reducedMotion
                    loops: Animation.Infinite

                    PauseAnimation { duration: dot.index * Theme.pulse / 6 }
                    NumberAnimation { from: 0.3; to: 1; duration: Theme.pulse / 3 }
                    NumberAnimation { from: 1; to: 0.3; duration: Theme.pulse / 3 }
                    PauseAnimation { duration: (2 - dot.index) * Theme.pulse / 6 }
                }
            }
        }
    }
}
