// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The words of a message, to select and to copy. Always rich text, from the formatter alone: plain text would take the
// look of marked-up words that the row showed before. Links are shown and opened by the person, never fetched.
TextEdit {
    id: root

    // The last line runs from right to left, whatever those above do: its end is at its left edge.
    readonly property bool endsLeft: root.isLastAtLeft(root.text, root.lastCharacter, root.width)
    readonly property rect lastCharacter: root.place(root.contentWidth, root.contentHeight, root.width)

    // The arguments are what the answer depends on, here and below.
    function place(contentWidth: real, contentHeight: real, width: real): rect {
        return root.positionToRectangle(root.length);
    }

    function isLastAtLeft(text: string, last: rect, width: real): bool {
        const middle = last.y + last.height / 2;
        return root.positionAt(0, middle) > root.positionAt(width, middle);
    }

    readOnly: true
    selectByMouse: true
    activeFocusOnPress: false   // the view keeps the keys: with them a text to read takes every shortcut from the window
    textFormat: TextEdit.RichText
    wrapMode: TextEdit.Wrap
    color: Theme.text
    font.pixelSize: Theme.fontBody
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    Accessible.ignored: true
    onLinkActivated: link => Qt.openUrlExternally(link)

    TextLook {
        field: root.textDocument
        indent: Theme.scaled(24)
    }

    // Where a link really leads is seen before it is opened.
    Item {
        x: hover.point.position.x
        y: hover.point.position.y
        width: 1
        height: Theme.space4

        Tooltip {
            text: Theme.shortened(root.hoveredLink)
            shown: root.hoveredLink.length > 0
        }
    }

    HoverHandler {
        id: hover

        cursorShape: root.hoveredLink.length > 0 ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
}
