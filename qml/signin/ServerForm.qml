// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

FocusScope {
    id: root

    required property SignInViewModel signIn

    implicitHeight: form.implicitHeight
    Component.onCompleted: field.forceActiveFocus(Qt.TabFocusReason)

    Column {
        id: form

        width: parent.width
        spacing: Theme.space4

        FormField {
            width: parent.width
            label: qsTr("Server address")
            hint: qsTr("For example chat.example.org")
            errorText: root.signIn.addressError

            TextField {
                id: field

                width: parent.width
                focus: true
                enabled: !root.signIn.isBusy
                leadingIcon: Icon.Server
                accessibleName: qsTr("Server address")
                inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
                text: root.signIn.address
                errorText: root.signIn.addressError
                onTextEdited: root.signIn.address = text
                onAccepted: root.signIn.checkServer()
            }
        }

        BusyButton {
            width: parent.width
            text: qsTr("Continue")
            busyText: qsTr("Looking for the server…")
            busy: root.signIn.isBusy
            ready: root.signIn.canContinue
            onClicked: root.signIn.checkServer()
            onStopped: root.signIn.back()
        }
    }
}
