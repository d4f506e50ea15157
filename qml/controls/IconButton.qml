// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// A picture that does something. `text` is its name for the tool tip and the screen reader; it is never left out.
// A click leaves the focus where it is: who writes goes on writing.
T.Button {
    id: root

    required property int glyph   // one of Icon.Name
    property color tint: Theme.textSecondary
    property int size: Theme.icon
    property bool mirrorsPicture: false

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    Tooltip {
        text: root.text
        shown: root.hovered
        pressed: root.down
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.glyph
            size: root.size
            mirror: root.mirrorsPicture && root.mirrored
            color: !root.enabled ? Theme.textDisabled : root.hovered || root.down ? Theme.text : root.tint
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: -Theme.focusWidth
            shown: root.visualFocus
        }
    }
}
