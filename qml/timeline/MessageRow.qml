// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// One row of the timeline: the day and the unread line above it where they belong, the bubble, and what can be done
// when it was not sent. Kept light: it is made and reused while the person scrolls. No positioners: those lay out one
// frame later, and a row that grows after it was placed makes the view jump.
Item {
    id: root

    required property int index
    required property string rowId
    required property var content   // MessageContent
    required property string dayText
    required property bool isFirstUnread
    required property bool isGroupStart
    required property bool isGroupEnd

    property bool isFocusShown: false
    property bool isWaiting: false   // to be used again, out of sight

    readonly property int columnWidth: Math.min(width - 2 * Theme.space4, Theme.columnWidth)
    readonly property alias selectedText: body.selectedText
    readonly property bool isOwn: root.content.isOwn
    readonly property bool isFailed: root.content.status === DeliveryStatus.Failed

    signal menuRequested(point: point)
    signal reactRequested()
    signal retryRequested(rowId: string)
    signal removeRequested(rowId: string)

    // Asked when a menu opens: nothing of it is to be worked out for each row that comes into sight.
    function canBeReactedTo(): bool {
        return root.content.kind !== ContentKind.Deleted && root.content.status !== DeliveryStatus.Sending && !root.isFailed;
    }

    function headline(): string {
        return root.isOwn && root.content.statusText.length > 0
            ? qsTr("%1 · %2", "time of a message · how far it got").arg(root.content.fullTimeText).arg(root.content.statusText)
            : root.content.fullTimeText;
    }

    function copySelection() {
        body.copy();
    }

    function deselect() {
        body.deselect();
    }

    width: ListView.view ? ListView.view.width : 0
    height: column.y + body.height + (failure.active ? failure.height : 0)
        + (reactions.active ? reactions.height + Theme.hairline * 2 : 0)
    ListView.onPooled: {
        root.isWaiting = true;
        root.focus = false;   // the view has the keys, else they would wait with the row
        body.deselect();
    }
    ListView.onReused: root.isWaiting = false
    Accessible.ignored: root.isWaiting
    Accessible.role: Accessible.ListItem
    Accessible.name: root.content.accessibleText
    Accessible.focusable: true

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: eventPoint => root.menuRequested(eventPoint.scenePosition)
    }

    Loader {
        id: day

        width: root.width
        height: active ? implicitHeight : 0
        active: root.dayText.length > 0

        sourceComponent: DaySeparator {
            text: root.dayText
        }
    }

    Loader {
        id: unread

        y: day.height
        width: root.width
        height: active ? implicitHeight : 0
        active: root.isFirstUnread

        sourceComponent: UnreadMarker {
        }
    }

    Item {
        id: column

        y: day.height + unread.height + (root.isGroupStart ? Theme.space2 : Theme.hairline * 2)
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.columnWidth

        MessageBody {
            id: body

            objectName: "bubble"
            // No anchors: a reused row that changes sides would be held on both for a moment, and stay as wide.
            x: root.isOwn === root.LayoutMirroring.enabled ? 0 : parent.width - width
            content: root.content
            isGroupEnd: root.isGroupEnd
            maximumWidth: Math.min(Theme.bubbleWidth, root.columnWidth * 0.82)

            FocusRing {
                radius: Theme.radiusBubble + Theme.focusWidth
                shown: root.isFocusShown
            }
        }

        Loader {
            id: reactions

            x: root.isOwn === root.LayoutMirroring.enabled ? 0 : parent.width - width
            anchors.top: body.bottom
            anchors.topMargin: Theme.hairline * 2
            active: root.content.reactionsText.length > 0
            visible: active

            sourceComponent: ReactionPill {
                objectName: "reactions"
                reactionsText: root.content.reactionsText
                reactionsBy: root.content.reactionsBy
                hasOwn: root.content.ownReaction.length > 0
                onClicked: root.reactRequested()
            }
        }

        Loader {
            id: failure

            anchors.top: body.bottom
            anchors.right: parent.right
            active: root.isFailed
            visible: active

            sourceComponent: FailureLine {
                maximumWidth: root.columnWidth
                text: root.content.failureText
                onRetryRequested: root.retryRequested(root.rowId)
                onRemoveRequested: root.removeRequested(root.rowId)
            }
        }
    }
}
