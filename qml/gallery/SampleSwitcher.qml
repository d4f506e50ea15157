// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml
import Tertulia.ViewModels

SwitcherModel {
    id: root

    property bool isFull: true

    Component.onCompleted: {
        if (!root.isFull)
            return;
        const people = [["Alice Moreau", "", "AM", 6, true, 2], ["Bohdan Kovalenko", "", "BK", 3, true, 0], ["יעל כהן", "", "יכ", 4, false, 0],
            ["Alina Petrescu", "@alina", "AP", 1, false, 0], ["Alistair Crane", "@alistair", "AC", 0, false, 0]];
        for (const p of people)
            root.append({ kind: p[1] ? SwitcherKind.Person : SwitcherKind.Conversation, targetId: p[0], title: p[0], subtitle: p[1],
                initials: p[2], colorIndex: p[3], isOnline: p[4], unreadCount: p[5], accessibleText: p[0] });
    }
}
