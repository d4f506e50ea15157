// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

Item {
    id: root

    required property int index
    required property string emoji
    required property string name
    property int size: 0
    property bool isFocusShown: false

    signal tapped(index: int)
    signal entered(index: int)

    width: root.size
    height: root.size
    Accessible.role: Accessible.Button
    Accessible.name: root.name
    Accessible.onPressAction: root.tapped(root.index)

    HoverHandler {
        id: pointer

        onHoveredChanged: {
            if (pointer.hovered)
                root.entered(root.index);
        }
    }

    TapHandler {
        onTapped: root.tapped(root.index)
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.hairline
        radius: Theme.radius
        color: pointer.hovered || root.isFocusShown ? Theme.field : "transparent"

        FocusRing {
            gap: -Theme.focusWidth
            shown: root.isFocusShown
        }
    }

    Text {
        anchors.centerIn: parent
        textFormat: Text.PlainText
        text: Emoji.alone(root.emoji)
        font.family: Emoji.family
        font.pixelSize: Theme.scaled(22)
        Accessible.ignored: true
    }
}
