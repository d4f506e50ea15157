// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

Column {
    id: root

    required property SettingsViewModel settings

    spacing: Theme.space5

    Section {
        width: parent.width
        title: qsTr("Writing")

        Switch {
            width: parent.width
            text: qsTr("Enter sends")
            description: checked ? qsTr("Shift+Enter begins a new line.")
                : qsTr("Enter begins a new line, Ctrl+Enter sends.")
            checked: root.settings.sendOnEnter
            onToggled: root.settings.sendOnEnter = checked
        }
    }

    Section {
        width: parent.width
        title: qsTr("Notifications")

        Switch {
            width: parent.width
            text: qsTr("Show notifications")
            checked: root.settings.notifications
            onToggled: root.settings.notifications = checked
        }

        Switch {
            width: parent.width
            enabled: root.settings.notifications
            text: qsTr("Show the words of the message")
            checked: root.settings.notificationPreview
            onToggled: root.settings.notificationPreview = checked
        }

        Switch {
            width: parent.width
            enabled: root.settings.notifications
            text: qsTr("Play a sound")
            checked: root.settings.sounds
            onToggled: root.settings.sounds = checked
        }
    }

    Section {
        width: parent.width
        title: qsTr("Window")

        Switch {
            width: parent.width
            text: qsTr("Keep running when the window is closed")
            description: qsTr("Where the desktop has a place for it, the icon there brings the window back.")
            checked: root.settings.closeToTray
            onToggled: root.settings.closeToTray = checked
        }

        Switch {
            width: parent.width
            text: qsTr("Start without a window")
            checked: root.settings.startMinimized
            onToggled: root.settings.startMinimized = checked
        }
    }

    Section {
        width: parent.width
        title: qsTr("Language")

        Setting {
            width: parent.width
            label: qsTr("Language of Tertulia")

            Segmented {
                width: Math.min(implicitWidth, root.width)
                accessibleName: qsTr("Language of Tertulia")
                options: root.settings.languageNames // qmllint disable type
                currentIndex: root.settings.languages.indexOf(root.settings.language) // qmllint disable type
                onChosen: index => root.settings.language = root.settings.languages[index]
            }
        }
    }
}
