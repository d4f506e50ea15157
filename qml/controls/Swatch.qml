// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// One colour to choose.
T.AbstractButton {
    id: root

    required property color swatchColor

    implicitWidth: Theme.scaled(30)
    implicitHeight: implicitWidth
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: root.text
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()

    Tooltip {
        text: root.text
        shown: root.hovered
        pressed: root.down
    }

    background: Rectangle {
        radius: width / 2
        color: root.swatchColor

        FocusRing {
            radius: parent.radius + Theme.focusWidth
            shown: root.visualFocus
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            visible: root.checked
            name: Icon.Check
            size: Theme.iconSmall
            color: Theme.textOnFill
        }
    }
}
