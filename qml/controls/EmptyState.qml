// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// What stands where nothing is yet: a picture, a sentence, and the way on.
Item {
    id: root

    required property string title
    property string text: ""
    property int glyph: Icon.Bubbles
    property string actionText: ""
    property color glyphColor: Theme.textDisabled

    signal triggered()

    implicitHeight: words.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: root.title
    Accessible.description: root.text

    Column {
        id: words

        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space5, Theme.formWidth)
        spacing: Theme.space2

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            height: size + Theme.space2
            name: root.glyph
            size: Theme.iconHuge
            color: root.glyphColor
        }

        Label {
            width: parent.width
            text: root.title
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }

        Label {
            width: parent.width
            visible: text.length > 0
            text: root.text
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            lineHeight: 1.15
        }

        Item {
            width: 1
            height: Theme.space1
            visible: action.visible
        }

        Button {
            id: action

            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.actionText.length > 0
            kind: Button.Tonal
            text: root.actionText
            onClicked: root.triggered()
        }
    }
}
