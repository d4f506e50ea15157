// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// A group of settings under a heading.
Column {
    id: root

    required property string title
    default property alias rows: body.data

    spacing: Theme.space1

    Label {
        width: parent.width
        bottomPadding: Theme.space1
        text: root.title
        font.pixelSize: Theme.fontSmall
        font.weight: Font.DemiBold
        color: Theme.textAccent
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.Heading
        Accessible.name: root.title
    }

    Column {
        id: body

        width: parent.width
        spacing: Theme.space2
    }
}
