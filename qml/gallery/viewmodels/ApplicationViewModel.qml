// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    property AccountListModel accounts: null
    property AccountViewModel current: null
    property SignInViewModel signIn: null
    property SettingsViewModel settings: null
    property EmojiModel emoji: null
    property int totalUnread: 0
    property bool secretsPersistent: true
    property bool isRestoring: false
    property bool isAddingAccount: false
    property bool isWindowActive: true

    function switchTo(accountId: string) {}
    function switchToNext() {}
    function addAccount() {}
    function cancelAddAccount() {}
}
