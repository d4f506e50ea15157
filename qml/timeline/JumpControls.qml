// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// Above the messages: to the next unread one, to the latest, and what becomes of it.
Item {
    id: root

    required property TimelineModel timeline
    // The latest message is in sight, and the view goes with it.
    required property bool isFollowing

    // On the side where it goes.
    JumpButton {
        readonly property bool isAbove: root.timeline.nextUnread === NextUnread.Above

        anchors.right: latest.right
        y: isAbove ? 0 : latest.visible ? latest.y - height - Theme.space3 : latest.y
        visible: root.timeline.nextUnread !== NextUnread.None
        glyph: isAbove ? Icon.Up : Icon.Down
        count: root.timeline.unreadCount
        text: qsTr("Go to the next of %n unread messages", "", root.timeline.unreadCount)
        onClicked: root.timeline.goToNextUnread()
    }

    JumpButton {
        id: latest

        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: !root.isFollowing
        glyph: Icon.Latest
        text: qsTr("Go to the latest")
        onClicked: root.timeline.goToLatest()
    }

    JumpNotice {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        maximumWidth: root.width - 2 * (latest.width + Theme.space4)
        visible: isLoading || text.length > 0
        isLoading: root.timeline.isJumping
        text: root.timeline.jumpErrorText
        onRetryRequested: root.timeline.retryJump()
        onDismissed: root.timeline.dropJump()
    }
}
