// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// Ctrl+K: a few letters lead to any conversation or person.
T.Popup {
    id: root

    required property SwitcherModel switcher

    function take(row: int) {
        // In this order: closing empties the query, and the row would be another.
        root.switcher.activate(row);
        root.close();
    }

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round(parent.height * 0.12) : 0
    implicitWidth: Math.min(Theme.scaled(480), parent ? parent.width - 2 * Theme.space4 : Theme.scaled(480))
    implicitHeight: Math.min(parent ? parent.height * 0.7 : Theme.scaled(420), search.height + Theme.space2
        + Math.max(list.contentHeight, Theme.scaled(120)) + topPadding + bottomPadding)
    padding: Theme.space2
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        search.clear();
        root.switcher.query = "";
        root.switcher.refresh();
        list.currentIndex = 0;
    }
    onOpened: search.forceActiveFocus()
    onClosed: root.switcher.query = ""

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick }
    }
    background: Surface {
    }
    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Go to")

        SearchField {
            id: search

            width: parent.width
            focus: true
            implicitHeight: Theme.scaled(40)
            placeholderText: qsTr("Go to a conversation or a person")
            onTextChanged: {
                root.switcher.query = text;
                list.currentIndex = 0;
            }
            onEscaped: root.close()
            // Between a reset of the model and the next frame no row is current; Return right after a letter takes the first.
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
            Rows.model: root.switcher
            boundsBehavior: Flickable.StopAtBounds
            highlightFollowsCurrentItem: false
            clip: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Conversations and people")
            onCountChanged: {
                if (list.currentIndex < 0 && list.count > 0)
                    list.currentIndex = 0;
            }
            onCurrentIndexChanged: list.positionViewAtIndex(list.currentIndex, ListView.Contain)
            T.ScrollBar.vertical: ScrollBar {
            }

            delegate: SwitcherRow {
                id: row

                highlighted: row.ListView.isCurrentItem
                onClicked: root.take(row.index)
            }
        }

        EmptyState {
            anchors.fill: list
            visible: list.count === 0
            glyph: root.switcher.isSearching ? Icon.None : Icon.Search
            title: root.switcher.isSearching ? qsTr("Looking…") : qsTr("Nothing found")
        }
    }
}
