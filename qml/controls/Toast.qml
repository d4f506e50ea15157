// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// Says one sentence for as long as it takes to read it, and goes by itself.
Rectangle {
    id: root

    property bool shown: false
    property string text: ""

    signal dismissed()

    function show(text: string) {
        root.text = text;
        root.shown = true;
        clock.restart();
    }

    implicitWidth: Math.min(words.implicitWidth + 2 * Theme.space4, parent ? parent.width - 2 * Theme.space4 : 0)
    implicitHeight: words.implicitHeight + 2 * Theme.space3
    radius: Theme.radius
    color: Theme.tooltip
    opacity: root.shown ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Behavior on opacity {
        NumberAnimation { duration: Theme.gentle }
    }

    Label {
        id: words

        anchors.centerIn: parent
        width: Math.min(implicitWidth, root.width - 2 * Theme.space4)
        text: root.text
        color: Theme.textOnTooltip
        wrapMode: Text.Wrap
        maximumLineCount: 3
        Accessible.ignored: true
    }

    Timer {
        id: clock

        interval: Theme.toastTime + 50 * root.text.length
        onTriggered: {
            root.shown = false;
            root.dismissed();
        }
    }

    TapHandler {
        onTapped: {
            root.shown = false;
            root.dismissed();
        }
    }
}
