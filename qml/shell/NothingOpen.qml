// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The right side while no conversation is open.
Rectangle {
    color: Theme.canvas

    Rectangle {
        anchors.centerIn: parent
        width: words.implicitWidth + 2 * Theme.space4
        height: words.implicitHeight + 2 * Theme.space1
        radius: height / 2
        color: Theme.window
        opacity: 0.8
    }

    Label {
        id: words

        anchors.centerIn: parent
        text: qsTr("Choose a conversation")
        color: Theme.textSecondary
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
