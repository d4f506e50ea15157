// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The name of what is pointed at, after a moment. Made only when it is first wanted.
Loader {
    id: root

    required property string text
    required property bool shown

    active: false
    onShownChanged: {
        if (root.shown)
            root.active = true;
    }

    sourceComponent: T.ToolTip {
        y: root.parent.height + Theme.space1
        x: (root.parent.width - width) / 2
        parent: root.parent
        implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
        implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
        margins: Theme.space1
        padding: Theme.space1
        leftPadding: Theme.space2
        rightPadding: Theme.space2
        delay: Theme.tooltipDelay
        visible: root.shown
        text: root.text
        closePolicy: T.Popup.NoAutoClose

        contentItem: Label {
            text: root.text
            font.pixelSize: Theme.fontSmall
            color: Theme.textOnTooltip
            elide: Text.ElideNone
        }
        background: Rectangle {
            radius: Theme.radiusSmall
            color: Theme.tooltip
        }
    }
}
