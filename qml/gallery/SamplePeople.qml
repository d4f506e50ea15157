// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml
import Tertulia.ViewModels

PeopleSearchModel {
    id: root

    state: PageState.Content
    Component.onCompleted: {
        for (const p of [["Alina Petrescu", "@alina", "AP", 1], ["Alistair Crane", "@alistair", "AC", 0], ["Ali Rezaei", "@ali.rezaei", "AR", 2]])
            root.append({ userId: p[1], title: p[0], username: p[1], initials: p[2], colorIndex: p[3], accessibleText: p[0] });
    }
}
