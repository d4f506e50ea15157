// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The time of a message and how far it got. No Row: its width has to be right at once, the bubble depends on it.
Item {
    id: root

    required property string timeText
    required property int status

    implicitWidth: time.implicitWidth + (tick.visible ? tick.width + Theme.hairline * 3 : 0)
    implicitHeight: time.implicitHeight

    Label {
        id: time

        anchors.left: parent.left
        text: root.timeText
        font.pixelSize: Theme.fontCaption
        color: Theme.textSecondary
        elide: Text.ElideNone
        Accessible.ignored: true
    }

    Tick {
        id: tick

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        status: root.status
        size: Theme.scaled(14)
    }
}
