// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

Section {
    id: root

    required property SettingsViewModel settings

    title: qsTr("Appearance")

    Setting {
        width: parent.width
        label: qsTr("Colours")

        Segmented {
            width: Math.min(implicitWidth, root.width)
            accessibleName: qsTr("Colours")
            options: [qsTr("System", "follow the desktop"), qsTr("Light"), qsTr("Dark")]
            currentIndex: root.settings.theme
            onChosen: index => root.settings.theme = index
        }
    }

    Setting {
        width: parent.width
        label: qsTr("Accent")

        Flow {
            readonly property int natural: Theme.accents.length * (Theme.scaled(30) + Theme.space2) - Theme.space2

            width: Math.min(natural, root.width)
            spacing: Theme.space2

            Repeater {
                model: Theme.accents

                delegate: Swatch {
                    required property int index
                    required property Accent modelData

                    swatchColor: modelData.fill
                    text: modelData.name
                    checked: root.settings.accentIndex === index
                    onClicked: root.settings.accentIndex = index
                }
            }
        }
    }

    Setting {
        width: parent.width
        label: qsTr("Text size")

        Row {
            spacing: Theme.space2

            Slider {
                id: size

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.width - percent.width - Theme.space2)
                accessibleName: qsTr("Text size")
                valueText: percent.text
                from: 0.8
                to: 2
                stepSize: 0.1
                snapMode: T.Slider.SnapAlways
                live: false
                value: root.settings.textScale
                onMoved: root.settings.textScale = valueAt(position)
            }

            Label {
                id: percent

                anchors.verticalCenter: parent.verticalCenter
                width: Theme.scaled(46)
                horizontalAlignment: Text.AlignRight
                text: qsTr("%1 %", "text size in per cent").arg(Math.round(size.valueAt(size.position) * 100))
                color: Theme.textSecondary
            }
        }
    }

    Setting {
        width: parent.width
        label: qsTr("Density")

        Segmented {
            width: Math.min(implicitWidth, root.width)
            accessibleName: qsTr("Density")
            options: [qsTr("Comfortable"), qsTr("Compact")]
            currentIndex: root.settings.density
            onChosen: index => root.settings.density = index
        }
    }

    Switch {
        width: parent.width
        text: qsTr("Reduce motion")
        checked: root.settings.reducedMotion
        onToggled: root.settings.reducedMotion = checked
    }
}
