// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T

// Whose words are selected: one message at a time, until another is pressed, also while the keys are elsewhere.
Item {
    id: root

    required property ListView view
    property MessageRow row: null

    signal pressed()

    function take(row: MessageRow) {
        if (root.row !== row)
            root.row?.deselect();
        root.row = row;
    }

    function changed(row: MessageRow) {
        if (row.selectedText.length > 0)
            root.take(row);
        else if (root.row === row)
            root.row = null;
    }

    // Handlers hear of presses that a popup above them has got, too.
    function isCovered(place: point): bool {
        return Array.from(root.T.Overlay.overlay?.children ?? []).some(popup => popup.visible
            && popup.contains(popup.mapFromItem(null, place)));
    }

    anchors.fill: parent

    PointHandler {
        acceptedButtons: Qt.LeftButton
        onActiveChanged: {
            if (!active || root.isCovered(point.scenePosition))
                return;
            root.pressed();
            const place = root.mapToItem(root.view.contentItem, point.position);
            if (root.view.itemAt(place.x, place.y) !== root.row)
                root.take(null);
        }
    }
}
