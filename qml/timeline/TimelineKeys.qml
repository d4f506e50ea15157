// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.ViewModels

// What keys do in the view of the messages, whose keys are forwarded to here: they walk from row to row, beginning with
// the lowest in sight, and what is done is done with that row.
Item {
    id: root

    required property ListView view
    required property MessageSelection selection
    required property MessageMenuLoader menu
    required property TimelineModel timeline

    signal scrollRequested(pixels: real)
    signal oldestRequested()

    function row(): MessageRow {
        const row = root.view.itemAtIndex(root.view.currentIndex) as MessageRow;
        const isInSight = row && row.y + row.height > root.view.contentY && row.y < root.view.contentY + root.view.height;
        return isInSight ? row : null;
    }

    // Where the keys left off, if that can be seen.
    function begin() {
        if (!root.row())
            root.view.currentIndex = Math.max(0, root.view.indexAt(0, root.view.contentY + root.view.height - 1));
    }

    function step(by: int) {
        root.timeline.dropJump();
        root.selection.take(null);
        if (root.row())
            root.view.currentIndex = Math.max(0, Math.min(root.view.count - 1, root.view.currentIndex + by));
        else
            root.begin();
        root.view.positionViewAtIndex(root.view.currentIndex, ListView.Contain);
    }

    Keys.onUpPressed: root.step(1)
    Keys.onDownPressed: root.step(-1)
    Keys.onPressed: event => {
        const row = root.row();
        event.accepted = true;
        if (event.key === Qt.Key_PageUp)
            root.scrollRequested(-root.view.height * 0.9);
        else if (event.key === Qt.Key_PageDown)
            root.scrollRequested(root.view.height * 0.9);
        else if (event.key === Qt.Key_End)
            root.timeline.goToLatest();
        else if (event.key === Qt.Key_Home)
            root.oldestRequested();
        else if (event.matches(StandardKey.Copy) && root.selection.row)
            root.selection.row.copySelection();
        else if (event.matches(StandardKey.Copy) && row)
            root.timeline.copyText(row.rowId);
        else if (row && (event.key === Qt.Key_Menu || event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier))
            root.menu.open(row, root.view, row.mapToItem(root.view, root.view.width / 2, 0));
        else
            event.accepted = false;
    }
}
