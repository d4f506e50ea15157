// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Theme

// Everything that is written can be read: WCAG 2.1 AA for each pair that the interface uses, in both schemes and in
// every accent.
TestCase {
    id: root

    readonly property list<string> backgrounds: ["canvas", "window", "raised", "field", "hover", "pressed", "selected",
        "bubble", "bubbleOwn"]

    name: "Theme"

    function channel(value) {
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    function luminance(color) {
        return 0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b);
    }

    function contrast(a, b) {
        const one = luminance(a), other = luminance(b);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    function check(foreground, background, least) {
        const found = contrast(Theme[foreground], Theme[background]);
        verify(found >= least, foreground + " on " + background + ": " + found.toFixed(2) + ", wanted " + least);
    }

    function cleanup() {
        Theme.dark = false;
        Theme.accentIndex = 0;
        Theme.textScale = 1;
        Theme.reducedMotion = false;
    }

    function test_contrast_data() {
        const rows = [];
        for (let accent = 0; accent < Theme.accents.length; ++accent) {
            for (const dark of [false, true])
                rows.push({ tag: Theme.accents[accent].name + (dark ? ", dark" : ", light"), accent: accent, dark: dark });
        }
        return rows;
    }

    function test_contrast(row) {
        Theme.dark = row.dark;
        Theme.accentIndex = row.accent;
        for (const background of root.backgrounds) {
            check("text", background, 4.5);
            check("textSecondary", background, 4.5);
            check("textAccent", background, 4.5);
        }
        for (const background of ["canvas", "window", "raised", "field", "hover", "pressed", "bubble", "bubbleOwn"])
            check("textDanger", background, 4.5);
        for (const background of ["fill", "fillHover", "fillPressed", "dangerFill", "badgeMuted"])
            check("textOnFill", background, 4.5);
        check("textOnTooltip", "tooltip", 4.5);
        check("textOnWarning", "warningFill", 4.5);
        check("text", "selection", 4.5);
        // What is no text but must be seen: 3 to 1.
        for (const background of ["canvas", "window", "raised", "field"]) {
            check("focus", background, 3);
            check("outline", background, 3);
        }
        for (const background of ["window", "hover", "selected"])
            check("online", background, 3);
        check("fill", "window", 3);
    }

    function test_initialsAreReadable() {
        for (let i = 0; i < Theme.avatars.length; ++i)
            verify(contrast(Theme.avatarFill(i), Theme.textOnFill) >= 4.5, "avatar colour " + i);
    }

    function test_textScale_scalesTypeAndWhatHoldsIt() {
        const row = Theme.rowHeight, body = Theme.fontBody;
        Theme.textScale = 2;
        compare(Theme.fontBody, body * 2);
        compare(Theme.rowHeight, row * 2);
    }

    function test_accentIndexOutOfRange_isTheNearest() {
        Theme.accentIndex = 99;
        compare(Theme.accent.name, Theme.accents[Theme.accents.length - 1].name);
        Theme.accentIndex = -1;
        compare(Theme.accent.name, Theme.accents[0].name);
    }

    function test_reducedMotion_stopsEverything() {
        Theme.reducedMotion = true;
        compare(Theme.quick + Theme.gentle, 0);
    }
}
