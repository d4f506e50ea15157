// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// Who is signed in where, and the way out.
Item {
    id: root

    required property AccountViewModel account

    implicitHeight: Math.max(Theme.scaled(64), words.implicitHeight)

    Avatar {
        id: face

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.scaled(56)
        initials: root.account.initials
        colorIndex: root.account.colorIndex
    }

    Column {
        id: words

        anchors.left: face.right
        anchors.leftMargin: Theme.space4
        anchors.right: out.left
        anchors.rightMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter

        Label {
            width: parent.width
            text: root.account.displayName
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        Label {
            width: parent.width
            text: qsTr("%1 on %2", "user name on server").arg(root.account.username).arg(root.account.serverName)
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }

    Button {
        id: out

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        kind: Button.Tonal
        text: qsTr("Sign out…")
        onClicked: question.active = true
    }

    Loader {
        id: question

        active: false
        onLoaded: (question.item as Dialog).open()

        sourceComponent: Dialog {
            title: qsTr("Sign out of %1?", "%1 is a server").arg(root.account.serverName)
            message: root.account.waitingCount > 0
                ? qsTr("%n messages have not been sent yet and will be lost. The copy of your messages on this computer is deleted.",
                    "", root.account.waitingCount)
                : qsTr("The copy of your messages on this computer is deleted. They stay on the server.")
            acceptText: qsTr("Sign out")
            danger: true
            onAccepted: root.account.signOut()
            onClosed: question.active = false
        }
    }
}
