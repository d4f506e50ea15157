// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// A field with a glass in front and a cross behind; Escape empties it first.
TextField {
    id: root

    signal escaped()

    leadingIcon: Icon.Search
    implicitHeight: Theme.scaled(Theme.compact ? 30 : 34)
    rightPadding: root.LayoutMirroring.enabled ? Theme.space3 + root.iconSpace : Theme.space3 + (root.length > 0 ? Theme.space5 : 0)
    Keys.onEscapePressed: root.length > 0 ? root.clear() : root.escaped()

    IconButton {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: root.length > 0
        focusPolicy: Qt.NoFocus
        implicitHeight: parent.height
        glyph: Icon.Close
        size: Theme.iconSmall
        text: qsTr("Clear", "empties the search field")
        onClicked: root.clear()
    }
}
