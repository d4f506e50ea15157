// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Gallery
import Tertulia.Shell

// An account's page on the gallery's data, for tests of who has the keys.
Item {
    id: root

    readonly property alias sample: data
    readonly property alias page: accountPage

    width: 1000
    height: 640

    function focused(type) {
        for (let item = root.Window.window.activeFocusItem; item; item = item.parent) {
            if (String(item).startsWith(type))
                return true;
        }
        return false;
    }

    SampleApplication {
        id: data
    }

    AccountPage {
        id: accountPage

        anchors.fill: parent
        application: data
        account: data.current
    }
}
