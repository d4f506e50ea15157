// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// A row of the switcher.
PersonRow {
    id: root

    required property int index
    required title
    required subtitle
    required initials
    required colorIndex
    required isOnline
    required unreadCount

    ground: Theme.raised
    width: ListView.view ? ListView.view.width : 0
}
