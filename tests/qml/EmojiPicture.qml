// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Timeline

// Each sample once a column, in the ways that texts are drawn here (tst_emojifonts.cpp cuts the picture up). `samples`
// has pairs: the words, and the same as the formatter gives them.
Rectangle {
    id: root

    required property var samples
    readonly property int cell: 96

    width: cell * samples.length
    height: cell * 5
    color: "white"

    Repeater {
        model: root.samples

        delegate: Item {
            id: column

            required property int index
            required property var modelData

            x: root.cell * index

            // As it should be, and as the picker does it: the colour font alone.
            Text {
                x: 8
                text: Emoji.alone(column.modelData[0])
                font.family: Emoji.family
                font.pixelSize: 20
            }

            MessageText {
                x: 8
                y: root.cell
                text: column.modelData[1]
                font.pixelSize: 20
            }

            Label {
                x: 8
                y: 2 * root.cell
                text: column.modelData[0]
                font.pixelSize: 20
            }

            TextArea {
                y: 3 * root.cell
                width: root.cell
                leftPadding: 8
                text: column.modelData[0]
                font.pixelSize: 20
            }

            // As Qt has it when nobody helps.
            Text {
                x: 8
                y: 4 * root.cell
                text: column.modelData[0]
                textFormat: Text.PlainText
                font.pixelSize: 20
            }
        }
    }
}
