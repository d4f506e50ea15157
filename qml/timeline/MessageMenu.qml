// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// What can be done with one message.
Menu {
    id: root

    property MessageRow source: null
    property string rowId: ""
    property string headline: ""
    property string selectedText: ""
    property bool isFailed: false
    property bool canReact: false
    property string ownReaction: ""
    property list<string> links

    signal copyRequested(rowId: string)
    signal reactRequested(rowId: string)
    signal unreactRequested(rowId: string)
    signal retryRequested(rowId: string)
    signal removeRequested(rowId: string)

    function showFor(row: MessageRow, links: list<string>, canReact: bool, view: Item, place: point) {
        root.source = row;
        root.rowId = row.rowId;
        root.headline = row.headline();
        root.selectedText = row.selectedText;
        root.isFailed = row.isFailed;
        root.canReact = canReact && row.canBeReactedTo();
        root.ownReaction = row.content.ownReaction;
        root.links = links;
        root.popup(view, place.x, place.y);
    }

    title: qsTr("Message", "title of the menu of one message")

    // The way to a link without a mouse; the address is told in full before it is opened.
    Instantiator {
        model: root.links
        onObjectAdded: (index, object) => root.insertItem(1 + index, object as MenuItem)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuItem)

        delegate: MenuItem {
            required property string modelData

            glyph: Icon.External
            text: qsTr("Open %1", "an address").arg(Theme.shortened(modelData))
            Accessible.name: qsTr("Open %1", "an address").arg(modelData)
            onTriggered: Qt.openUrlExternally(modelData)
        }
    }

    MenuItem {
        text: root.headline
        isHeadline: true
        enabled: false
        font.pixelSize: Theme.fontSmall
    }

    MenuItem {
        visible: root.canReact
        glyph: Icon.Emoji
        text: qsTr("React…")
        onTriggered: root.reactRequested(root.rowId)
    }

    MenuItem {
        visible: root.canReact && root.ownReaction.length > 0
        glyph: Icon.Close
        text: qsTr("Take back %1", "an emoji").arg(root.ownReaction)
        onTriggered: root.unreactRequested(root.rowId)
    }

    MenuItem {
        visible: root.selectedText.length > 0
        glyph: Icon.Copy
        text: qsTr("Copy selection")
        onTriggered: root.source.copySelection()
    }

    MenuItem {
        glyph: Icon.Copy
        text: qsTr("Copy text")
        onTriggered: root.copyRequested(root.rowId)
    }

    MenuItem {
        visible: root.isFailed
        glyph: Icon.Retry
        text: qsTr("Try again")
        onTriggered: root.retryRequested(root.rowId)
    }

    MenuItem {
        visible: root.isFailed
        danger: true
        glyph: Icon.Trash
        text: qsTr("Delete", "a message that was not sent")
        onTriggered: root.removeRequested(root.rowId)
    }
}
