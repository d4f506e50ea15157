// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

// A row of the search for people.
PersonRow {
    id: root

    required property int index
    required title
    required property string username
    required initials
    required colorIndex

    width: ListView.view ? ListView.view.width : 0
    subtitle: root.username
}
