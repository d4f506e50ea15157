// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

// A row of a list: what it holds, its highlight, its focus. Return opens it like a click does.
T.ItemDelegate {
    id: root

    required property string accessibleText
    property bool current: false
    property bool isWaiting: false   // to be used again, out of sight
    property color ground: Theme.window   // what the list stands on
    readonly property color fill: root.current ? Theme.selected : root.down || root.highlighted ? Theme.pressed
        : root.hovered ? Theme.hover : root.ground

    implicitHeight: Theme.rowHeight
    leftPadding: Theme.space3
    rightPadding: Theme.space3
    focusPolicy: Qt.NoFocus
    ListView.onPooled: {
        root.isWaiting = true;
        root.focus = false;   // the view has the keys, else they would wait with the row
    }
    ListView.onReused: root.isWaiting = false
    Accessible.ignored: root.isWaiting
    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleText
    Accessible.selected: root.current
    Accessible.focusable: true
    Accessible.onPressAction: root.clicked()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: Theme.space1
            anchors.rightMargin: Theme.space1
            radius: Theme.radius
            color: root.fill

            FocusRing {
                gap: -Theme.focusWidth
                shown: root.highlighted && root.ListView.view !== null && root.ListView.view.activeFocus
            }
        }
    }
}
