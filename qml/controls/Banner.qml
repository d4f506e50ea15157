// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// A line across the page for what lasts: offline, the session has ended. It takes room only while it says something.
Rectangle {
    id: root

    required property string text
    property int glyph: Icon.Offline
    property string actionText: ""
    property int maximumLineCount: 3

    signal triggered()

    implicitHeight: root.text.length > 0 ? line.implicitHeight + 2 * Theme.space2 : 0
    visible: root.text.length > 0
    color: Theme.warningFill
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Row {
        id: line

        readonly property int rest: width - mark.width - 2 * spacing - (action.visible ? action.width : 0)

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space4
        anchors.rightMargin: Theme.space2
        spacing: Theme.space2

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            name: root.glyph
            size: Theme.iconSmall
            color: Theme.textOnWarning
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: line.rest
            text: root.text
            font.pixelSize: Theme.fontSmall
            color: Theme.textOnWarning
            wrapMode: Text.Wrap
            maximumLineCount: root.maximumLineCount
            Accessible.ignored: true
        }

        TextButton {
            id: action

            anchors.verticalCenter: parent.verticalCenter
            visible: root.actionText.length > 0
            text: root.actionText
            ink: Theme.textOnWarning
            onClicked: root.triggered()
        }
    }
}
