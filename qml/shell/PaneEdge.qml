// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// The line between the panes; dragged, it makes the list wider or narrower.
Item {
    id: root

    required property real available
    property real wanted: 0   // what was dragged to before; 0: the theme's width

    readonly property real chosen: drag.now > 0 ? drag.now : root.wanted
    readonly property real paneWidth: Math.round(Math.max(Theme.sidebarMinimum,
        Math.min(root.chosen > 0 ? root.chosen : Theme.sidebarWidth, root.available * 0.5)))

    signal dragged(width: real)

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
            property real now: 0   // 0: nobody drags

            target: null
            // Kept when the hand lets go, not with every step.
            onActiveChanged: {
                if (drag.active) {
                    drag.start = root.paneWidth;
                } else {
                    if (drag.now > 0)
                        root.dragged(root.paneWidth);
                    drag.now = 0;
                }
            }
            onActiveTranslationChanged: {
                if (drag.active)
                    drag.now = Math.max(1, drag.start + (root.LayoutMirroring.enabled ? -1 : 1) * drag.activeTranslation.x);
            }
        }
    }
}
