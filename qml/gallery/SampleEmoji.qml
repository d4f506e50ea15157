// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml
import Tertulia.ViewModels

EmojiModel {
    id: root

    categories: [qsTr("Recent"), qsTr("People"), qsTr("Nature"), qsTr("Food"), qsTr("Activities"), qsTr("Travel"), qsTr("Objects"), qsTr("Symbols")]
    categoryEmoji: ["🕘", "😀", "🐻", "🍎", "⚽", "🚗", "💡", "🔣"]
    Component.onCompleted: {
        for (const emoji of "😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙😋😛😜🤪😝🤑🤗🤭🤫🤔🤐🤨😐😑😶😏😒🙄😬🤥😌😔😪🤤😴😷🤒🤕🤢🤮🤧🥵🥶🥴😵🤯🤠🥳😎🤓🧐")
            root.append({ emoji: emoji, name: "smiling face", category: "People", isRecent: false });
    }
}
