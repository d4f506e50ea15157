// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// Text of the interface: plain, one line that ends in an ellipsis unless told otherwise.
Text {
    textFormat: Text.PlainText
    color: Theme.text
    font.pixelSize: Theme.fontBody
    elide: Text.ElideRight
}
