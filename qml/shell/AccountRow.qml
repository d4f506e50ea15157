// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Conversations
import Tertulia.Theme
import Tertulia.ViewModels

// One account in the menu of accounts.
PersonRow {
    id: root

    required property int index
    required property string accountId
    required property string displayName
    required property string username
    required property string serverName
    required initials
    required colorIndex
    required unreadCount
    required property int connectivity
    required property bool isCurrent

    width: ListView.view ? ListView.view.width : 0
    title: root.displayName
    subtitle: qsTr("%1 on %2", "user name on server").arg(root.username).arg(root.serverName)
    accessibleText: root.unreadCount > 0
        ? qsTr("%1, %2, %n unread", "name, account, number of unread messages", root.unreadCount).arg(Bidi.isolated(root.title)).arg(root.subtitle)
        : qsTr("%1, %2", "name, account").arg(Bidi.isolated(root.title)).arg(root.subtitle)
    isOnline: root.connectivity === Connectivity.Online
    current: root.isCurrent
    ground: Theme.raised
    Accessible.role: Accessible.RadioButton
    Accessible.checked: root.isCurrent
}
