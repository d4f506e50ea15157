// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// A message that is words: they, its time in the last line where there is room, and the corner that shows whose it is.
Item {
    id: root

    required property var content   // MessageContent
    required property bool isGroupEnd
    required property int maximumWidth
    property string text: root.content.formattedText
    property bool isBare: false    // large, and no bubble around it
    property bool isQuiet: false   // not what somebody wrote, but what is to be said of it

    readonly property bool isOwn: root.content.isOwn
    readonly property alias selectedText: words.selectedText
    readonly property int inset: root.isBare ? 0 : Theme.space3
    readonly property int edge: root.isBare ? 0 : Theme.scaled(7)
    readonly property bool isSingle: words.lineCount === 1
    readonly property real lastEnd: Math.ceil((root.isSingle ? root.textWidth : words.lastCharacter.x) + Theme.space2 + meta.width)
    readonly property bool isMetaInline: (root.isSingle || !words.endsLeft && !root.LayoutMirroring.enabled)
        && !root.isBare && root.lastEnd <= root.maximumWidth - 2 * root.inset
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
        visible: !root.isBare
        radius: Theme.radiusBubble
        color: root.isOwn ? Theme.bubbleOwn : Theme.bubble
    }

    // The last of a group has one sharper corner, on its owner's side.
    Rectangle {
        anchors.bottom: parent.bottom
        x: root.isOwn === root.LayoutMirroring.enabled ? 0 : parent.width - width
        visible: root.isGroupEnd && !root.isBare
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
        text: Theme.messageStyle + root.text
        color: root.isQuiet ? Theme.textSecondary : Theme.text
        font.italic: root.isQuiet
        font.pixelSize: root.isBare ? Theme.fontEmoji : Theme.fontBody
    }

    MessageMeta {
        id: meta

        anchors.right: parent.right
        anchors.rightMargin: root.isBare ? Theme.space1 : Theme.scaled(9)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.isBare ? 0 : Theme.scaled(5)
        timeText: root.content.timeText
        status: root.content.status
    }
}
