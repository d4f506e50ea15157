// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

// Keys always go somewhere. Who had them may go: a list while it is loaded anew, a field whose page is closed. Then the
// focus stays with what cannot be seen, or with the scope around it, which does nothing with keys and is nothing to a
// screen reader. A popup that closes leaves them so too: then they go back to whom they were taken from.
Item {
    id: root

    readonly property Item holder: root.Window.activeFocusItem

    // Who had them last, popups not counted. What is deleted becomes null by itself.
    property Item last: null

    signal lost()

    readonly property bool isLost: root.holder === null || !root.holder.visible
        || root.holder === root.Window.contentItem || root.holder instanceof FocusScope || root.holder instanceof Loader

    onHolderChanged: {
        if (root.canHold(root.holder))
            root.last = root.holder;
        soon.start();
    }
    onIsLostChanged: soon.start()

    // Popups stand beside what the window shows, not in it.
    function canHold(item: Item): bool {
        if (item === null || !item.visible || !item.enabled || item instanceof FocusScope || item instanceof Loader)
            return false;
        while (item !== null && item !== root.parent)
            item = item.parent;
        return item !== null;
    }

    // Not at once: between the one who goes and the one who is called the scope has it for a moment.
    Timer {
        id: soon

        interval: 0
        onTriggered: {
            if (!root.isLost)
                return;
            if (root.canHold(root.last))
                root.last.forceActiveFocus(Qt.PopupFocusReason);
            else
                root.lost();
        }
    }
}
