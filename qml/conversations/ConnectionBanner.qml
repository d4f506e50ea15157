// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.ViewModels

// Why the server is not there at the moment, and what helps.
Banner {
    id: root

    required property AccountViewModel account
    readonly property bool hasEnded: root.account.connectivity === Connectivity.SessionEnded

    text: root.account.bannerText
    glyph: root.hasEnded ? Icon.Lock : Icon.Offline
    actionText: root.hasEnded ? qsTr("Sign in") : qsTr("Retry", "connect now")
    onTriggered: root.hasEnded ? root.account.signInAgain() : root.account.retryNow()
}
