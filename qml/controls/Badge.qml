// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// How many are unread. Nothing at zero.
Rectangle {
    id: root

    required property int count
    property bool muted: false

    visible: root.count > 0
    implicitHeight: Theme.scaled(20)
    implicitWidth: Math.max(implicitHeight, number.implicitWidth + 2 * Theme.scaled(6))
    radius: height / 2
    color: root.muted ? Theme.badgeMuted : Theme.fill
    Accessible.ignored: true

    Label {
        id: number

        anchors.centerIn: parent
        text: root.count > 999 ? qsTr("999+", "more than 999 unread") : root.count.toLocaleString(Qt.locale(), "f", 0)
        color: Theme.textOnFill
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
        elide: Text.ElideNone
        Accessible.ignored: true
    }
}
