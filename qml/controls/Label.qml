// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Emoji, which is C++
import Tertulia.Theme

// Text of the interface: plain, one line that ends in an ellipsis unless told otherwise. Words with emoji in them are
// drawn as rich text, escaped, because that alone can name the colour font; it cannot end in an ellipsis, so that is
// done here.
LabelText {
    id: root

    property string text: ""
    property bool isShowing: false
    readonly property bool isRich: root.textFormat === Text.RichText

    // In this order: never are words that somebody wrote taken for rich text, nor laid out for nothing.
    function show() {
        if (root.isShowing)
            return;
        const hasEmoji = Emoji.isIn(root.text);
        if (!hasEmoji && !root.isRich) {
            root.shown = root.text; // nearly always
            return;
        }
        root.isShowing = true;
        if (root.isRich !== hasEmoji)
            root.shown = "";
        if (hasEmoji) {
            root.textFormat = Text.RichText;
            root.shown = Emoji.toHtml(root.text, root.effectiveHorizontalAlignment);
            if (root.wrapMode === Text.NoWrap && root.elide !== Text.ElideNone && root.implicitWidth > root.width)
                root.shown = Emoji.toHtml(Emoji.elided(root.text, root.font, root.width), root.effectiveHorizontalAlignment);
        } else {
            root.textFormat = Text.PlainText;
            root.shown = root.text;
        }
        root.isShowing = false;
    }

    function showRich() {
        if (root.isRich)
            root.show();
    }

    color: Theme.text
    font.pixelSize: Theme.fontBody
    elide: Text.ElideRight
    onTextChanged: root.show()
    onWidthChanged: root.showRich()
    onFontChanged: root.showRich()
    onEffectiveHorizontalAlignmentChanged: root.showRich()
    Component.onCompleted: root.showRich()
}
