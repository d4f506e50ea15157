// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// One message: its words, its time in the last line where there is room, and the corner that shows whose it is.
Item {
    id: root

    required property bool isOwn
    required property string formattedText
    required property bool isEmojiOnly
    required property bool isDeleted
    required property bool isGroupEnd
    required property string timeText
    required property int status
    required property int maximumWidth

    readonly property alias selectedText: words.selectedText
    readonly property int inset: root.isEmojiOnly ? 0 : Theme.space3
    readonly property int edge: root.isEmojiOnly ? 0 : Theme.scaled(7)
    readonly property bool isSingle: words.lineCount === 1
    readonly property real lastEnd: Math.ceil((root.isSingle ? root.textWidth : words.lastCharacter.x) + Theme.space2 + meta.width)
    readonly property bool isMetaInline: (root.isSingle || !words.endsLeft && !root.LayoutMirroring.enabled)
        && !root.isEmojiOnly && root.lastEnd <= root.maximumWidth - 2 * root.inset
    readonly property real textWidth: Math.ceil(Math.min(words.implicitWidth, root.maximumWidth - 2 * root.inset))

    function deselect() {
        words.deselect();
    }

    function copy() {
        words.copy();
    }

    implicitWidth: Math.max(root.textWidth, root.isMetaInline ? root.lastEnd : 0, meta.width + meta.anchors.rightMargin - root.inset)
        + 2 * root.inset
    implicitHeight: words.implicitHeight + (root.isMetaInline ? 0 : meta.height) + 2 * root.edge

    Rectangle {
        anchors.fill: parent
        visible: !root.isEmojiOnly
        radius: Theme.radiusBubble
        color: root.isOwn ? Theme.bubbleOwn : Theme.bubble
    }

    // The last of a group has one sharper corner, on its owner's side.
    Rectangle {
        anchors.bottom: parent.bottom
        x: root.isOwn === root.LayoutMirroring.enabled ? 0 : parent.width - width
        visible: root.isGroupEnd && !root.isEmojiOnly
        width: Theme.radiusBubble
        height: Theme.radiusBubble
        radius: Theme.radiusJoint - Theme.hairline
        color: root.isOwn ? Theme.bubbleOwn : Theme.bubble
    }

    MessageText {
        id: words

        objectName: "words"
        x: root.LayoutMirroring.enabled ? root.width - width - root.inset : root.inset
        y: root.edge
        width: root.textWidth
        text: Theme.messageStyle + root.formattedText
        color: root.isDeleted ? Theme.textSecondary : Theme.text
        font.italic: root.isDeleted
        font.pixelSize: root.isEmojiOnly ? Theme.fontEmoji : Theme.fontBody
    }

    MessageMeta {
        id: meta

        anchors.right: parent.right
        anchors.rightMargin: root.isEmojiOnly ? Theme.space1 : Theme.scaled(9)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.isEmojiOnly ? 0 : Theme.scaled(5)
        timeText: root.timeText
        status: root.status
    }
}
