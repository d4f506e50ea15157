// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml.Models

ListModel {
    id: root

    property string search: ""
    property list<string> categories: []
    property list<string> categoryEmoji: []

    function use(emoji: string) {}
    function refresh() {}
    function firstRow(category: int): int {
        return 0;
    }
    function emojiAt(row: int): string {
        return root.get(row).emoji;
    }
}
