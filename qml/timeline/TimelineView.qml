// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The messages of one conversation, from the bottom up: row 0 is the newest, so older history is appended and the view
// does not jump. It tells the model what can be seen; the model decides what that means.
ListView {
    id: root

    required property TimelineModel timeline
    property bool isPlaced: false
    property bool isFollowing: true
    property bool isQuiet: false
    property EmojiModel emoji: null   // to react with; null: nobody reacts here
    // The row that the view goes to next; empty: the latest. It may be told before the view has found its place.
    property string wantedRow: ""
    property bool isWanted: false

    // The day of the topmost row, while the person moves through the messages and its separator is out of sight.
    property string topDay: ""
    property bool isTopDaySeen: false
    readonly property bool isDayShown: !root.isTopDaySeen && root.topDay.length > 0 && (root.moving || bar.pressed || dayStays.running)

    // So many rows before an end the next part is asked for.
    readonly property int edgeRows: 20

    function settle() {
        root.isPlaced = true;
        root.currentIndex = -1; // a view that is given other rows takes the first of them
        if (root.isWanted) {
            root.arrive();
            return;
        }
        const anchor = root.timeline.anchorRow(), unread = root.timeline.firstUnreadRow();
        root.isFollowing = anchor < 0 && unread < 0;
        if (unread >= 0)
            root.positionViewAtIndex(unread, ListView.End);
        else if (anchor >= 0)
            root.restore(anchor, root.timeline.anchorOffset());
        else
            root.positionViewAtBeginning();
        reportSoon.start();
    }

    function restore(row: int, offset: real) {
        root.positionViewAtIndex(row, ListView.Beginning);
        root.contentY -= offset;
        root.returnToBounds();
    }

    function follow() {
        if (root.isPlaced && root.isFollowing && root.count > 0) {
            root.positionViewAtBeginning();
            const arrived = root.timeline.arrivedRow();
            const item = arrived < 0 ? null : root.itemAtIndex(arrived);
            if (arrived > 0 && (!item || item.y < root.contentY))
                root.positionViewAtIndex(arrived, ListView.End);
        }
        reportSoon.start();
    }

    // Where the model says, once the rows are there.
    function goTo(rowId: string) {
        root.cancelFlick();
        root.currentIndex = -1;
        root.wantedRow = rowId;
        root.isFollowing = rowId.length === 0;
        root.isWanted = true;
        if (root.isPlaced)
            arriveSoon.start();
    }

    function arrive() {
        const row = root.timeline.rowOf(root.wantedRow);
        root.isWanted = false;
        if (row >= 0)
            root.positionViewAtIndex(row, ListView.End);
        else if (root.wantedRow.length === 0)
            root.positionViewAtBeginning();
        reportSoon.start();
    }

    // Which rows are seen, where the view is, and whether an end comes near.
    function report() {
        if (!root.isPlaced || root.count === 0)
            return;
        const bottom = Math.max(0, root.indexAt(0, root.contentY + root.height - 1));
        const top = root.indexAt(0, root.contentY + 1);
        const item = root.itemAtIndex(bottom) as MessageRow;
        root.isFollowing = root.atYEnd && !root.timeline.hasNewer;
        if (item)
            root.timeline.saveAnchor(root.isFollowing ? "" : item.rowId,
                item.y + item.height - root.contentY - root.height);
        const highest = top < 0 ? root.count - 1 : top;
        const first = root.itemAtIndex(highest) as MessageRow;
        root.topDay = root.timeline.dayText(highest);
        root.isTopDaySeen = first !== null && first.dayText.length > 0 && first.y >= root.contentY;
        root.timeline.markVisible(root.visible ? bottom : -1, root.visible ? highest : -1);
        if ((top < 0 || top > root.count - root.edgeRows) && root.timeline.hasOlder && !root.timeline.isLoadingOlder)
            root.timeline.loadOlder();
        if (bottom < root.edgeRows && root.timeline.hasNewer && !root.timeline.isLoadingNewer)
            root.timeline.loadNewer();
    }

    function scrollBy(pixels: real) {
        root.timeline.dropJump();
        root.cancelFlick();
        dayStays.restart();
        root.contentY = Math.max(root.originY, Math.min(root.contentY + pixels,
            root.originY + root.contentHeight - root.height));
    }

    function toOldest() {
        root.timeline.dropJump();
        root.positionViewAtEnd();
    }

    // Nothing shows where the keys are until one walks: they come by a press, or because there is nothing to write in.
    function focusQuietly() {
        root.isQuiet = true;
        root.currentIndex = -1;
        root.forceActiveFocus(Qt.MouseFocusReason);
        root.isQuiet = false;
    }

    Rows.model: root.timeline
    verticalLayoutDirection: ListView.BottomToTop
    boundsBehavior: Flickable.StopAtBounds
    highlightFollowsCurrentItem: false
    keyNavigationEnabled: false
    currentIndex: -1
    cacheBuffer: Theme.scaled(400)
    clip: true
    activeFocusOnTab: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages")
    T.ScrollBar.vertical: ScrollBar {
        id: bar

        onPressedChanged: bar.pressed ? root.timeline.dropJump() : dayStays.restart()
    }
    header: Item {
        implicitHeight: Theme.space3
    }
    footer: Item {
        implicitHeight: Theme.space3
    }

    onTimelineChanged: {
        root.isPlaced = false;
        root.isWanted = false;
    }
    onCountChanged: root.follow()
    onHeightChanged: root.follow()
    onVisibleChanged: reportSoon.start()
    onMovementStarted: root.timeline.dropJump()
    onContentYChanged: reportSoon.start()
    onMovementEnded: dayStays.restart()
    onActiveFocusChanged: {
        if (root.activeFocus && !root.isQuiet && root.count > 0)
            keys.begin();
    }
    Keys.forwardTo: [keys]

    delegate: MessageRow {
        id: row

        isFocusShown: row.ListView.isCurrentItem && root.activeFocus
        onSelectedTextChanged: selection.changed(row)
        onMenuRequested: point => menu.open(row, root, root.mapFromItem(null, point.x, point.y))
        onReactRequested: menu.react(row.rowId)
        onRetryRequested: rowId => root.timeline.retry(rowId)
        onRemoveRequested: rowId => root.timeline.remove(rowId)
    }

    TimelineKeys {
        id: keys

        view: root
        timeline: root.timeline
        selection: selection
        menu: menu
        onScrollRequested: pixels => root.scrollBy(pixels)
        onOldestRequested: root.toOldest()
    }

    MessageSelection {
        id: selection

        parent: root
        view: root
        onPressed: root.focusQuietly()
    }

    Timer {
        id: dayStays

        interval: 1200
    }

    // Once, when all that has changed in this turn has changed.
    Timer {
        id: reportSoon

        interval: 0
        onTriggered: root.report()
    }

    Timer {
        id: arriveSoon

        interval: 0
        onTriggered: root.arrive()
    }

    Timer {
        interval: 0
        running: root.count > 0 && !root.isPlaced
        onTriggered: root.settle()
    }

    Connections {
        target: root.timeline

        function onLatestReached() {
            root.goTo("");
        }

        function onMessageReached(rowId: string) {
            root.goTo(rowId);
        }
    }

    MessageMenuLoader {
        id: menu

        parent: root
        timeline: root.timeline
        emoji: root.emoji
    }
}
