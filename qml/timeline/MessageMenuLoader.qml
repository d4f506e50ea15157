// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The menu of a message, made when it is first wanted.
Loader {
    id: root

    required property TimelineModel timeline

    function open(row: MessageRow, view: Item, place: point) {
        root.active = true;
        (root.item as MessageMenu).showFor(row, root.timeline.linksOf(row.rowId), view, place);
    }

    active: false

    sourceComponent: MessageMenu {
        onCopyRequested: rowId => root.timeline.copyText(rowId)
        onRetryRequested: rowId => root.timeline.retry(rowId)
        onRemoveRequested: rowId => root.timeline.remove(rowId)
    }
}
