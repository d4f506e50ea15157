// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

// One of a few words side by side. Left and Right move the choice.
T.Control {
    id: root

    required property list<string> options
    required property string accessibleName
    property int currentIndex: 0

    signal chosen(index: int)

    implicitWidth: contentItem.implicitWidth + 2 * padding
    implicitHeight: Theme.controlHeight
    padding: Theme.hairline * 3
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTabList
    Accessible.name: root.accessibleName
    Keys.onLeftPressed: root.step(root.mirrored ? 1 : -1)
    Keys.onRightPressed: root.step(root.mirrored ? -1 : 1)

    function step(by: int) {
        root.chosen(Math.max(0, Math.min(root.options.length - 1, root.currentIndex + by)));
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.field

        FocusRing {
            shown: root.visualFocus
        }
    }
    contentItem: Row {
        Repeater {
            model: root.options

            delegate: T.AbstractButton {
                id: segment

                required property int index
                required property string modelData

                width: Math.max(implicitContentWidth + 2 * Theme.space3, root.availableWidth / root.options.length)
                height: root.availableHeight
                implicitWidth: implicitContentWidth + 2 * Theme.space3
                focusPolicy: Qt.NoFocus
                text: segment.modelData
                checked: root.currentIndex === segment.index
                Accessible.role: Accessible.PageTab
                Accessible.name: segment.text
                Accessible.selected: segment.checked
                Accessible.onPressAction: segment.clicked()
                onClicked: root.chosen(segment.index)

                contentItem: Label {
                    text: segment.text
                    font.weight: segment.checked ? Font.Medium : Font.Normal
                    color: segment.checked ? Theme.text : Theme.textSecondary
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: segment.checked ? (Theme.dark ? Theme.badgeMuted : Theme.window) : "transparent"
                    border.width: segment.checked ? Theme.hairline : 0
                    border.color: Theme.divider
                }
            }
        }
    }
}
