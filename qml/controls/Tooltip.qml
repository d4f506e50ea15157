// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The name of what is pointed at, after a moment; not any more once it is pressed, since it would cover what that opens.
// Made only when it is first wanted.
Loader {
    id: root

    required property string text
    required property bool shown
    property bool pressed: false
    property bool isBeside: false   // not below, where it would cover another button

    property bool isSpent: false

    active: false
    onShownChanged: {
        if (root.shown)
            root.active = true;
        else
            root.isSpent = false;
    }
    onPressedChanged: root.isSpent = root.isSpent || root.pressed

    sourceComponent: T.ToolTip {
        y: root.isBeside ? (root.parent.height - height) / 2 : root.parent.height + Theme.space1
        x: !root.isBeside ? (root.parent.width - width) / 2 : mirrored ? root.parent.width + Theme.space1 : -width - Theme.space1
        parent: root.parent
        // Not wider than the window, where a long address ends before it is told whose it is.
        implicitWidth: Math.min(contentItem.implicitWidth + leftPadding + rightPadding,
            root.Window.width > 0 ? root.Window.width - leftMargin - rightMargin : Infinity)
        implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
        margins: Theme.space1
        padding: Theme.space1
        leftPadding: Theme.space2
        rightPadding: Theme.space2
        delay: Theme.tooltipDelay
        visible: root.shown && !root.isSpent
        text: root.text
        closePolicy: T.Popup.NoAutoClose

        contentItem: Label {
            text: root.text
            font.pixelSize: Theme.fontSmall
            color: Theme.textOnTooltip
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
        background: Rectangle {
            radius: Theme.radiusSmall
            color: Theme.tooltip
        }
    }
}
