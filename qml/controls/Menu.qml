// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

T.Menu {
    id: root

    // The items are as wide as the menu: only what they would like to be says how wide that has to be.
    property real widest: 0

    implicitWidth: Math.max(Theme.scaled(180), root.widest) + leftPadding + rightPadding
    implicitHeight: contentHeight + topPadding + bottomPadding
    padding: Theme.space1
    margins: Theme.space1
    overlap: 1
    delegate: MenuItem {
    }
    onAboutToShow: {
        root.widest = 0;
        for (let i = 0; i < root.count; ++i)
            root.widest = Math.max(root.widest, root.itemAt(i).implicitWidth);
    }

    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick }
    }
    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        interactive: contentHeight > height
        clip: true
        currentIndex: root.currentIndex
        Accessible.role: Accessible.PopupMenu
        Accessible.name: root.title
    }
    background: Surface {
    }
}
