// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// A label above a field, and below it a hint or what is wrong.
Column {
    id: root

    required property string label
    property string hint: ""
    property string errorText: ""
    default property alias field: slot.data

    spacing: Theme.space1

    Label {
        width: parent.width
        text: root.label
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
        color: Theme.textSecondary
        Accessible.ignored: true
    }

    Item {
        id: slot

        width: parent.width
        implicitHeight: childrenRect.height
    }

    Label {
        width: parent.width
        visible: text.length > 0
        text: root.errorText.length > 0 ? root.errorText : root.hint
        font.pixelSize: Theme.fontSmall
        color: root.errorText.length > 0 ? Theme.textDanger : Theme.textSecondary
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.role: root.errorText.length > 0 ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
    }
}
