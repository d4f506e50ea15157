// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The line between the panes; dragged, it makes the list wider or narrower.
Item {
    id: root

    required property real available
    property real wanted: 0   // what was dragged to; 0: the theme's width

    readonly property real paneWidth: Math.round(Math.max(Theme.sidebarMinimum,
        Math.min(root.wanted > 0 ? root.wanted : Theme.sidebarWidth, root.available * 0.5)))

    implicitWidth: Theme.hairline
    z: 1

    Divider {
        anchors.fill: parent
    }

    Item {
        anchors.fill: parent
        anchors.leftMargin: -Theme.space1
        anchors.rightMargin: -Theme.space1

        HoverHandler {
            cursorShape: Qt.SplitHCursor
        }

        DragHandler {
            id: drag

            property real start: 0

            target: null
            onActiveChanged: {
                if (drag.active)
                    drag.start = root.paneWidth;
            }
            onActiveTranslationChanged: {
                if (drag.active)
                    root.wanted = drag.start + (root.LayoutMirroring.enabled ? -1 : 1) * drag.activeTranslation.x;
            }
        }
    }
}
