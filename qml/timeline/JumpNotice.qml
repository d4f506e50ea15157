// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// Messages that the person wants to go to are on their way, or did not come.
Surface {
    id: root

    required property bool isLoading
    // Why they did not come.
    required property string text
    required property int maximumWidth

    signal retryRequested()
    signal dismissed()

    width: root.isLoading ? height : Math.min(root.maximumWidth, words.implicitWidth + again.width + away.width + Theme.space4)
    height: root.isLoading ? Theme.scaled(32) : Math.max(words.implicitHeight + 2 * Theme.space2, away.height)
    radius: root.isLoading ? height / 2 : Theme.radiusLarge
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.isLoading ? qsTr("Messages are being loaded") : root.text

    // What it covers is not clicked through it; the wheel passes.
    MouseArea {
        anchors.fill: parent
    }

    Spinner {
        anchors.centerIn: parent
        visible: root.isLoading
    }

    Label {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.right: again.left
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.isLoading
        text: root.text
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        color: Theme.textDanger
        Accessible.ignored: true
    }

    TextButton {
        id: again

        anchors.right: away.left
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.isLoading
        text: qsTr("Try again")
        onClicked: root.retryRequested()
    }

    IconButton {
        id: away

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.isLoading
        glyph: Icon.Close
        text: qsTr("Close", "what did not work")
        onClicked: root.dismissed()
    }
}
