// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtTest
import Tertulia.Theme

TestCase {
    name: "Bidi"

    function test_names_data() {
        return [
            { tag: "Latin", text: "Ana Torres", isolated: "Ana Torres" },
            { tag: "Hebrew", text: "רות", isolated: "\u2068רות\u2069" },
            { tag: "Arabic among Latin", text: "Ana محمد", isolated: "\u2068Ana محمد\u2069" },
            { tag: "Adlam", text: "\ud83a\udd00", isolated: "\u2068\ud83a\udd00\u2069" },
            { tag: "emoji", text: "\ud83d\ude00", isolated: "\ud83d\ude00" },
            { tag: "nothing", text: "", isolated: "" },
        ];
    }

    function test_names(data) {
        compare(Bidi.isolated(data.text), data.isolated);
    }
}
