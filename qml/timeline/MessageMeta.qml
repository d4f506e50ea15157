// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The time of a message and how far it got.
Row {
    id: root

    required property string timeText
    required property int status

    spacing: Theme.hairline * 3

    Label {
        text: root.timeText
        font.pixelSize: Theme.fontCaption
        color: Theme.textSecondary
        Accessible.ignored: true
    }

    Tick {
        anchors.verticalCenter: parent.verticalCenter
        status: root.status
        size: Theme.scaled(14)
    }
}
