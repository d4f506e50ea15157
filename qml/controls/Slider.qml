// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

T.Slider {
    id: root

    required property string accessibleName
    property string valueText: ""

    implicitWidth: Theme.scaled(200)
    implicitHeight: Theme.controlHeight
    Accessible.role: Accessible.Slider
    Accessible.name: root.accessibleName
    Accessible.description: root.valueText
    Accessible.onIncreaseAction: root.increase()
    Accessible.onDecreaseAction: root.decrease()

    handle: Rectangle {
        x: root.leftPadding + root.visualPosition * (root.availableWidth - width)
        y: root.topPadding + (root.availableHeight - height) / 2
        implicitWidth: Theme.scaled(18)
        implicitHeight: implicitWidth
        radius: width / 2
        color: root.pressed ? Theme.fillPressed : root.hovered ? Theme.fillHover : Theme.fill

        FocusRing {
            radius: parent.radius + Theme.focusWidth
            shown: root.visualFocus
        }
    }
    background: Rectangle {
        readonly property real filled: root.visualPosition * width

        x: root.leftPadding
        y: root.topPadding + (root.availableHeight - height) / 2
        width: root.availableWidth
        height: Theme.space1
        radius: height / 2
        color: Theme.pressed

        Rectangle {
            x: root.mirrored ? parent.filled : 0
            width: root.mirrored ? parent.width - parent.filled : parent.filled
            height: parent.height
            radius: parent.radius
            color: Theme.fill
        }
    }
}
