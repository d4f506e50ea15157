// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// What tells and asks.
StorySet {
    stories: [
        Story {
            name: "controls-messages"
            width: 460
            height: 760
            content: Sheet {
                Banner { width: parent.width; text: qsTr("Offline. 2 messages wait and are sent as soon as there is a connection."); actionText: qsTr("Retry") }
                Skeleton { width: parent.width; height: Theme.rowHeight * 3; rows: 3 }
                EmptyState { width: parent.width; height: implicitHeight; title: qsTr("No conversations yet"); text: qsTr("Find somebody on this server and write the first message."); actionText: qsTr("New conversation") }
                ErrorState { width: parent.width; height: implicitHeight; text: qsTr("The server cannot be reached.") }

                Item {
                    width: parent.width
                    height: Theme.barHeight

                    Toast { id: toast; anchors.horizontalCenter: parent.horizontalCenter; Component.onCompleted: toast.show(qsTr("The conversation could not be opened.")) }
                }
            }
        },
        Story {
            name: "controls-menu"
            width: 320
            height: 220
            content: Sheet {
                Menu {
                    id: menu

                    title: qsTr("Message")
                    Component.onCompleted: Qt.callLater(menu.open)

                    MenuItem { text: "14:05"; enabled: false }
                    MenuItem { glyph: Icon.Copy; text: qsTr("Copy text") }
                    MenuItem { glyph: Icon.Trash; danger: true; text: qsTr("Delete") }
                }
            }
        },
        Story {
            name: "controls-dialog"
            width: 560
            height: 320
            content: Sheet {
                Dialog {
                    id: dialog

                    title: qsTr("Delete this conversation?")
                    message: qsTr("It goes from your list on all your devices. %1 keeps it.").arg("Alice Moreau")
                    acceptText: qsTr("Delete")
                    danger: true
                    Component.onCompleted: Qt.callLater(dialog.open)
                }
            }
        }
    ]
}
