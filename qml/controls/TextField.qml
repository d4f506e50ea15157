// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// One line of text. `label` stands above it and names it; `errorText` below replaces the hint.
T.TextField {
    id: root

    property string errorText: ""
    property int leadingIcon: Icon.None
    property string accessibleName: root.placeholderText
    readonly property int iconSpace: root.leadingIcon === Icon.None ? 0 : Theme.iconSmall + Theme.space2

    implicitWidth: Theme.formWidth
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.space3 + (root.LayoutMirroring.enabled ? 0 : root.iconSpace)
    rightPadding: Theme.space3 + (root.LayoutMirroring.enabled ? root.iconSpace : 0)
    horizontalAlignment: root.length === 0 ? TextInput.AlignLeft : undefined
    verticalAlignment: TextInput.AlignVCenter
    font.pixelSize: Theme.fontBody
    color: Theme.text
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    selectByMouse: true
    Accessible.role: Accessible.EditableText
    Accessible.name: root.accessibleName
    Accessible.description: root.errorText

    HoverHandler {
        cursorShape: Qt.IBeamCursor
    }

    Label {
        x: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        height: root.height
        visible: root.length === 0 && root.preeditText.length === 0
        text: root.placeholderText
        font: root.font
        color: root.placeholderTextColor
        horizontalAlignment: Text.AlignLeft
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Theme.space3
        anchors.verticalCenter: parent.verticalCenter
        name: root.leadingIcon
        size: Theme.iconSmall
        color: Theme.textSecondary
    }

    background: Rectangle {
        radius: Theme.radius
        color: root.activeFocus ? Theme.window : Theme.field
        border.width: root.activeFocus ? Theme.focusWidth : root.errorText.length > 0 ? Theme.hairline : 0
        border.color: root.errorText.length > 0 ? Theme.textDanger : Theme.focus
    }
}
