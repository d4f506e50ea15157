// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    property string accountId: "1"
    property string displayName: ""
    property string username: ""
    property string initials: ""
    property int colorIndex: 0
    property string serverName: ""
    property int connectivity: Connectivity.Online
    property int waitingCount: 0
    property int unreadCount: 0
    property string bannerText: ""
    property string noticeText: ""
    property string storeText: ""
    property bool isStoreMended: true
    property ConversationListModel conversations: null
    property SwitcherModel switcher: null
    property PeopleSearchModel people: null
    property ConversationViewModel current: null

    signal opened()

    function retryNow() {}
    function open(conversationId: string) {}
    function openPerson(userId: string) {}
    function closeConversation() {}
    function openNext() {}
    function openPrevious() {}
    function signOut() {}
    function signInAgain() {}
    function dismissNotice() {}
    function dismissStoreText() {}
}
