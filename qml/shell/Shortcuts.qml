// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.ViewModels

// The keys that work everywhere; ShortcutsPage lists them.
Item {
    id: root

    required property AccountViewModel account

    signal switcherRequested()
    signal newRequested()
    signal filterRequested()
    signal settingsRequested()
    signal shortcutsRequested()
    signal emojiRequested()
    signal nextAccountRequested()
    signal nextPaneRequested()
    signal previousPaneRequested()

    Shortcut {
        sequence: "Ctrl+K"
        enabled: root.enabled
        onActivated: root.switcherRequested()
    }

    Shortcut {
        sequence: "Ctrl+N"
        enabled: root.enabled
        onActivated: root.newRequested()
    }

    Shortcut {
        sequence: "Ctrl+F"
        enabled: root.enabled
        onActivated: root.filterRequested()
    }

    Shortcut {
        sequence: "Ctrl+,"
        enabled: root.enabled
        onActivated: root.settingsRequested()
    }

    Shortcut {
        sequence: "F1"
        enabled: root.enabled
        onActivated: root.shortcutsRequested()
    }

    Shortcut {
        sequence: "Ctrl+E"
        enabled: root.enabled
        onActivated: root.emojiRequested()
    }

    Shortcut {
        sequence: "Alt+Down"
        enabled: root.enabled
        onActivated: root.account.openNext()
    }

    Shortcut {
        sequence: "Alt+Up"
        enabled: root.enabled
        onActivated: root.account.openPrevious()
    }

    Shortcut {
        sequence: "Ctrl+Shift+A"
        enabled: root.enabled
        onActivated: root.nextAccountRequested()
    }

    Shortcut {
        sequence: "F6"
        enabled: root.enabled
        onActivated: root.nextPaneRequested()
    }

    Shortcut {
        sequence: "Shift+F6"
        enabled: root.enabled
        onActivated: root.previousPaneRequested()
    }
}
