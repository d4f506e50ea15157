// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// Who one talks with, and whether they are there.
Item {
    id: root

    required property ConversationViewModel conversation
    property bool hasBack: false
    readonly property alias menuButton: more

    signal backRequested()
    signal menuRequested()

    implicitHeight: Theme.barHeight

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    IconButton {
        id: back

        anchors.left: parent.left
        anchors.leftMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        visible: root.hasBack
        width: visible ? implicitWidth : 0
        glyph: Icon.Back
        mirrorsPicture: true
        text: qsTr("Back to the conversations")
        onClicked: root.backRequested()
    }

    Avatar {
        id: face

        anchors.left: back.right
        anchors.leftMargin: root.hasBack ? Theme.space1 : Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.scaled(34)
        initials: root.conversation.initials
        colorIndex: root.conversation.colorIndex
    }

    Column {
        anchors.left: face.right
        anchors.leftMargin: Theme.space3
        anchors.right: more.left
        anchors.rightMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter

        Label {
            width: parent.width
            text: root.conversation.title
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.Heading
            Accessible.name: root.conversation.title
        }

        Label {
            width: parent.width
            visible: text.length > 0
            text: root.conversation.isTyping ? root.conversation.typingText : root.conversation.presenceText
            font.pixelSize: Theme.fontSmall
            horizontalAlignment: Text.AlignLeft
            color: root.conversation.isTyping || root.conversation.isOnline ? Theme.textAccent : Theme.textSecondary
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }

    IconButton {
        id: more

        objectName: "more"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        glyph: Icon.More
        text: qsTr("More", "opens the menu of the conversation")
        onClicked: root.menuRequested()
    }

    Divider {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
}
