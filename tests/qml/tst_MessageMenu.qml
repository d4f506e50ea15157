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

        property var reactions: []

        function react(rowId: string, reaction: string) {
            reactions.push(rowId + ":" + reaction);
        }
        function linksOf(rowId: string): list<string> {
            return ["https://tertulia.example/minutes", "https://tertulia.example/b"];
        }
    }

    EmojiModel {
        id: emoji

        Component.onCompleted: emoji.append([{ emoji: "👍", name: "thumbs up" }, { emoji: "❤️", name: "red heart" }])
    }

    TimelineView {
        id: view

        emoji: emoji
        anchors.fill: parent
        timeline: model
    }

    TestCase {
        name: "MessageMenu"
        when: windowShown

        function init() {
            model.reactions = [];
            model.set(0, { rowId: "1", content: content({}), dayText: "", isFirstUnread: false, isGroupStart: true, isGroupEnd: true });
            tryVerify(() => view.isPlaced && view.count === 1);
        }

        function content(more: var): var {
            return MessageContents.of(Object.assign({ kind: ContentKind.Text, formattedText: "Words", timeText: "12:00", accessibleText: "Words",
                fullTimeText: "Monday, 30 November 2026, 12:00:00, and more words than a menu is usually wide" }, more));
        }

        function show(more: var) {
            model.set(0, { content: content(more) });
        }

        // The menu of a message and the emoji hang on the view.
        function popupWith(property: string): var {
            const loaders = Array.from(view.children).find(child => child.react !== undefined);
            return Array.from(loaders.data).find(loader => loader.item && loader.item[property] !== undefined).item;
        }

        function openMenu(): var {
            view.forceActiveFocus();
            keyClick(Qt.Key_Up);
            keyClick(Qt.Key_F10, Qt.ShiftModifier);
            const menu = popupWith("links");
            tryVerify(() => menu.opened);
            return menu;
        }

        function itemOf(menu: var, text: string): var {
            for (let i = 0; i < menu.count; ++i) {
                if (menu.itemAt(i).text.startsWith(text))
                    return menu.itemAt(i);
            }
            return null;
        }

        function test_reaction_isChosenByKeys_andTakenBack() {
            const menu = openMenu();
            verify(itemOf(menu, "React").visible);
            verify(!itemOf(menu, "Take back").visible);
            itemOf(menu, "React").triggered();
            menu.close();
            const picker = popupWith("picked");
            tryVerify(() => picker.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Return);
            compare(model.reactions, ["1:❤️"]);
            tryVerify(() => !picker.visible);
            show({ ownReaction: "❤️" });
            const again = openMenu();
            verify(itemOf(again, "Take back").visible);
            itemOf(again, "Take back").triggered();
            compare(model.reactions, ["1:❤️", "1:"]);
            again.close();
            tryVerify(() => !again.visible);
        }

        function pillOf(item) {
            if (item.objectName === "reactions")
                return item;
            for (const child of Array.from(item.children)) {
                const found = pillOf(child);
                if (found)
                    return found;
            }
            return null;
        }

        function test_reactions_showInAPill_beneathTheBubble() {
            const row = view.itemAtIndex(0);
            const before = row.height;
            compare(pillOf(row), null);
            show({ reactionsBy: "Bo: 👍", reactionsText: "👍" });
            const pill = pillOf(row);
            verify(pill !== null);
            compare(row.height, before + pill.height + 2 * Theme.hairline); // at once, or the view would jump
            compare(pill.Accessible.name, "Reactions: Bo: 👍");
            mouseClick(pill);
            const picker = popupWith("picked");
            tryVerify(() => picker.opened);
            picker.close();
            tryVerify(() => !picker.visible);
            show({});
            compare(row.height, before);
        }

        function test_whatIsNotSentOrDeleted_takesNoReaction_data() {
            return [{ tag: "sending", content: { status: DeliveryStatus.Sending } },
                { tag: "failed", content: { status: DeliveryStatus.Failed } },
                { tag: "deleted", content: { kind: ContentKind.Deleted } }];
        }

        function test_whatIsNotSentOrDeleted_takesNoReaction(data) {
            show(data.content);
            const menu = openMenu();
            verify(!itemOf(menu, "React").visible);
            menu.close();
            tryVerify(() => !menu.visible);
        }

        function test_links_areReachedByKeys() {
            const menu = openMenu();
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
