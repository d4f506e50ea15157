// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

T.MenuItem {
    id: root

    property int glyph: Icon.None
    property bool danger: false

    readonly property color ink: !root.enabled ? Theme.textDisabled : root.danger ? Theme.textDanger : Theme.text

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: root.visible ? Theme.scaled(Theme.compact ? 30 : 34) : 0
    leftPadding: Theme.space3
    rightPadding: Theme.space4
    font.pixelSize: Theme.fontBody
    Accessible.role: Accessible.MenuItem
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    contentItem: Row {
        spacing: Theme.space3

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.glyph !== Icon.None
            name: root.glyph
            size: Theme.scaled(18)
            color: root.danger ? root.ink : Theme.textSecondary
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font: root.font
            color: root.ink
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.highlighted || root.down ? Theme.field : "transparent"
    }
}
