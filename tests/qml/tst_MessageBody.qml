// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Theme
import Tertulia.Timeline
import Tertulia.ViewModels

// Each kind of message has its component, and a kind that nobody knows has a sentence.
Item {
    id: root

    width: 400
    height: 320

    MessageBody {
        id: body

        content: MessageContents.of({ kind: ContentKind.Text, formattedText: "Words", timeText: "12:00" })
        isGroupEnd: true
        maximumWidth: 360
    }

    TestCase {
        id: test

        name: "MessageBody"
        when: windowShown

        function show(more) {
            body.content = MessageContents.of(Object.assign({ formattedText: "Words", timeText: "12:00" }, more));
            return findChild(body, "words");
        }

        function plain(words) {
            return words.getText(0, words.length);
        }

        function test_kind_choosesTheLook_data() {
            return [
                { tag: "text", kind: ContentKind.Text, bare: false, quiet: false, says: "Words" },
                { tag: "emoji", kind: ContentKind.Emoji, bare: true, quiet: false, says: "Words" },
                { tag: "deleted", kind: ContentKind.Deleted, bare: false, quiet: true, says: "Words" },
                { tag: "unknown", kind: ContentKind.Unknown, bare: false, quiet: true, says: "This version cannot show this message." },
                { tag: "of a later version", kind: 99, bare: false, quiet: true, says: "This version cannot show this message." }
            ];
        }

        function test_kind_choosesTheLook(data) {
            const words = show({ kind: data.kind });
            compare(plain(words), data.says);
            compare(words.font.pixelSize, data.bare ? Theme.fontEmoji : Theme.fontBody);
            compare(words.font.italic, data.quiet);
            compare(body.width, body.implicitWidth); // at once, or the view would jump
            verify(body.width > 20 && body.height > 10);
        }

        function test_sameKind_keepsItsComponent() {
            show({ kind: ContentKind.Text });
            const before = body.item;
            const words = show({ kind: ContentKind.Text, formattedText: "Other words", isOwn: true });
            compare(body.item, before);
            compare(plain(words), "Other words");
            show({ kind: ContentKind.Emoji });
            verify(body.item !== before);
        }

        function test_selection_isOfTheWords_andGoesWithThem() {
            const words = show({ kind: ContentKind.Text });
            words.selectAll();
            compare(body.selectedText, "Words");
            body.deselect();
            compare(body.selectedText, "");
            show({ kind: ContentKind.Text }).selectAll();
            show({ kind: ContentKind.Deleted });
            compare(body.selectedText, "");
        }

        function test_blank_isComplete_andAWrongNameIsTold() {
            const blank = MessageContents.of({});
            compare(blank.isOwn, false);
            compare(blank.reactionsText, "");
            ignoreWarning(/a MessageContent has no such fields: reaction/);
            MessageContents.of({ reaction: "?" });
        }
    }
}
