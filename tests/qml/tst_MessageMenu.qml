// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Theme
import Tertulia.Timeline
import Tertulia.ViewModels

// What can be done with a message, without a mouse.
Item {
    id: root

    width: 600
    height: 400

    TimelineModel {
        id: model

        function linksOf(rowId: string): list<string> {
            return ["https://tertulia.example/minutes", "https://tertulia.example/b"];
        }
    }

    TimelineView {
        id: view

        anchors.fill: parent
        timeline: model
    }

    TestCase {
        name: "MessageMenu"
        when: windowShown

        function test_links_areReachedByKeys() {
            model.append([{ rowId: "1", isOwn: false, formattedText: "Words", isEmojiOnly: false, isDeleted: false,
                timeText: "12:00", fullTimeText: "Monday, 30 November 2026, 12:00:00, and more words than a menu is usually wide", dayText: "", isFirstUnread: false, isGroupStart: true,
                isGroupEnd: true, status: DeliveryStatus.None, statusText: "", failureText: "", accessibleText: "Words" }]);
            tryVerify(() => view.isPlaced);
            view.forceActiveFocus();
            keyClick(Qt.Key_Up);
            keyClick(Qt.Key_F10, Qt.ShiftModifier);
            const menu = Array.from(view.data).find(child => child.item && child.item.links !== undefined).item;
            tryVerify(() => menu.opened);
            for (let i = 0; i < menu.count; ++i)
                verify(menu.itemAt(i).width >= menu.itemAt(i).implicitWidth, "room for " + menu.itemAt(i).text);
            compare(menu.itemAt(0).ink, Theme.textSecondary); // to be read, though nothing can be done with it
            const before = menu.count;
            compare(menu.itemAt(1).text, "Open https://tertulia.example/minutes");
            compare(menu.itemAt(2).text, "Open https://tertulia.example/b");
            keyClick(Qt.Key_Down);
            compare(menu.currentIndex, 1);
            menu.close();
            tryVerify(() => !menu.visible);
            menu.links = [];
            compare(menu.count, before - 2);
        }

        function test_longAddress_showsAllOfItsHost() {
            const host = "a.".repeat(60) + "example";
            compare(Theme.shortened("https://" + host + "/x/y"), "https://" + host + "/…");
            compare(Theme.shortened("https://a.example/" + "x".repeat(100)).length, 81);
            compare(Theme.shortened("https://a.example?" + "x".repeat(100)).length, 81);
            compare(Theme.shortened("mailto:bo@a.example?body=" + "x".repeat(1000)).length, 81);
        }
    }
}
