// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// All emoji: those used last, by category, by name. Arrows walk, Return takes, Escape leaves.
T.Popup {
    id: root

    required property EmojiModel emoji
    readonly property int cell: Theme.scaled(38)
    readonly property int columns: 8

    signal picked(text: string)

    function take(row: int) {
        const text = root.emoji.emojiAt(row);
        if (text.length === 0)
            return;
        root.emoji.use(text);
        root.picked(text);
    }

    implicitWidth: root.cell * root.columns + 2 * Theme.space2
    implicitHeight: Theme.scaled(360)
    margins: Theme.space2
    padding: Theme.space2
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        search.clear();
        root.emoji.refresh();
        grid.currentIndex = 0;
        grid.positionViewAtBeginning();
    }
    onOpened: search.forceActiveFocus()

    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick }
    }
    background: Surface {
    }
    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Emoji")

        SearchField {
            id: search

            width: parent.width
            focus: true
            placeholderText: qsTr("Search emoji")
            onTextChanged: {
                root.emoji.search = text;
                grid.currentIndex = 0;
            }
            onEscaped: root.close()
            onAccepted: root.take(grid.currentIndex)
            Keys.onDownPressed: grid.forceActiveFocus(Qt.TabFocusReason)
        }

        Row {
            id: tabs

            anchors.top: search.bottom
            anchors.topMargin: Theme.space1
            visible: search.length === 0
            height: visible ? Theme.scaled(34) : 0

            Repeater {
                model: root.emoji.categories

                delegate: T.AbstractButton {
                    id: tab

                    required property int index
                    required property string modelData

                    width: Math.floor(root.availableWidth / Math.max(1, root.emoji.categories.length))
                    height: tabs.height
                    focusPolicy: Qt.TabFocus
                    text: tab.modelData
                    Accessible.role: Accessible.PageTab
                    Accessible.name: tab.text
                    Accessible.onPressAction: tab.clicked()
                    onClicked: grid.positionViewAtIndex(root.emoji.firstRow(tab.index), GridView.Beginning)

                    Tooltip {
                        text: tab.text
                        shown: tab.hovered
                        pressed: tab.down
                    }

                    contentItem: Text {
                        textFormat: Text.PlainText
                        text: Emoji.alone(root.emoji.categoryEmoji[tab.index])
                        font.family: Emoji.family
                        font.pixelSize: Theme.scaled(17)
                        opacity: tab.hovered || tab.visualFocus ? 1 : 0.7
                        horizontalAlignment: Text.AlignHCenter
                        verticalAlignment: Text.AlignVCenter
                        Accessible.ignored: true
                    }
                    background: Rectangle {
                        radius: Theme.radius
                        color: tab.hovered ? Theme.field : "transparent"

                        FocusRing {
                            gap: -Theme.focusWidth
                            shown: tab.visualFocus
                        }
                    }
                }
            }
        }

        GridView {
            id: grid

            readonly property EmojiCell current: currentItem as EmojiCell

            anchors.top: tabs.bottom
            anchors.topMargin: Theme.space1
            anchors.bottom: caption.top
            width: parent.width
            cellWidth: root.cell
            cellHeight: root.cell
            clip: true
            activeFocusOnTab: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            Rows.model: root.emoji
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Emoji")
            Keys.onReturnPressed: root.take(grid.currentIndex)
            Keys.onSpacePressed: root.take(grid.currentIndex)
            Keys.onEscapePressed: root.close()
            T.ScrollBar.vertical: ScrollBar {
            }

            delegate: EmojiCell {
                id: cell

                size: root.cell
                isFocusShown: cell.GridView.isCurrentItem && grid.activeFocus
                onTapped: index => root.take(index)
                onEntered: index => grid.currentIndex = index
            }
        }

        EmptyState {
            anchors.fill: grid
            visible: grid.count === 0
            glyph: Icon.Neutral
            title: qsTr("No emoji of that name")
        }

        Label {
            id: caption

            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.scaled(22)
            leftPadding: Theme.space1
            text: grid.current ? grid.current.name : ""
            font.pixelSize: Theme.fontSmall
            color: Theme.textSecondary
            verticalAlignment: Text.AlignBottom
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
    }
}
