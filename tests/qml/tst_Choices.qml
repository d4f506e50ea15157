// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls

Item {
    id: root

    width: 400
    height: 300

    Column {
        anchors.fill: parent
        spacing: 12

        Switch {
            id: toggle

            width: parent.width
            text: "Sound"
        }

        Segmented {
            id: segmented

            accessibleName: "Colours"
            options: ["System", "Light", "Dark"]
            onChosen: index => segmented.currentIndex = index
        }

        Slider {
            id: slider

            accessibleName: "Text size"
            stepSize: 0.1
        }

        Swatch {
            id: swatch

            text: "Teal"
            swatchColor: "teal"
        }
    }

    TestCase {
        name: "Choices"
        when: windowShown

        function test_switch_togglesByKeyAndClick() {
            compare(toggle.Accessible.name, "Sound");
            toggle.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            verify(toggle.checked);
            keyClick(Qt.Key_Return);
            verify(!toggle.checked);
            mouseClick(toggle);
            verify(toggle.checked);
            verify(toggle.Accessible.checked);
        }

        function test_segmented_isEven_andStaysInItsWidth() {
            const segments = Array.from(segmented.contentItem.children).filter(child => child.width > 0);
            compare(segments.length, 3);
            verify(segments.every(segment => Math.abs(segment.width - segments[0].width) < 0.01));
            for (const width of [segmented.implicitWidth - 20, 80]) {
                segmented.width = width;
                tryVerify(() => segments.every(segment => segment.width > 0 && segment.x + segment.width < width));
            }
            verify(segments[0].contentItem.truncated);
            segmented.width = undefined;
        }

        function test_segmented_movesByArrows_andStopsAtTheEnds() {
            segmented.currentIndex = 0;
            segmented.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Right);
            compare(segmented.currentIndex, 2);
            keyClick(Qt.Key_Left);
            compare(segmented.currentIndex, 1);
        }

        function test_segmented_arrowsFollowTheDirectionOfWriting() {
            segmented.currentIndex = 0;
            segmented.LayoutMirroring.enabled = true;
            segmented.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Left);
            compare(segmented.currentIndex, 1);
            segmented.LayoutMirroring.enabled = false;
        }

        function test_slider_movesByArrows() {
            slider.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            fuzzyCompare(slider.value, 0.1, 0.001);
            compare(slider.Accessible.name, "Text size");
        }

        function test_swatch_isNamedAndChosen() {
            compare(swatch.Accessible.name, "Teal");
            swatch.checked = true;
            verify(swatch.Accessible.checked);
        }
    }
}
