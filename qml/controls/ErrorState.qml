// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

// What stands where something did not work: why, and the way to try again.
EmptyState {
    glyph: Icon.Alert
    glyphColor: Theme.textDanger
    title: qsTr("This did not work")
    actionText: qsTr("Try again")
}
