// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

T.ScrollBar {
    id: root

    implicitWidth: Theme.space2 + Theme.hairline * 2
    implicitHeight: Theme.space2 + Theme.hairline * 2
    padding: Theme.hairline * 2
    minimumSize: 0.06
    visible: root.policy === T.ScrollBar.AlwaysOn || (root.policy === T.ScrollBar.AsNeeded && root.size < 1)
    Accessible.role: Accessible.ScrollBar
    Accessible.name: qsTr("Scroll bar")

    contentItem: Rectangle {
        radius: Math.min(width, height) / 2
        color: Theme.outline
        opacity: root.pressed ? 0.9 : root.hovered ? 0.7 : root.active ? 0.45 : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.gentle }
        }
    }
}
