// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Theme
import Tertulia.ViewModels

Item {
    id: root

    width: 300
    height: 200

    Badge {
        id: badge

        count: 0
    }

    Tick {
        id: tick

        status: DeliveryStatus.None
    }

    Avatar {
        id: avatar

        initials: "AB"
        colorIndex: 3
    }

    Icon {
        id: icon

        x: 100
        name: Icon.Send
        size: 24
        color: "red"
    }

    TestCase {
        name: "Marks"
        when: windowShown

        function test_badge_hidesAtZero_andStopsCounting() {
            badge.count = 0;
            verify(!badge.visible);
            badge.count = 7;
            verify(badge.visible);
            verify(badge.width >= badge.height);
            badge.count = 5000;
            compare(badge.children[0].text, "999+");
        }

        function test_tick_hasOnePictureForEachStatus() {
            const seen = [];
            for (const status of [DeliveryStatus.Sending, DeliveryStatus.Sent, DeliveryStatus.Delivered, DeliveryStatus.Read, DeliveryStatus.Failed]) {
                tick.status = status;
                const look = tick.name + String(tick.color);
                verify(!seen.includes(look));
                seen.push(look);
            }
            tick.status = DeliveryStatus.None;
            verify(!tick.visible);
        }

        function test_avatar_colourIsStable_andNeverOutOfRange() {
            compare(String(Theme.avatarFill(3)), String(Theme.avatarFill(3 + Theme.avatars.length)));
        }

        function test_everyIcon_drawsSomething_inItsColour() {
            for (let name = Icon.None + 1; name <= Icon.Up; ++name) {
                icon.name = name;
                waitForRendering(icon);
                const image = grabImage(icon);
                let drawn = 0;
                for (let x = 0; x < 24; ++x) {
                    for (let y = 0; y < 24; ++y)
                        drawn += image.red(x, y) > 150 && image.green(x, y) < 120 ? 1 : 0;
                }
                verify(drawn > 8, "icon " + name + ": " + drawn);
            }
        }
    }
}
