// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.SignIn
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// What fills the window: nothing while it is not yet known who is signed in, else the way in or the account.
FocusScope {
    id: root

    required property ApplicationViewModel application
    property bool systemDark: false

    signal quitRequested()

    readonly property SettingsViewModel settings: root.application.settings

    Binding {
        target: Theme
        property: "dark"
        value: root.settings.theme === ThemeChoice.Dark
            || (root.settings.theme === ThemeChoice.System && root.systemDark)
    }

    Binding {
        target: Theme
        property: "accentIndex"
        value: root.settings.accentIndex
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.settings.textScale
    }

    Binding {
        target: Theme
        property: "compact"
        value: root.settings.density === Density.Compact
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.settings.reducedMotion
    }

    // On every page, whoever has the keys.
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: root.quitRequested()
    }

    Loader {
        anchors.fill: parent
        focus: true
        active: !root.application.isRestoring
        sourceComponent: root.application.current ? accountPage : signInPage
    }

    Component {
        id: accountPage

        AccountPage {
            focus: true
            application: root.application
            account: root.application.current
        }
    }

    Component {
        id: signInPage

        SignInPage {
            focus: true
            signIn: root.application.signIn
        }
    }
}
