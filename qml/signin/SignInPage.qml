// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The way in, one question at a time: which server, then who.
FocusScope {
    id: root

    required property SignInViewModel signIn

    Keys.onEscapePressed: root.signIn.step === SignInStep.Server ? root.signIn.cancel() : root.signIn.back()

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    IconButton {
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.margins: Theme.space2
        visible: root.signIn.canCancel || root.signIn.step !== SignInStep.Server
        glyph: root.signIn.step === SignInStep.Server ? Icon.Close : Icon.Back
        mirrorsPicture: root.signIn.step !== SignInStep.Server
        text: root.signIn.step === SignInStep.Server ? qsTr("Cancel") : qsTr("Back")
        onClicked: root.signIn.step === SignInStep.Server ? root.signIn.cancel() : root.signIn.back()
    }

    Flickable {
        id: scroller

        anchors.fill: parent
        anchors.topMargin: Theme.barHeight
        contentHeight: page.implicitHeight + 2 * Theme.space5
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: page

            x: Math.round((scroller.width - width) / 2)
            y: Math.max(Theme.space2, Math.round((scroller.height - implicitHeight) * 0.38))
            width: Math.min(Theme.formWidth, scroller.width - 2 * Theme.space5)
            spacing: Theme.space4

            Brand {
                width: parent.width
                title: root.signIn.step === SignInStep.Server ? qsTr("Welcome to Tertulia")
                    : root.signIn.step === SignInStep.SignIn ? qsTr("Sign in") : qsTr("Create an account")
                subtitle: root.signIn.step === SignInStep.Server ? qsTr("Conversations on a server you trust.")
                    : root.signIn.serverName
                isOnServer: root.signIn.step !== SignInStep.Server
                isEncrypted: root.signIn.isEncrypted
                isExposed: root.signIn.isExposed
            }

            Loader {
                width: parent.width
                focus: true
                sourceComponent: root.signIn.step === SignInStep.Server ? serverForm : personForm
            }

            Banner {
                width: parent.width
                radius: Theme.radius
                text: root.signIn.lostListNotice
                glyph: Icon.Info
            }

            Label {
                width: parent.width
                visible: text.length > 0
                text: root.signIn.sessionOnlyNotice
                font.pixelSize: Theme.fontSmall
                color: Theme.textSecondary
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                horizontalAlignment: Text.AlignHCenter
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }

    Component {
        id: serverForm

        ServerForm {
            signIn: root.signIn
        }
    }

    Component {
        id: personForm

        PersonForm {
            signIn: root.signIn
        }
    }
}
