// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.ViewModels

// What the first conversation of a start needs and every later one finds ready: the types, the letters, what the graphics
// system makes of both. To be drawn out of sight when nobody waits, and thrown away.
Item {
    id: root

    readonly property string letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,:;!?'-()"
    // At several places between two pixels, as the text engine draws them: most of the first page's work.
    readonly property string lines: root.letters + "<br>" + root.letters.toLowerCase() + "<br>ii" + root.letters.toLowerCase()

    enabled: false
    clip: true

    component Sample: MessageRow {
        index: 0
        rowId: ""
        isFirstUnread: true
        isGroupStart: true
        isGroupEnd: true
        width: parent ? (parent as Item).width : 0
        Accessible.ignored: true
    }

    Sample {
        dayText: "1"
        content: MessageContents.of({
            kind: ContentKind.Text, isOwn: true, formattedText: "<b>A</b> <i>b</i> <code>c</code>", timeText: "0123456789:",
            status: DeliveryStatus.Read
        })
    }

    Sample {
        dayText: ""
        content: MessageContents.of({ kind: ContentKind.Text, formattedText: root.lines, timeText: "0123456789:" })
    }

    TextArea {
        placeholderText: "A"
        Accessible.ignored: true
    }
}
