// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// A label and the control beside it; below it where there is no room.
Item {
    id: root

    required property string label
    default property alias control: slot.data

    readonly property bool isWrapped: name.implicitWidth + slot.childrenRect.width + Theme.space4 > width

    implicitHeight: root.isWrapped ? name.implicitHeight + Theme.space1 + slot.childrenRect.height
        : Math.max(Theme.controlHeight, slot.childrenRect.height)

    Label {
        id: name

        anchors.left: parent.left
        y: root.isWrapped ? 0 : Math.round((root.height - height) / 2)
        width: Math.min(implicitWidth, root.width)
        text: root.label
        Accessible.ignored: true
    }

    Item {
        id: slot

        x: root.isWrapped !== root.LayoutMirroring.enabled ? 0 : root.width - width
        y: root.isWrapped ? root.height - height : Math.round((root.height - height) / 2)
        width: childrenRect.width
        height: childrenRect.height
    }
}
