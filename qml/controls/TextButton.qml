// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

// A word that does something, inside a line of text.
T.AbstractButton {
    id: root

    property color ink: Theme.textAccent

    implicitWidth: implicitContentWidth + 2 * Theme.space2
    implicitHeight: implicitContentHeight + 2 * Theme.space1
    padding: Theme.space1
    leftPadding: Theme.space2
    rightPadding: Theme.space2
    focusPolicy: Qt.StrongFocus
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
        font.pixelSize: Theme.fontSmall
        font.weight: Font.DemiBold
        font.underline: root.hovered
        color: root.ink
        elide: Text.ElideNone
    }
    background: Item {
        FocusRing {
            gap: -Theme.focusWidth
            shown: root.visualFocus
        }
    }
}
