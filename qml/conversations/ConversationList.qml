// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The conversations, the latest first. Arrows walk, Return opens.
FocusScope {
    id: root

    required property ConversationListModel conversations
    readonly property alias hasContent: list.visible

    signal opened(conversationId: string)
    signal newRequested()
    signal escaped()

    function openCurrent() {
        root.opened(root.conversations.conversationIdAt(list.currentIndex));
    }

    function focusList() {
        if (list.currentIndex < 0)
            list.currentIndex = Math.max(0, root.conversations.currentRow);
        list.forceActiveFocus(Qt.TabFocusReason);
    }

    ListView {
        id: list

        anchors.fill: parent
        visible: root.conversations.state === PageState.Content
        focus: true
        activeFocusOnTab: true
        Rows.model: root.conversations
        boundsBehavior: Flickable.StopAtBounds
        highlightFollowsCurrentItem: false
        currentIndex: -1
        clip: true
        topMargin: Theme.space1
        bottomMargin: Theme.space1
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversations")
        T.ScrollBar.vertical: ScrollBar {
        }
        Keys.onReturnPressed: root.openCurrent()
        Keys.onEnterPressed: root.openCurrent()
        Keys.onSpacePressed: root.openCurrent()
        Keys.onEscapePressed: root.escaped()
        onActiveFocusChanged: {
            if (list.activeFocus && list.currentIndex < 0)
                list.currentIndex = Math.max(0, root.conversations.currentRow);
        }
        onCurrentIndexChanged: list.positionViewAtIndex(list.currentIndex, ListView.Contain)

        delegate: ConversationRow {
            id: row

            highlighted: row.ListView.isCurrentItem && list.activeFocus
            onClicked: root.opened(row.conversationId)
        }
    }

    Loader {
        anchors.fill: parent
        active: root.conversations.state === PageState.Loading
        sourceComponent: Skeleton {
            rows: 12
        }
    }

    Loader {
        anchors.fill: parent
        active: root.conversations.state === PageState.Empty
        sourceComponent: root.conversations.filter.length > 0 ? nothingFound : nothingYet
    }

    Loader {
        anchors.fill: parent
        active: root.conversations.state === PageState.Error
        sourceComponent: ErrorState {
            text: root.conversations.errorText
            onTriggered: root.conversations.retry()
        }
    }

    Component {
        id: nothingFound

        EmptyState {
            glyph: Icon.Search
            title: qsTr("Nothing found")
            text: qsTr("No conversation has this name.")
            actionText: qsTr("Look for people")
            onTriggered: root.newRequested()
        }
    }

    Component {
        id: nothingYet

        EmptyState {
            title: qsTr("No conversations yet")
            text: qsTr("Find somebody on this server and write the first message.")
            actionText: qsTr("New conversation")
            onTriggered: root.newRequested()
        }
    }
}
