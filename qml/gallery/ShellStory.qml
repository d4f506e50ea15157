// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Shell
import Tertulia.Theme

// The panes on canned data. Settings stay as the gallery has them.
AccountPage {
    id: root

    property SampleApplication sample: SampleApplication {
    }

    function showEmoji() {
        root.page.openEmoji();
    }

    function askToDelete() {
        root.page.askToDelete();
    }

    application: root.sample
    account: root.sample.current
}
