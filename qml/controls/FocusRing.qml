// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// Shows where the keyboard is; around its parent, outside of it unless told otherwise.
Rectangle {
    id: root

    property bool shown: false
    property int gap: Theme.hairline

    anchors.fill: parent
    anchors.margins: -root.gap - Theme.focusWidth
    visible: root.shown
    color: "transparent"
    radius: Theme.radius + root.gap
    border.width: Theme.focusWidth
    border.color: Theme.focus
}
