// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// What draws a message: the component of its kind. A new kind is a component here and a line of the table; a new field
// is read by the component that draws it, from the content.
Loader {
    id: root

    required property var content   // MessageContent
    required property bool isGroupEnd
    required property int maximumWidth

    readonly property int kind: root.content.kind   // else each message would choose anew
    // Null where there are no words to select.
    readonly property MessageBubble bubble: root.item as MessageBubble
    readonly property string selectedText: root.bubble ? root.bubble.selectedText : ""

    function componentOf(kind: int): Component {
        switch (kind) {
        case ContentKind.Text:
            return words;
        case ContentKind.Emoji:
            return emoji;
        case ContentKind.Deleted:
            return deleted;
        default:
            return unknown;
        }
    }

    function copy() {
        root.bubble?.copy();
    }

    function deselect() {
        root.bubble?.deselect();
    }

    sourceComponent: root.componentOf(root.kind)

    Component {
        id: words

        MessageBubble {
            content: root.content
            isGroupEnd: root.isGroupEnd
            maximumWidth: root.maximumWidth
        }
    }

    // One to three emoji and nothing else: large, without a bubble.
    Component {
        id: emoji

        MessageBubble {
            content: root.content
            isGroupEnd: root.isGroupEnd
            maximumWidth: root.maximumWidth
            isBare: true
        }
    }

    Component {
        id: deleted

        MessageBubble {
            content: root.content
            isGroupEnd: root.isGroupEnd
            maximumWidth: root.maximumWidth
            isQuiet: true
        }
    }

    // Of a later version of Tertulia.
    Component {
        id: unknown

        MessageBubble {
            content: root.content
            isGroupEnd: root.isGroupEnd
            maximumWidth: root.maximumWidth
            isQuiet: true
            text: qsTr("This version cannot show this message.")
        }
    }
}
