// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The day that begins here, or (floating above the messages) that of the topmost one.
Item {
    id: root

    required property string text
    property bool isFloating: false

    implicitHeight: Theme.scaled(36)

    Rectangle {
        anchors.centerIn: parent
        width: day.implicitWidth + 2 * Theme.space3
        height: day.implicitHeight + Theme.space1 + Theme.hairline
        radius: height / 2
        color: root.isFloating ? Theme.raised : Theme.window
        border.width: root.isFloating ? Theme.hairline : 0
        border.color: Theme.divider
        opacity: root.isFloating ? 1 : 0.8
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
        Accessible.ignored: root.isFloating
    }
}
