// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml.Models

ListModel {
    id: root

    property int state: PageState.Content
    property string errorText: ""
    property bool isLoadingOlder: false
    property bool isLoadingNewer: false
    property bool hasOlder: false
    property bool hasNewer: false
    property int unreadBelow: 0
    property int firstUnread: -1
    property int anchor: -1

    signal ownMessageAdded()

    function loadOlder() {}
    function loadNewer() {}
    function jumpToLatest() {}
    function reload() {}
    function markVisible(firstRow: int, lastRow: int) {}
    function retry(rowId: string) {}
    function remove(rowId: string) {}
    function copyText(rowId: string) {}
    function anchorRow(): int {
        return root.anchor;
    }
    function anchorOffset(): real {
        return 0;
    }
    function saveAnchor(rowId: string, offset: real) {}
    function rowOf(rowId: string): int {
        return -1;
    }
    function dayText(row: int): string {
        return "Yesterday";
    }
    function firstUnreadRow(): int {
        return root.firstUnread;
    }
}
