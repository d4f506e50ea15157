// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Theme

// Words with emoji are drawn in another way than words without; nobody shall notice.
Item {
    id: root

    width: 400
    height: 200

    Component {
        id: labelComponent

        Label {
        }
    }

    Component {
        id: areaComponent

        TextArea {
            width: 300
        }
    }

    TestCase {
        id: test

        name: "Label"
        when: windowShown

        function make(properties) {
            return createTemporaryObject(labelComponent, root, properties);
        }

        function test_wordsWithEmoji_areNeverMarkup() {
            const label = make({ text: "👍 <b>bold</b> &amp; <img src='https://a.example/x.png'>" });
            verify(label.isRich);
            verify(label.shown.indexOf("&lt;b&gt;bold&lt;/b&gt; &amp;amp; &lt;img") > 0, label.shown);
            // Nor for a moment, when emoji come and go.
            const taken = [];
            label.textFormatChanged.connect(() => taken.push(label.shown));
            label.text = "<b>bold</b>";
            label.text = "<b>bold</b> ❤️";
            label.text = "<b>bold</b>";
            verify(!label.isRich);
            compare(label.shown, "<b>bold</b>");
            compare(taken, ["", "", ""]);
        }

        function test_room_isTakenAsIsNeeded() {
            const label = make({ text: "Words" });
            const plain = label.implicitWidth;
            label.text = "Words and 🎉🎉🎉🎉";
            verify(label.implicitWidth > plain + 60);
            compare(label.width, label.implicitWidth);
            verify(label.shown.indexOf("…") < 0);
            label.text = "Words";
            compare(label.implicitWidth, plain);
        }

        function test_baseline_isThatOfWords() {
            const plain = make({ text: "Words" });
            const emoji = make({ text: "👍" });
            fuzzyCompare(emoji.baselineOffset, plain.baselineOffset, 1);
            fuzzyCompare(emoji.implicitHeight, plain.implicitHeight, 3);
        }

        function test_tooLong_endsInAnEllipsis_wholeEmoji() {
            const label = make({ text: "Family 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", width: 120 });
            for (const width of [120, 100, 90, 60, 20]) {
                label.width = width;
                verify(label.implicitWidth <= width, width + ": " + label.implicitWidth);
                verify(label.shown.indexOf("…</p>") > 0, label.shown);
                verify(!/\u200d(<|…)/.test(label.shown), label.shown);
            }
            label.width = 400;
            verify(label.shown.indexOf("…") < 0);
        }

        function test_written_linesRunInTheirDirection() {
            const area = createTemporaryObject(areaComponent, root);
            area.text = "Hello\nשלום\nBo";
            compare(area.positionToRectangle(0).x, area.leftPadding);
            fuzzyCompare(area.positionToRectangle(6).x, area.width - area.rightPadding, 1);
            compare(area.positionToRectangle(11).x, area.leftPadding);
            area.insert(0, "שוב ");
            fuzzyCompare(area.positionToRectangle(0).x, area.width - area.rightPadding, 1);
            compare(area.positionToRectangle(15).x, area.leftPadding);
            area.insert(15, "👍 ");
            compare(area.text, "שוב Hello\nשלום\n👍 Bo");
            area.undo();
            compare(area.text, "שוב Hello\nשלום\nBo");
        }
    }
}
