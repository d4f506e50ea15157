// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

T.Button {
    id: root

    enum Kind { Filled, Tonal, Plain, Danger }

    property int kind: Button.Filled
    property bool busy: false

    readonly property bool isSolid: root.kind === Button.Filled || root.kind === Button.Danger
    readonly property color restColor: root.kind === Button.Filled ? Theme.fill
        : root.kind === Button.Danger ? Theme.dangerFill : root.kind === Button.Tonal ? Theme.pressed : "transparent"
    readonly property color overColor: root.isSolid || root.kind === Button.Tonal ? Qt.darker(root.restColor, 1.06) : Theme.hover
    readonly property color downColor: root.isSolid || root.kind === Button.Tonal ? Qt.darker(root.restColor, 1.14) : Theme.pressed

    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, Theme.scaled(72))
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.space4
    rightPadding: Theme.space4
    font.pixelSize: Theme.fontBody
    font.weight: Font.Medium
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    contentItem: Label {
        text: root.text
        font: root.font
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        opacity: root.busy ? 0.75 : 1
        color: !root.enabled && !root.busy ? Theme.textDisabled : root.isSolid ? Theme.textOnFill
            : root.kind === Button.Plain ? Theme.textAccent : Theme.text
    }
    background: Rectangle {
        radius: Theme.radius
        color: !root.enabled && !root.busy ? (root.kind === Button.Plain ? "transparent" : Theme.field)
            : root.down ? root.downColor : root.hovered ? root.overColor : root.restColor

        FocusRing {
            shown: root.visualFocus
        }
    }
}
