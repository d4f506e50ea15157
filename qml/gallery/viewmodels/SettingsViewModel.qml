// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    property int theme: ThemeChoice.System
    property int accentIndex: 0
    property real textScale: 1
    property real paneWidth: 0
    property int density: Density.Comfortable
    property bool reducedMotion: true
    property bool sendOnEnter: true
    property bool notifications: true
    property bool notificationPreview: true
    property bool sounds: false
    property bool startMinimized: false
    property bool closeToTray: true
    property string language: ""
    property list<string> languages: ["", "de", "en"]
    property list<string> languageNames: [qsTr("System"), "Deutsch", "English"]
}
