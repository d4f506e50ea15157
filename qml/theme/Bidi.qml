// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton
import QtQml

// Names in sentences (the view models' isolated(), for texts that are put together here).
QtObject {
    // The blocks that Unicode keeps for scripts from right to left (DerivedBidiClass.txt, what unassigned characters have).
    readonly property var rightToLeft: /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\ud802\ud803\ud83a\ud83b]/

    // For putting a name into a sentence: its direction does not reach the words around it.
    function isolated(name: string): string {
        return rightToLeft.test(name) ? "\u2068" + name + "\u2069" : name;
    }
}
