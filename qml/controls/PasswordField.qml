// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme

TextField {
    id: root

    echoMode: eye.checked ? TextInput.Normal : TextInput.Password
    inputMethodHints: Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
    rightPadding: root.LayoutMirroring.enabled ? Theme.space3 : Theme.controlHeight
    leftPadding: root.LayoutMirroring.enabled ? Theme.controlHeight : Theme.space3

    IconButton {
        id: eye

        objectName: "eye"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        checkable: true
        glyph: eye.checked ? Icon.EyeOff : Icon.Eye
        text: eye.checked ? qsTr("Hide password") : qsTr("Show password")
    }
}
