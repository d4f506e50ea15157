// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    id: root

    property string text: ""
    property int cursorPosition: 0
    property string placeholder: qsTr("Write a message")
    property bool canSend: text.length > 0 && !isTooLong
    property int remaining: 5000 - text.length
    property bool isRemainingShown: remaining < 200
    property bool isTooLong: remaining < 0
    property string errorText: ""
    property bool sendOnEnter: true

    function send() {
        root.text = "";
    }
    function textEdited() {}
}
