// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// One conversation: header, messages, composer. The states of the messages are shown between the two bars, which stay.
FocusScope {
    id: root

    required property ConversationViewModel conversation
    required property EmojiModel emoji
    property bool hasBack: false
    property bool isCovered: false   // by a popup, which keeps the keys

    readonly property TimelineModel timeline: root.conversation.timeline
    readonly property bool isMessagesFocused: view.activeFocus

    signal backRequested()

    function focusComposer() {
        if (composer.item)
            (composer.item as Composer).focusText();
        else
            view.focusQuietly();
    }

    // When the popup or the list in which it was chosen has done what it does with the focus.
    function focusComposerSoon() {
        focusSoon.start();
    }

    // What there is to have the focus.
    function focusContent() {
        if (composer.item || view.visible)
            root.focusComposer();
        else
            header.menuButton.forceActiveFocus(Qt.OtherFocusReason);
    }

    function focusMessages() {
        view.forceActiveFocus(Qt.TabFocusReason);
    }

    function openEmoji() {
        (composer.item as Composer)?.openEmoji();
    }

    function askToDelete() {
        question.active = true;
    }

    function showMenu() {
        menu.active = true;
        (menu.item as Menu).open();
    }

    // A letter is written, also when a click on a message took the keys from the composer.
    Keys.onPressed: event => {
        const area = composer.item as Composer;
        const isCommand = event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier);
        const isWritten = event.text > " " && event.text < "\x7f" || event.text > "\x9f";
        event.accepted = area !== null && !isCommand && isWritten;
        if (event.accepted)
            area.write(event.text);
    }
    onConversationChanged: root.focusComposerSoon()
    Component.onCompleted: root.focusComposerSoon()

    Timer {
        id: focusSoon

        interval: 0
        onTriggered: {
            if (!root.isCovered)
                root.focusComposer();
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.canvas
    }

    ConversationHeader {
        id: header

        width: parent.width
        conversation: root.conversation
        hasBack: root.hasBack
        onBackRequested: root.backRequested()
        onMenuRequested: root.showMenu()
    }

    TimelineView {
        id: view

        anchors.top: header.bottom
        anchors.bottom: foot.top
        width: parent.width
        visible: root.timeline.state === PageState.Content
        timeline: root.timeline
        emoji: root.conversation.isReadOnly ? null : root.emoji
    }

    Loader {
        anchors.fill: view
        active: root.timeline.state === PageState.Loading
        sourceComponent: TimelineSkeleton {
        }
    }

    Loader {
        anchors.fill: view
        active: root.timeline.state === PageState.Empty
        sourceComponent: EmptyState {
            glyph: Icon.Chat
            title: qsTr("No messages yet")
            text: root.conversation.isReadOnly ? ""
                : qsTr("Say hello to %1.", "%1 is a person's name").arg(Bidi.isolated(root.conversation.title))
        }
    }

    Loader {
        anchors.fill: view
        active: root.timeline.state === PageState.Error
        sourceComponent: ErrorState {
            text: root.timeline.errorText
            onTriggered: root.timeline.reload()
        }
    }

    Surface {
        anchors.horizontalCenter: view.horizontalCenter
        anchors.top: view.top
        anchors.topMargin: Theme.space2
        visible: root.timeline.isLoadingOlder && view.visible
        width: height
        height: Theme.scaled(32)
        radius: height / 2

        Spinner {
            anchors.centerIn: parent
        }
    }

    DaySeparator {
        anchors.top: view.top
        width: view.width
        visible: opacity > 0
        opacity: view.isDayShown ? 1 : 0
        isFloating: true
        text: view.topDay

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.gentle
            }
        }
    }

    JumpControls {
        anchors.fill: view
        anchors.margins: Theme.space3
        visible: view.visible
        timeline: root.timeline
        isFollowing: view.isFollowing
    }

    Item {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        height: root.conversation.isReadOnly ? notice.implicitHeight : composer.implicitHeight

        Loader {
            id: composer

            anchors.fill: parent
            active: !root.conversation.isReadOnly
            focus: true
            sourceComponent: Composer {
                composer: root.conversation.composer
                emoji: root.emoji
                maximumHeight: Math.max(Theme.controlHeight * 2, root.height / 3)
                onScrollRequested: pages => view.scrollBy(pages * view.height)
                onLeaveRequested: root.backRequested()
            }
        }

        ReadOnlyNotice {
            id: notice

            anchors.fill: parent
            visible: root.conversation.isReadOnly
            text: root.conversation.readOnlyText
        }
    }

    Loader {
        id: menu

        active: false

        sourceComponent: Menu {
            parent: header.menuButton
            x: header.menuButton.mirrored ? 0 : header.menuButton.width - width
            y: header.menuButton.height
            title: qsTr("Conversation")

            MenuItem {
                enabled: root.timeline.unreadCount > 0
                glyph: Icon.Check
                text: qsTr("Mark all as read")
                onTriggered: root.timeline.markAllRead()
            }

            MenuItem {
                danger: true
                glyph: Icon.Trash
                text: qsTr("Delete conversation…")
                onTriggered: root.askToDelete()
            }
        }
    }

    Loader {
        id: question

        active: false
        onLoaded: (question.item as Dialog).open()

        sourceComponent: Dialog {
            title: qsTr("Delete this conversation?")
            message: qsTr("It goes from your list on all your devices. %1 keeps it.", "%1 is a person's name")
                .arg(Bidi.isolated(root.conversation.title))
            acceptText: qsTr("Delete")
            danger: true
            onAccepted: root.conversation.deleteConversation()
            onClosed: question.active = false
        }
    }
}
