// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// Makes the menu of accounts when it is first wanted.
Loader {
    id: root

    required property Item anchor
    required property ApplicationViewModel application

    signal settingsRequested()
    signal shortcutsRequested()

    function show() {
        root.active = true;
        (root.item as AccountsPopup).open();
    }

    active: false
    sourceComponent: AccountsPopup {
        parent: root.anchor
        y: root.anchor.height + Theme.space1
        application: root.application
        onSettingsRequested: root.settingsRequested()
        onShortcutsRequested: root.shortcutsRequested()
    }
}
