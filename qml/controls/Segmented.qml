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

    // All as wide as the widest; where there is no room for that, as wide as their words, of which the last letters go.
    readonly property var wishes: Array.from(row.children, segment => segment.implicitWidth)
    readonly property real widest: Math.max(...root.wishes)
    readonly property real share: root.availableWidth / root.options.length
    readonly property real spare: root.share - root.wishes.reduce((sum, wish) => sum + wish, 0) / root.options.length

    implicitWidth: root.options.length * root.widest + leftPadding + rightPadding
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
        id: row

        Repeater {
            model: root.options

            delegate: T.AbstractButton {
                id: segment

                required property int index
                required property string modelData

                width: root.share >= root.widest ? root.share : implicitWidth + root.spare
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
