// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme

// Our mark, and what this page is.
Column {
    id: root

    required property string title
    required property string subtitle
    required property bool isOnServer
    required property bool isEncrypted
    required property bool isExposed

    spacing: Theme.space2

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Theme.scaled(60)
        height: width
        radius: Theme.scaled(18)
        color: Theme.fill

        Icon {
            anchors.centerIn: parent
            name: Icon.Bubbles
            size: Theme.scaled(34)
            color: Theme.textOnFill
        }
    }

    Item {
        width: 1
        height: Theme.space1
    }

    Label {
        width: parent.width
        text: root.title
        font.pixelSize: Theme.fontHeading
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.role: Accessible.Heading
        Accessible.name: root.title
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.space1

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.isOnServer && (root.isEncrypted || root.isExposed)
            name: root.isExposed ? Icon.Alert : Icon.Lock
            size: Theme.scaled(14)
            color: root.isExposed ? Theme.textDanger : Theme.textSecondary
        }

        Label {
            width: Math.min(implicitWidth, root.width - Theme.space5)
            text: root.subtitle
            color: Theme.textSecondary
            Accessible.role: Accessible.StaticText
            Accessible.name: root.subtitle
        }
    }

    Label {
        width: parent.width
        visible: root.isOnServer && root.isExposed
        text: qsTr("This connection is not encrypted: others on the network can read your password.")
        font.pixelSize: Theme.fontSmall
        color: Theme.textDanger
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
