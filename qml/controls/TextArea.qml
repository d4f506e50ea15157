// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls   // for TextLook, which is C++
import Tertulia.Theme

// Text of several lines that grows with what is in it.
T.TextArea {
    id: root

    property string accessibleName: root.placeholderText

    implicitWidth: Theme.formWidth
    implicitHeight: Math.max(Theme.controlHeight, contentHeight + topPadding + bottomPadding)
    padding: Theme.space2
    leftPadding: Theme.space3
    rightPadding: Theme.space3
    font.pixelSize: Theme.fontBody
    color: Theme.text
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    selectByMouse: true
    horizontalAlignment: root.length === 0 ? TextEdit.AlignLeft : undefined
    wrapMode: TextEdit.Wrap
    textFormat: TextEdit.PlainText
    Accessible.role: Accessible.EditableText
    Accessible.name: root.accessibleName
    Accessible.multiLine: true
    onTextChanged: look.followLines()

    TextLook {
        id: look

        field: root.textDocument
    }

    Label {
        anchors.fill: parent
        anchors.leftMargin: root.leftPadding
        anchors.rightMargin: root.rightPadding
        anchors.topMargin: root.topPadding
        anchors.bottomMargin: root.bottomPadding
        visible: root.length === 0 && root.preeditText.length === 0
        text: root.placeholderText
        font: root.font
        color: root.placeholderTextColor
        horizontalAlignment: Text.AlignLeft
        verticalAlignment: root.verticalAlignment
        Accessible.ignored: true
    }
}
