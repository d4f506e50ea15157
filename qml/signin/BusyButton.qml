// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The one button of a form; while it works it says what it does, and stops at a click.
Item {
    id: root

    required property string text
    required property string busyText
    required property bool busy
    required property bool ready

    signal clicked()
    signal stopped()

    implicitHeight: go.implicitHeight

    Button {
        id: go

        width: parent.width
        visible: !root.busy
        enabled: root.ready
        text: root.text
        onClicked: root.clicked()
    }

    Button {
        width: parent.width
        visible: root.busy
        kind: Button.Tonal
        text: root.busyText
        Accessible.description: qsTr("Stops it", "what pressing the busy button does")
        onClicked: root.stopped()

        Spinner {
            anchors.right: parent.right
            anchors.rightMargin: Theme.space3
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
