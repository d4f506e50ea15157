// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

// What is pressed, filled in and chosen, in every state.
StorySet {
    stories: [
        Story {
            name: "controls-buttons"
            width: 640
            height: 260
            content: Sheet {
                Row {
                    spacing: Theme.space3

                    Button { text: qsTr("Filled") }
                    Button { text: qsTr("Tonal"); kind: Button.Tonal }
                    Button { text: qsTr("Plain"); kind: Button.Plain }
                    Button { text: qsTr("Danger"); kind: Button.Danger }
                    Button { text: qsTr("Disabled"); enabled: false }
                }

                Row {
                    spacing: Theme.space3

                    Button { id: focused; text: qsTr("Focused"); Component.onCompleted: forceActiveFocus(Qt.TabFocusReason) }
                    TextButton { anchors.verticalCenter: focused.verticalCenter; text: qsTr("A word that leads on") }
                }

                Row {
                    spacing: Theme.space1

                    IconButton { glyph: Icon.Compose; text: qsTr("New conversation") }
                    IconButton { glyph: Icon.Emoji; text: qsTr("Emoji") }
                    IconButton { glyph: Icon.Send; text: qsTr("Send"); tint: Theme.textAccent }
                    IconButton { glyph: Icon.Send; text: qsTr("Send"); enabled: false }
                    IconButton { glyph: Icon.Eye; text: qsTr("Show password") }
                }
            }
        },
        Story {
            name: "controls-fields"
            width: 420
            height: 420
            content: Sheet {
                FormField {
                    width: parent.width
                    label: qsTr("User name")
                    hint: qsTr("As others see it.")

                    TextField { width: parent.width; accessibleName: qsTr("User name"); placeholderText: "anna" }
                }

                FormField {
                    width: parent.width
                    label: qsTr("Password")
                    errorText: qsTr("User name or password is wrong.")

                    PasswordField { width: parent.width; accessibleName: qsTr("Password"); text: "secret"; errorText: qsTr("User name or password is wrong.") }
                }

                TextField { width: parent.width; accessibleName: qsTr("Your name"); text: "Anna"; Component.onCompleted: forceActiveFocus(Qt.TabFocusReason) }
                SearchField { width: parent.width; placeholderText: qsTr("Search"); text: "ali" }
                TextArea { width: parent.width; placeholderText: qsTr("Write a message"); background: Rectangle { radius: Theme.radius; color: Theme.field } }
            }
        },
        Story {
            name: "controls-choices"
            width: 420
            height: 380
            content: Sheet {
                Switch { width: parent.width; text: qsTr("Play a sound"); checked: true }
                Switch { width: parent.width; text: qsTr("Enter sends"); description: qsTr("Enter begins a new line, Ctrl+Enter sends.") }
                Switch { width: parent.width; text: qsTr("Show notifications"); enabled: false }
                Segmented { accessibleName: qsTr("Colours"); options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]; currentIndex: 1 }
                Slider { accessibleName: qsTr("Text size"); value: 0.4 }

                Row {
                    spacing: Theme.space2

                    Repeater {
                        model: Theme.accents

                        delegate: Swatch {
                            required property int index
                            required property Accent modelData

                            swatchColor: modelData.fill
                            text: modelData.name
                            checked: index === 2
                        }
                    }
                }
            }
        },
        Story {
            name: "controls-marks"
            width: 560
            height: 360
            content: Sheet {
                Row {
                    spacing: Theme.space3

                    Repeater {
                        model: 8

                        delegate: Avatar {
                            required property int index

                            initials: "AB"
                            colorIndex: index
                            online: index % 2 === 0
                        }
                    }
                }

                Row {
                    spacing: Theme.space3

                    Badge { count: 1 }
                    Badge { count: 28 }
                    Badge { count: 1024 }
                    Badge { count: 7; muted: true }
                    Tick { status: DeliveryStatus.Sending }
                    Tick { status: DeliveryStatus.Sent }
                    Tick { status: DeliveryStatus.Delivered }
                    Tick { status: DeliveryStatus.Read }
                    Tick { status: DeliveryStatus.Failed }
                    Spinner { }
                }

                Grid {
                    columns: 12
                    spacing: Theme.space4

                    Repeater {
                        model: Icon.Up

                        delegate: Icon {
                            required property int index

                            name: index + 1
                            size: Theme.scaled(24)
                            color: Theme.text
                        }
                    }
                }
            }
        }
    ]
}
