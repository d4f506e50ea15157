// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The left pane: who one is, the filter, the way to a new conversation, what is wrong at the moment, and the list.
FocusScope {
    id: root

    required property AccountViewModel account
    property int otherUnread: 0
    property bool isSearchingPeople: false
    readonly property alias accountButton: me

    signal accountsRequested()

    onAccountChanged: root.isSearchingPeople = false   // what was typed was asked of another server

    function focusFilter() {
        root.isSearchingPeople = false;
        filter.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    function focusList() {
        list.focusList();
    }

    // What there is to have the focus.
    function focusContent() {
        if (people.item)
            (people.item as PeoplePane).focusSearch();
        else if (list.hasContent)
            root.focusList();
        else
            filter.forceActiveFocus(Qt.OtherFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    // Nothing that is covered has the keys, or is read aloud.
    Item {
        anchors.fill: parent
        visible: !root.isSearchingPeople

        Item {
            id: top

            width: parent.width
            height: Theme.barHeight

            AccountButton {
                id: me

                anchors.left: parent.left
                anchors.leftMargin: Theme.space2
                anchors.verticalCenter: parent.verticalCenter
                initials: root.account.initials
                colorIndex: root.account.colorIndex
                connectivity: root.account.connectivity
                name: root.account.displayName
                otherUnread: root.otherUnread
                onClicked: root.accountsRequested()
            }

            SearchField {
                id: filter

                anchors.left: me.right
                anchors.leftMargin: Theme.space2
                anchors.right: write.left
                anchors.rightMargin: Theme.space1
                anchors.verticalCenter: parent.verticalCenter
                placeholderText: qsTr("Search", "placeholder of the filter of conversations")
                accessibleName: qsTr("Filter conversations")
                onTextChanged: root.account.conversations.filter = text
                onEscaped: root.focusList()
                Keys.onDownPressed: root.focusList()
                onAccepted: root.account.open(root.account.conversations.conversationIdAt(0))
            }

            IconButton {
                id: write

                anchors.right: parent.right
                anchors.rightMargin: Theme.space2
                anchors.verticalCenter: parent.verticalCenter
                glyph: Icon.Compose
                text: qsTr("New conversation")
                onClicked: root.isSearchingPeople = true
            }
        }

        ConnectionBanner {
            id: banner

            anchors.top: top.bottom
            width: parent.width
            height: implicitHeight
            account: root.account
        }

        // What this computer cannot keep, or has lost: never the server's fault.
        Banner {
            id: storeBanner

            anchors.top: banner.bottom
            width: parent.width
            height: implicitHeight
            text: root.account.storeText
            maximumLineCount: 8
            glyph: Icon.Info
            actionText: root.account.isStoreMended ? qsTr("OK", "has been read") : qsTr("Retry", "write to the disk again")
            onTriggered: root.account.isStoreMended ? root.account.dismissStoreText() : root.account.retryNow()
        }

        ConversationList {
            id: list

            anchors.top: storeBanner.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            focus: true
            conversations: root.account.conversations
            onOpened: conversationId => root.account.open(conversationId)
            onNewRequested: root.isSearchingPeople = true
            onEscaped: filter.forceActiveFocus()
        }
    }

    Loader {
        id: people

        anchors.fill: parent
        active: root.isSearchingPeople
        focus: active
        sourceComponent: PeoplePane {
            focus: true
            people: root.account.people
            onFinished: {
                root.isSearchingPeople = false;
                list.forceActiveFocus();
            }
        }
    }
}
