// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

T.Switch {
    id: root

    property string description: ""

    function flip() {
        root.toggle();
        root.toggled();
    }

    implicitWidth: Theme.formWidth
    implicitHeight: Math.max(words.implicitHeight, Theme.controlHeight) + topPadding + bottomPadding
    font.pixelSize: Theme.fontBody
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.description: root.description
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.flip()
    Accessible.onToggleAction: root.flip()
    Keys.onReturnPressed: root.flip()

    indicator: Rectangle {
        x: root.mirrored ? root.leftPadding : root.width - width - root.rightPadding
        y: root.topPadding + (root.availableHeight - height) / 2
        implicitWidth: Theme.scaled(36)
        implicitHeight: Theme.scaled(20)
        radius: height / 2
        color: root.checked ? Theme.fill : "transparent"
        border.width: root.checked ? 0 : Theme.focusWidth
        border.color: Theme.outline
        opacity: root.enabled ? 1 : 0.5

        Rectangle {
            readonly property int inset: Theme.scaled(4)
            readonly property real travel: parent.width - width - 2 * inset
            readonly property bool atEnd: root.checked !== root.mirrored

            x: inset + (atEnd ? travel : 0)
            anchors.verticalCenter: parent.verticalCenter
            width: parent.height - 2 * inset
            height: width
            radius: width / 2
            color: root.checked ? Theme.textOnFill : Theme.outline

            Behavior on x {
                NumberAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
            }
        }

        FocusRing {
            radius: parent.radius + Theme.focusWidth
            shown: root.visualFocus
        }
    }
    contentItem: Item {
        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - root.indicator.width - Theme.space4
            x: root.mirrored ? root.indicator.width + Theme.space4 : 0

            Label {
                width: parent.width
                text: root.text
                font: root.font
                color: root.enabled ? Theme.text : Theme.textDisabled
                wrapMode: Text.Wrap
                elide: Text.ElideNone
            }

            Label {
                width: parent.width
                visible: text.length > 0
                text: root.description
                font.pixelSize: Theme.fontSmall
                color: Theme.textSecondary
                wrapMode: Text.Wrap
                elide: Text.ElideNone
            }
        }
    }
}
