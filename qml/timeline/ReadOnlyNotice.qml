// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// In the composer's place where nothing can be written.
Rectangle {
    id: root

    required property string text

    implicitHeight: Theme.barHeight
    color: Theme.window

    Divider {
        width: parent.width
    }

    Label {
        anchors.centerIn: parent
        width: Math.min(implicitWidth, parent.width - 2 * Theme.space4)
        text: root.text
        color: Theme.textSecondary
        Accessible.role: Accessible.StaticText
        Accessible.name: root.text
    }
}
