// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T

// Keys always go somewhere. Who had them may go: a list while it is loaded anew, a field whose page is closed. Then the
// focus stays with what cannot be seen, or with the scope around it, which does nothing with keys and is nothing to a
// screen reader. A popup that closes leaves them so too: then they go back to whom they were taken from; nobody beneath
// a popup gets them while it is open.
Item {
    id: root

    readonly property Item holder: root.Window.activeFocusItem

    // Who had them last, beneath all popups and in one. What is deleted becomes null by itself.
    property Item last: null
    property Item above: null
    // The popup that `above` is in: it may be there when that has gone.
    property Item popup: null

    // Whether it showed that it has them; when it gets them back it shows that again.
    property bool wasShown: false

    signal lost()

    // A popup is open and has them.
    readonly property bool isAbove: root.holder !== null && root.holder.visible && root.isIn(root.holder, root.T.Overlay.overlay)

    readonly property bool isLost: root.holder === null || !root.holder.visible
        || root.holder === root.Window.contentItem || root.holder instanceof FocusScope || root.holder instanceof Loader

    onHolderChanged: {
        if (root.canHold(root.holder) && root.isBeneath(root.holder))
            root.hold();
        else if (root.canHold(root.holder))
            root.rise();
        soon.start();
    }
    onIsLostChanged: soon.start()

    function hold() {
        const control = root.holder as T.Control;
        if (root.last !== root.holder)
            root.wasShown = control?.visualFocus ?? false;
        else if (control && root.wasShown)
            control.focusReason = Qt.TabFocusReason;
        root.last = root.holder;
    }

    function rise() {
        root.above = root.holder;
        root.popup = root.holder;
        while (root.popup.parent !== null && root.popup.parent !== root.T.Overlay.overlay)
            root.popup = root.popup.parent;
    }

    // What is about to be deleted is in no window, and has itself for visible.
    function canHold(item: Item): bool {
        return item !== null && item.visible && item.enabled && !(item instanceof FocusScope)
            && !(item instanceof Loader) && item !== root.Window.contentItem
            && root.isIn(item, root.Window.contentItem);
    }

    // Popups stand beside what the window shows, not in it, and are no longer visible when they have closed.
    function isBeneath(item: Item): bool {
        return root.isIn(item, root.parent);
    }

    function isIn(item: Item, whole: Item): bool {
        while (item !== null && item !== whole)
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
            const back = root.canHold(root.above) ? root.above : root.last;
            if (root.popup?.visible && back !== root.above)
                root.popup.forceActiveFocus(Qt.PopupFocusReason);
            else if (root.canHold(back))
                back.forceActiveFocus(Qt.PopupFocusReason);
            else
                root.lost();
        }
    }
}
