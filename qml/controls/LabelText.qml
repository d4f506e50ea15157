// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

// What Label draws. Not to be used itself: `shown` may be rich text.
Text {
    id: root

    property alias shown: root.text

    textFormat: Text.PlainText
}
