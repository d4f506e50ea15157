// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// Where one writes: grows with the text up to a third of the page; Enter or Ctrl+Enter sends, by choice.
FocusScope {
    id: root

    required property ComposerViewModel composer
    required property EmojiModel emoji
    property int maximumHeight: Theme.scaled(200)

    signal scrollRequested(pages: real)
    signal leaveRequested()

    function showDraft() {
        const place = root.composer.cursorPosition;
        area.text = root.composer.text;
        area.cursorPosition = place;
    }

    // The scope itself would give the keys to whoever of it had them last: a button.
    function focusText() {
        area.forceActiveFocus(Qt.OtherFocusReason);
    }

    // What was typed while something else had the keys.
    function write(text: string) {
        area.forceActiveFocus();
        editing.insert(text);
    }

    function sendNow() {
        root.composer.send();
        area.forceActiveFocus();
    }

    function openEmoji() {
        picker.active = true;
        (picker.item as EmojiPicker).open();
    }

    // A height of the notice that were bound to its implicitHeight would be a loop: each asks for the other.
    readonly property real problemHeight: problem.visible ? problem.height : 0

    implicitHeight: Math.max(Theme.barHeight, scroller.height + 2 * Theme.space2) + root.problemHeight
    onComposerChanged: root.showDraft()
    Component.onCompleted: root.showDraft()

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Divider {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
    }

    Connections {
        target: root.composer

        function onTextChanged() {
            if (!area.isEdited && area.text !== root.composer.text)
                area.text = root.composer.text;
        }
    }

    Label {
        id: problem

        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        topPadding: Theme.space2
        leftPadding: Theme.space4
        rightPadding: Theme.space4
        text: root.composer.errorText
        font.pixelSize: Theme.fontSmall
        color: Theme.textDanger
        wrapMode: Text.Wrap
        visible: text.length > 0
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }

    Flickable {
        id: scroller

        anchors.left: parent.left
        anchors.leftMargin: Theme.space1
        anchors.right: tools.left
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Math.round((root.implicitHeight - root.problemHeight - height) / 2)
        height: Math.min(area.implicitHeight, root.maximumHeight)
        contentHeight: area.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        clip: contentHeight > height
        T.ScrollBar.vertical: ScrollBar {
        }

        T.TextArea.flickable: TextArea {
            id: area

            property bool isEdited: false

            focus: true
            persistentSelection: true // what an emoji is to replace is still selected when one is picked
            topPadding: Math.max(0, Math.round((Theme.controlHeight - fontInfo.height) / 2))
            bottomPadding: topPadding
            placeholderText: root.composer.placeholder
            accessibleName: qsTr("Message", "the field to write in")
            onTextChanged: {
                if (text === root.composer.text)
                    return;
                area.isEdited = true;
                root.composer.text = text;
                editing.correct(root.composer.text); // it does not take everything
                area.isEdited = false;
                root.composer.textEdited();
            }
            onCursorPositionChanged: root.composer.cursorPosition = cursorPosition
            KeyNavigation.priority: KeyNavigation.BeforeItem
            KeyNavigation.tab: smile
            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                const isPlain = (event.modifiers & (Qt.ShiftModifier | Qt.ControlModifier | Qt.AltModifier)) === 0;
                const isControl = (event.modifiers & Qt.ControlModifier) !== 0;
                event.accepted = true;
                if (enter && (isControl || (isPlain && root.composer.sendOnEnter)))
                    root.sendNow();
                else if (event.key === Qt.Key_PageUp)
                    root.scrollRequested(-0.9);
                else if (event.key === Qt.Key_PageDown)
                    root.scrollRequested(0.9);
                else if (event.key === Qt.Key_Escape)
                    root.leaveRequested();
                else
                    event.accepted = false;
            }

            FieldEditing {
                id: editing

                field: area
            }

            FontMetrics {
                id: fontInfo

                font: area.font
            }
        }
    }

    Row {
        id: tools

        anchors.right: parent.right
        anchors.rightMargin: Theme.space2
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Math.round((Theme.barHeight - Theme.controlHeight) / 2)

        Label {
            anchors.verticalCenter: parent.verticalCenter
            rightPadding: Theme.space2
            leftPadding: Theme.space2
            visible: root.composer.isRemainingShown
            text: root.composer.remaining.toLocaleString(Qt.locale(), "f", 0)
            font.pixelSize: Theme.fontSmall
            color: root.composer.isTooLong ? Theme.textDanger : Theme.textSecondary
            Accessible.role: Accessible.StaticText
            Accessible.name: root.composer.isTooLong ? qsTr("%n characters too many", "", -root.composer.remaining)
                : qsTr("%n characters left", "", root.composer.remaining)
        }

        IconButton {
            id: smile

            glyph: Icon.Emoji
            text: qsTr("Emoji")
            onClicked: root.openEmoji()
        }

        IconButton {
            enabled: root.composer.canSend
            glyph: Icon.Send
            mirrorsPicture: true
            tint: Theme.textAccent
            text: qsTr("Send")
            onClicked: root.sendNow()
        }
    }

    Loader {
        id: picker

        active: false

        sourceComponent: EmojiPicker {
            parent: smile
            x: smile.mirrored ? 0 : smile.width - width
            y: -height - Theme.space2
            emoji: root.emoji
            onPicked: text => editing.insert(text)
            onClosed: area.forceActiveFocus()
        }
    }
}
