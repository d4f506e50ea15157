// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The menu of a message and the emoji to react with, made when they are first wanted.
Item {
    id: root

    required property TimelineModel timeline
    property EmojiModel emoji: null   // null: there is no reacting here

    function open(row: MessageRow, view: Item, place: point) {
        menu.active = true;
        (menu.item as MessageMenu).showFor(row, root.timeline.linksOf(row.rowId), root.emoji !== null, view, place);
    }

    function react(rowId: string) {
        if (root.emoji === null)
            return;
        picker.rowId = rowId;
        picker.active = true;
        (picker.item as EmojiPicker).open();
    }

    Loader {
        id: menu

        active: false

        sourceComponent: MessageMenu {
            onCopyRequested: rowId => root.timeline.copyText(rowId)
            onReactRequested: rowId => root.react(rowId)
            onUnreactRequested: rowId => root.timeline.react(rowId, "")
            onRetryRequested: rowId => root.timeline.retry(rowId)
            onRemoveRequested: rowId => root.timeline.remove(rowId)
        }
    }

    Loader {
        id: picker

        property string rowId: ""

        active: false

        sourceComponent: EmojiPicker {
            parent: root.parent
            x: Math.round((parent.width - width) / 2)
            y: Math.round((parent.height - height) / 2)
            emoji: root.emoji
            onPicked: text => {
                root.timeline.react(picker.rowId, text);
                close();
            }
        }
    }
}
