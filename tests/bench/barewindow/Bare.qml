// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls

ApplicationWindow {
    width: 1000
    height: 720
    visible: true
    title: "Bare"

    Column {
        anchors.centerIn: parent
        spacing: 12

        Label {
            text: "A window"
        }

        TextField {
            placeholderText: "A field"
        }

        Button {
            text: "A button"
        }
    }
}
