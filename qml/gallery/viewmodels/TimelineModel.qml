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
    property bool isJumping: false
    property string jumpErrorText: ""
    property int unreadCount: 0
    property int nextUnread: NextUnread.None
    property int firstUnread: -1
    property int anchor: -1

    signal latestReached()
    signal messageReached(rowId: string)

    function loadOlder() {}
    function loadNewer() {}
    function goToLatest() {}
    function goToNextUnread() {}
    function retryJump() {}
    function dropJump() {}
    function markAllRead() {}
    function showWritten() {}
    function reload() {}
    function markVisible(firstRow: int, lastRow: int) {}
    function retry(rowId: string) {}
    function remove(rowId: string) {}
    function react(rowId: string, reaction: string) {}
    function copyText(rowId: string) {}
    function linksOf(rowId: string): list<string> {
        return ["https://tertulia.example/minutes"];
    }
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
    function arrivedRow(): int {
        return -1;
    }
    function firstUnreadRow(): int {
        return root.firstUnread;
    }
}
