// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

// Keys always go somewhere. Who had them may go: a list while it is loaded anew, a field whose page is closed. Then the
// focus stays with what cannot be seen, or with the scope around it, which does nothing with keys and is nothing to a
// screen reader.
Item {
    id: root

    readonly property Item holder: root.Window.activeFocusItem

    signal lost()

    readonly property bool isLost: root.holder === null || !root.holder.visible
        || root.holder === root.Window.contentItem || root.holder instanceof FocusScope || root.holder instanceof Loader

    onHolderChanged: root.look()
    onIsLostChanged: root.look()

    function look() {
        if (root.isLost)
            soon.start();
    }

    // Not at once: between the one who goes and the one who is called the scope has it for a moment.
    Timer {
        id: soon

        interval: 0
        onTriggered: {
            if (root.isLost)
                root.lost();
        }
    }
}
