// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// All accounts with what is unread in each, and the ways to the settings. Arrows walk, Return takes, Escape leaves.
T.Popup {
    id: root

    required property ApplicationViewModel application

    signal settingsRequested()
    signal shortcutsRequested()

    implicitWidth: Theme.scaled(280)
    implicitHeight: column.implicitHeight + topPadding + bottomPadding
    padding: Theme.space1
    margins: Theme.space2
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: list.forceActiveFocus(Qt.PopupFocusReason)

    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick }
    }
    background: Surface {
    }
    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.PopupMenu
        Accessible.name: qsTr("Accounts")

        Column {
            id: column

            width: parent.width

            ListView {
                id: list

                width: parent.width
                height: Math.min(contentHeight, Theme.scaled(260))
                Rows.model: root.application.accounts
                interactive: contentHeight > height
                clip: true
                highlightFollowsCurrentItem: false
                activeFocusOnTab: true
                KeyNavigation.down: add
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Accounts")
                Keys.onReturnPressed: (list.currentItem as AccountRow)?.clicked()
                Keys.onSpacePressed: (list.currentItem as AccountRow)?.clicked()

                delegate: AccountRow {
                    id: row

                    highlighted: row.ListView.isCurrentItem && list.activeFocus
                    onClicked: {
                        root.close();
                        root.application.switchTo(row.accountId);
                    }
                }
            }

            Item {
                width: parent.width
                height: Theme.space2

                Divider {
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.margins: Theme.space2
                    anchors.verticalCenter: parent.verticalCenter
                }
            }

            ActionRow {
                id: add

                width: parent.width
                glyph: Icon.Plus
                text: qsTr("Add account…")
                KeyNavigation.up: list
                KeyNavigation.down: settings
                onClicked: {
                    root.close();
                    root.application.addAccount();
                }
            }

            ActionRow {
                id: settings

                width: parent.width
                glyph: Icon.Settings
                text: qsTr("Settings")
                KeyNavigation.down: keys
                onClicked: {
                    root.close();
                    root.settingsRequested();
                }
            }

            ActionRow {
                id: keys

                width: parent.width
                glyph: Icon.Keyboard
                text: qsTr("Keyboard shortcuts")
                onClicked: {
                    root.close();
                    root.shortcutsRequested();
                }
            }
        }
    }
}
