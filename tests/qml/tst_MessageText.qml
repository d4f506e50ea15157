// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Theme
import Tertulia.Timeline
import Tertulia.ViewModels

// A reused message looks as if it were new, and each of its lines runs in its own direction. Pictures are compared.
Item {
    id: root

    width: 400
    height: 320

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    component Bubble: MessageBubble {
        width: implicitWidth
        height: implicitHeight
        maximumWidth: 360
        content: MessageContents.of({ timeText: "12:00" })
        isGroupEnd: false
    }

    Bubble {
        id: reused
    }

    Component {
        id: fresh

        Bubble {
            y: 160
        }
    }

    TestCase {
        id: test

        readonly property list<string> texts: ["<p>Words</p>", "<p><s>struck</s> out</p>", "<p><a href='https://a.example'>a link</a></p>", "<p><b>bold</b></p>",
            "<p><code>code</code> first</p>", "<p>👍 yes</p>", "<p>❤️</p>", "<ul><li>one</li></ul>",
            "<blockquote><p><i>said</i></p></blockquote>", "<p dir=\"rtl\">שלום</p>", "<pre>x = 1</pre>"]

        name: "MessageText"
        when: windowShown

        function test_reusedText_looksLikeNew() {
            for (let from = 0; from < test.texts.length; ++from) {
                for (let to = 0; to < test.texts.length; ++to) {
                    reused.text = test.texts[from];
                    reused.isQuiet = from % 3 === 0;
                    reused.isBare = from % 4 === 0;
                    waitForRendering(reused, 20);
                    reused.isBare = false;
                    reused.isQuiet = false;
                    reused.text = test.texts[to];
                    const other = createTemporaryObject(fresh, root, { text: test.texts[to] });
                    verify(grabImage(reused).equals(grabImage(other)), test.texts[from] + " → " + test.texts[to]);
                    other.destroy();
                }
            }
        }

        function test_time_standsBehindTheLastLine_neverOnIt_data() {
            return [
                { tag: "left", last: "<p dir=\"ltr\">there</p>", inline: true },
                { tag: "right", last: "<p dir=\"rtl\">שלום</p>", inline: false },
                { tag: "left, ends in Hebrew", last: "<p dir=\"ltr\">and שלום</p>", inline: true },
                { tag: "right, ends in an emoji", last: "<p dir=\"rtl\">שלום 🚉</p>", inline: false },
                { tag: "right, ends in English", last: "<p dir=\"rtl\">שלום Bo</p>", inline: false }
            ];
        }

        function test_time_standsBehindTheLastLine_neverOnIt(data) {
            for (const first of ["<p dir=\"ltr\">A line that is longer than the other one</p>", "<p dir=\"rtl\">שורה ארוכה יותר מן האחרת שמתחתיה</p>"]) {
                const bubble = createTemporaryObject(fresh, root, { text: first + data.last });
                compare(bubble.isMetaInline, data.inline, first);
                bubble.destroy();
            }
        }

        // Else its edge is not that of the others.
        function test_bubble_isSomePixelsWide_noneInParts() {
            for (const text of test.texts.concat("<ul><li>one</li><li>two</li></ul>", "<p>more</p><p>i</p>")) {
                const bubble = createTemporaryObject(fresh, root, { text: text });
                compare(bubble.implicitWidth, Math.round(bubble.implicitWidth), text);
                bubble.destroy();
            }
        }

        function test_line_beginsOnItsSide() {
            const bubble = createTemporaryObject(fresh, root, { text: "<p dir=\"ltr\">Hello there</p><p dir=\"rtl\">שלום</p><p dir=\"ltr\">Bo</p>" });
            const words = findChild(bubble, "words");
            compare(words.positionToRectangle(0).x, 0);
            fuzzyCompare(words.positionToRectangle(12).x, words.width, 1);
            compare(words.positionToRectangle(17).x, 0);
        }
    }
}
