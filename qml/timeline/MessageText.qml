// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// The words of a message, to select and to copy. Rich text comes from the formatter alone; links are shown and opened
// by the person, never fetched.
TextEdit {
    id: root

    required property bool isRich
    readonly property bool readsLeft: root.effectiveHorizontalAlignment === TextEdit.AlignRight
    readonly property rect lastCharacter: root.place(root.contentWidth, root.contentHeight, root.width)

    // The arguments are what the place depends on.
    function place(contentWidth: real, contentHeight: real, width: real): rect {
        return root.positionToRectangle(root.length);
    }

    readOnly: true
    selectByMouse: true
    textFormat: root.isRich ? TextEdit.RichText : TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    color: Theme.text
    font.pixelSize: Theme.fontBody
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    Accessible.ignored: true
    onActiveFocusChanged: {
        if (!root.activeFocus)
            root.deselect();
    }
    onLinkActivated: link => Qt.openUrlExternally(link)

    HoverHandler {
        cursorShape: root.hoveredLink.length > 0 ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
}
