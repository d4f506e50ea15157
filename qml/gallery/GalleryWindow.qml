// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

T.ApplicationWindow {
    id: root

    property bool dark: false
    property bool compact: false
    property int accent: 0
    property real textScale: 1
    property bool still: false
    readonly property alias gallery: stories

    width: stories.storySize.width
    height: stories.storySize.height
    visible: true
    title: stories.current
    color: Theme.window
    LayoutMirroring.enabled: Qt.application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true
    Component.onCompleted: {
        Theme.dark = root.dark;
        Theme.compact = root.compact;
        Theme.accentIndex = root.accent;
        Theme.textScale = root.textScale;
        Theme.reducedMotion = root.still;
    }

    Gallery {
        id: stories

        anchors.fill: parent
        focus: true
        Keys.onRightPressed: stories.turn(1)
        Keys.onLeftPressed: stories.turn(-1)
    }
}
