// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

// One accent in both schemes. Fills carry white text; `text` is readable on every background of its scheme,
// on the selection and on the person's own bubbles too (tst_Theme computes it).
QtObject {
    required property string name
    required property color fill
    required property color lightText
    required property color lightSelected
    required property color lightBubble
    required property color darkText
    required property color darkSelected
    required property color darkBubble
}
