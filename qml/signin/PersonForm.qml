// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// Who one is: user name and password, and for a new account the name as others see it.
FocusScope {
    id: root

    required property SignInViewModel signIn
    readonly property bool isNew: root.signIn.step === SignInStep.Register

    function go() {
        if (root.isNew)
            root.signIn.registerAccount();
        else
            root.signIn.signIn();
    }

    // The first field that is still empty.
    function begin() {
        if (root.isNew && root.signIn.fullName.length === 0)
            person.forceActiveFocus(Qt.TabFocusReason);
        else if (root.signIn.username.length === 0)
            user.forceActiveFocus(Qt.TabFocusReason);
        else
            secret.forceActiveFocus(Qt.TabFocusReason);
    }

    // The first field that the server refused.
    function mend() {
        if (root.isNew && root.signIn.fullNameError.length > 0)
            person.forceActiveFocus(Qt.TabFocusReason);
        else if (root.signIn.usernameError.length > 0)
            user.forceActiveFocus(Qt.TabFocusReason);
        else if (root.signIn.passwordError.length > 0)
            secret.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitHeight: form.implicitHeight
    onIsNewChanged: root.begin()
    Component.onCompleted: root.begin()

    Connections {
        target: root.signIn
        function onRefused() {
            root.mend();
        }
    }

    Column {
        id: form

        width: parent.width
        spacing: Theme.space4

        FormField {
            width: parent.width
            visible: root.isNew
            label: qsTr("Your name")
            hint: qsTr("As others see it.")
            errorText: root.signIn.fullNameError

            TextField {
                id: person

                width: parent.width
                enabled: !root.signIn.isBusy
                accessibleName: qsTr("Your name")
                text: root.signIn.fullName
                errorText: root.signIn.fullNameError
                onTextEdited: root.signIn.fullName = text
                onAccepted: user.forceActiveFocus(Qt.TabFocusReason)
            }
        }

        FormField {
            width: parent.width
            label: qsTr("User name")
            errorText: root.signIn.usernameError

            TextField {
                id: user

                width: parent.width
                enabled: !root.signIn.isBusy
                accessibleName: qsTr("User name")
                inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
                text: root.signIn.username
                errorText: root.signIn.usernameError
                onTextEdited: root.signIn.username = text
                onAccepted: secret.forceActiveFocus(Qt.TabFocusReason)
            }
        }

        FormField {
            width: parent.width
            label: qsTr("Password")
            errorText: root.signIn.passwordError

            PasswordField {
                id: secret

                width: parent.width
                enabled: !root.signIn.isBusy
                accessibleName: qsTr("Password")
                text: root.signIn.password
                errorText: root.signIn.passwordError
                onTextEdited: root.signIn.password = text
                onAccepted: root.go()
            }
        }

        Label {
            width: parent.width
            visible: text.length > 0
            text: root.signIn.errorText
            font.pixelSize: Theme.fontSmall
            color: Theme.textDanger
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }

        BusyButton {
            width: parent.width
            text: root.isNew ? qsTr("Create account") : qsTr("Sign in")
            busyText: root.isNew ? qsTr("Creating the account…") : qsTr("Signing in…")
            busy: root.signIn.isBusy
            ready: root.signIn.canContinue
            onClicked: root.go()
            onStopped: root.signIn.back()
        }

        TextButton {
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.isNew ? qsTr("I have an account already") : qsTr("Create an account")
            onClicked: root.isNew ? root.signIn.showSignIn() : root.signIn.showRegister()
        }
    }
}
