// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// Below a message that could not be sent: why, and the two ways on.
Row {
    id: root

    required property string text
    required property int maximumWidth

    signal retryRequested()
    signal removeRequested()

    height: Math.max(reason.implicitHeight, again.implicitHeight) + Theme.space1
    spacing: Theme.space1

    // A width of the label that depends on its implicitWidth would be a loop where it wraps.
    TextMetrics {
        id: natural

        font: reason.font
        text: root.text
    }

    Label {
        id: reason

        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(Math.ceil(natural.advanceWidth), root.maximumWidth - again.width - away.width - 2 * root.spacing)
        text: root.text
        font.pixelSize: Theme.fontSmall
        color: Theme.textDanger
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }

    TextButton {
        id: again

        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Try again")
        onClicked: root.retryRequested()
    }

    TextButton {
        id: away

        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Delete", "a message that was not sent")
        ink: Theme.textDanger
        onClicked: root.removeRequested()
    }
}
