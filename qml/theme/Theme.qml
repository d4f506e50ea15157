// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick

// Every colour, size and duration of the window. The shell writes the five choices at the top from the settings;
// everything else follows. Rules: docs/decisions/0100-own-design-system.md.
QtObject {
    id: root

    // What the person, or the desktop, has chosen.
    property bool dark: false
    property int accentIndex: 0
    property real textScale: 1.0
    property bool compact: false
    property bool reducedMotion: false

    // Backgrounds, from the back to the front.
    readonly property color canvas: dark ? "#121416" : "#eef1f3"
    readonly property color window: dark ? "#1a1c1f" : "#ffffff"
    readonly property color raised: dark ? "#25282c" : "#ffffff"
    readonly property color field: dark ? "#2a2d32" : "#f0f2f4"
    readonly property color hover: dark ? "#222528" : "#f3f5f6"
    readonly property color pressed: dark ? "#2d3135" : "#e7eaed"
    readonly property color selected: dark ? accent.darkSelected : accent.lightSelected
    readonly property color bubble: dark ? "#24272b" : "#ffffff"
    readonly property color bubbleOwn: dark ? accent.darkBubble : accent.lightBubble
    readonly property color scrim: dark ? "#99000000" : "#59000000"
    readonly property color tooltip: dark ? "#e3e6e9" : "#2a2e33"
    readonly property color warningFill: dark ? "#3a3017" : "#fdf3d7"
    readonly property color dangerFill: "#c0362c"

    // What is written and drawn on them.
    readonly property color text: dark ? "#eceef0" : "#1a1d21"
    readonly property color textSecondary: dark ? "#adb4bb" : "#59616a"
    readonly property color textDisabled: dark ? "#6d747c" : "#9aa2aa"
    readonly property color textAccent: dark ? accent.darkText : accent.lightText
    readonly property color textDanger: dark ? "#ff9a91" : "#b3261e"
    readonly property color textOnFill: "#ffffff"
    readonly property color textOnTooltip: dark ? "#1a1d21" : "#f4f5f6"
    readonly property color textOnWarning: dark ? "#f3dfa6" : "#5b4508"
    readonly property color online: dark ? "#3fbf76" : "#1a8f4f"

    // Fills and lines.
    readonly property color fill: accent.fill
    readonly property color fillHover: Qt.darker(accent.fill, 1.08)
    readonly property color fillPressed: Qt.darker(accent.fill, 1.18)
    readonly property color badgeMuted: dark ? "#565d65" : "#6b737c"
    readonly property color divider: dark ? "#2c3035" : "#e3e7ea"
    readonly property color outline: dark ? "#7e868f" : "#7d858d"
    readonly property color focus: textAccent
    readonly property color shadow: dark ? "#66000000" : "#26000000"
    readonly property color selection: dark ? Qt.darker(accent.fill, 1.15) : Qt.lighter(accent.lightBubble, 0.93)

    // People without a picture: white initials on one of eight, stable by id.
    readonly property list<QtObject> avatars: [
        AvatarColor { fill: "#be505f" }, AvatarColor { fill: "#ad6140" }, AvatarColor { fill: "#8e7034" },
        AvatarColor { fill: "#518030" }, AvatarColor { fill: "#308266" }, AvatarColor { fill: "#387d97" },
        AvatarColor { fill: "#5c70c3" }, AvatarColor { fill: "#975ac2" }
    ]

    readonly property list<QtObject> accents: [
        Accent {
            name: qsTr("Teal", "accent colour")
            fill: "#10817a"
            lightText: "#0e706a"; lightSelected: "#e1f4f2"; lightBubble: "#d8f1ee"
            darkText: "#4fc9bf"; darkSelected: "#1d3836"; darkBubble: "#1f4340"
        },
        Accent {
            name: qsTr("Blue", "accent colour")
            fill: "#2273d0"
            lightText: "#1d61af"; lightSelected: "#e1ebf6"; lightBubble: "#d9e7f6"
            darkText: "#82aee2"; darkSelected: "#212f40"; darkBubble: "#26384d"
        },
        Accent {
            name: qsTr("Violet", "accent colour")
            fill: "#7d5acb"
            lightText: "#6740c2"; lightSelected: "#ebe6f8"; lightBubble: "#e5ddf6"
            darkText: "#b29de3"; darkSelected: "#2c2442"; darkBubble: "#342a50"
        },
        Accent {
            name: qsTr("Rose", "accent colour")
            fill: "#c8346a"
            lightText: "#ab2858"; lightSelected: "#f8e6ed"; lightBubble: "#f6dce6"
            darkText: "#e78fae"; darkSelected: "#3c222c"; darkBubble: "#482936"
        },
        Accent {
            name: qsTr("Amber", "accent colour")
            fill: "#b05714"
            lightText: "#994c11"; lightSelected: "#f8ece2"; lightBubble: "#f5e5d6"
            darkText: "#e2a777"; darkSelected: "#3a2b20"; darkBubble: "#453324"
        },
        Accent {
            name: qsTr("Green", "accent colour")
            fill: "#267f47"
            lightText: "#207040"; lightSelected: "#e2f4e8"; lightBubble: "#d9f0e1"
            darkText: "#62cd88"; darkSelected: "#203729"; darkBubble: "#244131"
        },
        Accent {
            name: qsTr("Indigo", "accent colour")
            fill: "#5a62c9"
            lightText: "#4a51b8"; lightSelected: "#e8e9f8"; lightBubble: "#e0e2f6"
            darkText: "#9fa5e6"; darkSelected: "#262840"; darkBubble: "#2d304d"
        },
        Accent {
            name: qsTr("Graphite", "accent colour")
            fill: "#626d77"
            lightText: "#4a545d"; lightSelected: "#e6eaed"; lightBubble: "#dfe5e9"
            darkText: "#b4bfc9"; darkSelected: "#2d3238"; darkBubble: "#353b42"
        }
    ]
    readonly property Accent accent: accents[Math.max(0, Math.min(accentIndex, accents.length - 1))] as Accent

    // Type, in pixels of a 100 % window.
    readonly property int fontCaption: scaled(11)
    readonly property int fontSmall: scaled(12)
    readonly property int fontBody: scaled(14)
    readonly property int fontTitle: scaled(15)
    readonly property int fontHeading: scaled(20)
    readonly property int fontDisplay: scaled(26)
    readonly property int fontEmoji: scaled(34)
    readonly property string messageStyle: `<style>a { color: ${textAccent}; text-decoration: none }
        code, pre { font-family: monospace } blockquote { margin: 0 ${space3}px } ul, ol { margin: 0 }</style>`

    // Distances: steps of four.
    readonly property int space1: 4
    readonly property int space2: 8
    readonly property int space3: 12
    readonly property int space4: 16
    readonly property int space5: 24
    readonly property int space6: 32
    readonly property int hairline: 1
    readonly property int focusWidth: 2

    readonly property int radiusSmall: 6
    readonly property int radius: 8
    readonly property int radiusLarge: 12
    readonly property int radiusBubble: 14
    readonly property int radiusJoint: 5

    // Sizes that more than one place needs.
    readonly property int iconSmall: scaled(16)
    readonly property int icon: scaled(20)
    readonly property int iconHuge: scaled(48)
    readonly property int controlHeight: scaled(compact ? 32 : 36)
    readonly property int barHeight: scaled(compact ? 48 : 54)
    readonly property int avatarSmall: scaled(compact ? 26 : 30)
    readonly property int avatar: scaled(compact ? 34 : 44)
    readonly property int rowHeight: scaled(compact ? 48 : 62)
    readonly property int sidebarWidth: scaled(320)
    readonly property int sidebarMinimum: scaled(240)
    readonly property int narrowWidth: scaled(640)
    readonly property int formWidth: scaled(340)
    readonly property int readingWidth: scaled(640)
    readonly property int bubbleWidth: scaled(520)
    readonly property int columnWidth: scaled(860)
    readonly property int dialogWidth: scaled(420)

    // Motion; nothing moves when the person wants it so.
    readonly property int quick: reducedMotion ? 0 : 90
    readonly property int gentle: reducedMotion ? 0 : 180
    readonly property int pulse: 1100
    readonly property int toastTime: 4000
    readonly property int tooltipDelay: 600

    // An address that has room in one line, with all of its host: a long one may hide whose it is.
    function shortened(address: string): string {
        const host = address.slice("https://".length).search(/[\/?#]/);
        const kept = Math.max(80, host < 0 ? 0 : "https://".length + host + 1);
        return address.length > kept ? address.slice(0, kept) + "…" : address;
    }

    function scaled(pixels: real): int {
        return Math.round(pixels * root.textScale);
    }

    function avatarFill(index: int): color {
        return (root.avatars[index % root.avatars.length] as AvatarColor).fill;
    }
}
