// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// What floats above the rest: menus, dialogs, toasts. A hairline and a soft edge instead of a costly shadow.
Rectangle {
    id: root

    color: Theme.raised
    radius: Theme.radiusLarge
    border.width: Theme.hairline
    border.color: Theme.divider

    Rectangle {
        z: -1
        anchors.fill: parent
        anchors.margins: -Theme.hairline
        anchors.bottomMargin: -Theme.space1 / 2 - Theme.hairline
        radius: root.radius + Theme.hairline
        color: Theme.shadow
        opacity: 0.5
    }
}
