// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// People on the server, to begin a conversation with.
FocusScope {
    id: root

    required property PeopleSearchModel people

    signal finished()

    function focusSearch() {
        search.forceActiveFocus(Qt.OtherFocusReason);
    }

    function take(row: int) {
        root.people.activate(row);
        root.finished();
    }

    Component.onCompleted: root.focusSearch()
    Component.onDestruction: root.people.query = ""

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("New conversation")
        onBackRequested: root.finished()
    }

    SearchField {
        id: search

        anchors.top: header.bottom
        anchors.topMargin: Theme.space3
        anchors.left: parent.left
        anchors.leftMargin: Theme.space3
        anchors.right: parent.right
        anchors.rightMargin: Theme.space3
        focus: true
        placeholderText: qsTr("Name or user name")
        onTextChanged: root.people.query = text
        onEscaped: root.finished()
        onAccepted: root.take(Math.max(0, list.currentIndex))
        Keys.onDownPressed: list.incrementCurrentIndex()
        Keys.onUpPressed: list.decrementCurrentIndex()
    }

    ListView {
        id: list

        anchors.top: search.bottom
        anchors.topMargin: Theme.space2
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.people.state === PageState.Content
        activeFocusOnTab: true
        Rows.model: root.people
        boundsBehavior: Flickable.StopAtBounds
        highlightFollowsCurrentItem: false
        clip: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("People")
        Keys.onReturnPressed: root.take(list.currentIndex)
        Keys.onSpacePressed: root.take(list.currentIndex)
        Keys.onEscapePressed: root.finished()
        onCurrentIndexChanged: list.positionViewAtIndex(list.currentIndex, ListView.Contain)
        T.ScrollBar.vertical: ScrollBar {
        }

        delegate: FoundPerson {
            id: row

            highlighted: row.ListView.isCurrentItem
            onClicked: root.take(row.index)
        }
    }

    Loader {
        anchors.fill: list
        active: root.people.state === PageState.Loading
        sourceComponent: Skeleton {
            rows: 5
        }
    }

    Loader {
        anchors.fill: list
        active: root.people.state === PageState.Empty
        sourceComponent: EmptyState {
            glyph: Icon.People
            title: root.people.query.length > 0 ? qsTr("Nobody found") : qsTr("Who do you want to write to?")
            text: root.people.query.length > 0 ? qsTr("Nobody on this server has this name.")
                : qsTr("Type a name or a user name.")
        }
    }

    Loader {
        anchors.fill: list
        active: root.people.state === PageState.Error
        sourceComponent: ErrorState {
            text: root.people.errorText
            onTriggered: root.people.retry()
        }
    }
}
