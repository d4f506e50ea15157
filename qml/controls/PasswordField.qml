// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

TextField {
    id: root

    property bool isShown: false

    echoMode: root.isShown ? TextInput.Normal : TextInput.Password
    inputMethodHints: Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
    rightPadding: root.LayoutMirroring.enabled ? Theme.space3 : Theme.controlHeight
    leftPadding: root.LayoutMirroring.enabled ? Theme.controlHeight : Theme.space3

    IconButton {
        id: eye

        objectName: "eye"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        glyph: root.isShown ? Icon.EyeOff : Icon.Eye
        text: root.isShown ? qsTr("Hide password") : qsTr("Show password")
        onClicked: root.isShown = !root.isShown
    }
}
