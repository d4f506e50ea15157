// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// The top line of a page: the way back, and what the page is.
Item {
    id: root

    required property string title
    property bool hasBack: true
    property alias backButton: back

    signal backRequested()

    implicitHeight: Theme.barHeight

    IconButton {
        id: back

        anchors.left: parent.left
        anchors.leftMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        visible: root.hasBack
        glyph: Icon.Back
        mirrorsPicture: true
        text: qsTr("Back")
        onClicked: root.backRequested()
    }

    Label {
        anchors.left: root.hasBack ? back.right : parent.left
        anchors.leftMargin: root.hasBack ? Theme.space2 : Theme.space4
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        text: root.title
        font.pixelSize: Theme.fontTitle
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.Heading
        Accessible.name: root.title
    }

    Divider {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
}
