// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// One conversation: who, when, the last words, how many are unread.
ListRow {
    id: root

    required property int index
    required property string conversationId
    required property string title
    required property string initials
    required property int colorIndex
    required property bool isOnline
    required property string preview
    required property string previewPrefix
    required property bool isDraft
    required property bool isTyping
    required property string typingText
    required property string timeText
    required property int status
    required property int unreadCount
    required property bool isMuted
    required property bool isCurrent

    readonly property color quiet: Theme.textSecondary

    width: ListView.view ? ListView.view.width : 0
    current: root.isCurrent

    contentItem: Item {
        Avatar {
            id: face

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            initials: root.initials
            colorIndex: root.colorIndex
            online: root.isOnline
            backdrop: root.fill
        }

        Label {
            id: name

            anchors.left: face.right
            anchors.leftMargin: Theme.space3
            anchors.right: when.left
            anchors.rightMargin: Theme.space2
            anchors.bottom: parent.verticalCenter
            anchors.bottomMargin: Theme.hairline
            text: root.title
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }

        Row {
            id: when

            anchors.right: parent.right
            anchors.verticalCenter: name.verticalCenter
            spacing: Theme.hairline * 3

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.isMuted
                name: Icon.Muted
                size: Theme.scaled(13)
                color: root.quiet
            }

            Tick {
                anchors.verticalCenter: parent.verticalCenter
                status: root.isDraft || root.isTyping ? DeliveryStatus.None : root.status
                size: Theme.scaled(15)
            }

            Label {
                id: clock

                text: root.timeText
                font.pixelSize: Theme.fontSmall
                color: root.quiet
                Accessible.ignored: true
            }
        }

        Label {
            id: prefix

            anchors.left: name.left
            anchors.baseline: words.baseline
            // Empty, it takes no room.
            rightPadding: root.mirrored || text.length === 0 ? 0 : Theme.space1
            leftPadding: root.mirrored && text.length > 0 ? Theme.space1 : 0
            text: root.isTyping ? "" : root.previewPrefix
            elide: Text.ElideNone
            color: root.isDraft ? Theme.textDanger : root.quiet
            Accessible.ignored: true
        }

        Label {
            id: words

            anchors.left: prefix.right
            anchors.right: badge.visible ? badge.left : parent.right
            anchors.rightMargin: badge.visible ? Theme.space2 : 0
            anchors.top: parent.verticalCenter
            anchors.topMargin: Theme.hairline * 2
            text: root.isTyping ? root.typingText : root.preview
            color: root.isTyping ? Theme.textAccent : root.quiet
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }

        Badge {
            id: badge

            anchors.right: parent.right
            anchors.verticalCenter: words.verticalCenter
            count: root.unreadCount
            muted: root.isMuted
        }
    }
}
