// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// A field with a glass in front and a cross behind; Escape empties it first.
TextField {
    id: root

    readonly property int clearSpace: root.length > 0 ? Theme.space5 : 0

    signal escaped()

    leadingIcon: Icon.Search
    implicitHeight: Theme.scaled(Theme.compact ? 30 : 34)
    leftPadding: Theme.space3 + (root.LayoutMirroring.enabled ? root.clearSpace : root.iconSpace)
    rightPadding: Theme.space3 + (root.LayoutMirroring.enabled ? root.iconSpace : root.clearSpace)
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
