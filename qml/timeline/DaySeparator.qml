// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The day that begins here.
Item {
    id: root

    required property string text

    implicitHeight: Theme.scaled(36)

    Rectangle {
        anchors.centerIn: parent
        width: day.implicitWidth + 2 * Theme.space3
        height: day.implicitHeight + Theme.space1 + Theme.hairline
        radius: height / 2
        color: Theme.window
        opacity: 0.8
    }

    Label {
        id: day

        anchors.centerIn: parent
        text: root.text
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
        color: Theme.textSecondary
        Accessible.role: Accessible.Heading
        Accessible.name: root.text
    }
}
