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
    property bool isHeadline: false   // says what the menu is about, and does nothing

    readonly property color ink: root.isHeadline ? Theme.textSecondary : !root.enabled ? Theme.textDisabled : root.danger ? Theme.textDanger : Theme.text

    // Not the row's own width, which is known a frame later.
    implicitWidth: (root.glyph !== Icon.None ? picture.width + Theme.space3 : 0) + words.implicitWidth + leftPadding + rightPadding
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
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            visible: root.glyph !== Icon.None
            name: root.glyph
            size: Theme.scaled(18)
            color: root.danger ? root.ink : Theme.textSecondary
        }

        Label {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.availableWidth - x)
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
