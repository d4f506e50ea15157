// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Conversations
import Tertulia.Theme

// A person in a list, in a popup, chosen or not.
Item {
    width: 300
    height: 100

    PersonRow {
        id: row

        width: parent.width
        accessibleText: "Ada"
        title: "Ada"
        initials: "A"
        isOnline: true
    }

    TestCase {
        name: "PersonRow"
        when: windowShown

        // It is cut out of the picture, by the colour of what is behind it.
        function test_dot_isOnTheColourOfItsRow() {
            const face = Array.from(row.contentItem.children).find(child => child instanceof Avatar);
            compare(face.backdrop, Theme.window);
            row.ground = Theme.raised;
            compare(face.backdrop, Theme.raised);
            row.highlighted = true;
            compare(face.backdrop, Theme.pressed);
            row.current = true;
            compare(face.backdrop, Theme.selected);
        }
    }
}
