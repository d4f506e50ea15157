// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme
import Tertulia.ViewModels

// The window. The composition root gives it the view models and says what the desktop prefers.
T.ApplicationWindow {
    id: root

    required property ApplicationViewModel application
    property bool systemDark: false

    width: 1000
    height: 720
    minimumWidth: 360
    minimumHeight: 480
    // The name last: Qt would add it again.
    title: root.application.totalUnread > 0
        ? qsTr("(%1) Tertulia", "window title with the number of unread messages").arg(root.application.totalUnread)
        : qsTr("Tertulia")
    color: Theme.window
    // On the window, so that what floats above the pages is mirrored too.
    LayoutMirroring.enabled: Qt.application.layoutDirection === Qt.RightToLeft // qmllint disable type
    LayoutMirroring.childrenInherit: true
    font.pixelSize: Theme.fontBody
    onActiveChanged: root.application.isWindowActive = root.active
    Component.onCompleted: root.application.isWindowActive = root.active

    Shell {
        anchors.fill: parent
        focus: true
        application: root.application
        systemDark: root.systemDark
        onQuitRequested: Qt.quit()
    }
}
