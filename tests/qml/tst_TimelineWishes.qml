// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.ViewModels

// The view of the messages goes where it is told, and nowhere by itself.
Item {
    id: root

    width: 600
    height: 500

    TimelineStage {
        id: test

        name: "TimelineWishes"
        stage: root

        // On a slow machine the key comes before the first rows are laid out.
        function test_wishBeforeTheViewHasItsPlace_isKept_data() {
            return [{ tag: "the latest", wish: "" }, { tag: "a message", wish: "10" }];
        }

        function test_wishBeforeTheViewHasItsPlace_isKept(data) {
            test.model = createTemporaryObject(test.modelComponent, test.stage, { firstUnread: 40 });
            test.view = createTemporaryObject(test.viewComponent, test.stage, { timeline: test.model });
            test.model.append(Array.from({ length: 100 }, (_, i) => message(100 - i)));
            verify(!test.view.isPlaced);
            if (data.wish.length > 0)
                test.model.messageReached(data.wish);
            else
                test.model.latestReached();
            tryVerify(() => test.view.isPlaced && test.model.firstSeen >= 0);
            if (data.wish.length > 0)
                verify(test.view.itemAtIndex(90));
            else
                verify(test.view.atYEnd);
            // Once: what comes later finds its own place.
            verify(!test.view.isWanted);
        }

        // A message that waited or failed, and came back with the end of the window.
        function test_rowAtTheEnd_isNoReasonToGoThere() {
            fill(100, { hasNewer: true });
            test.view.scrollBy(-2000);
            tryVerify(() => !test.view.isFollowing);
            test.model.hasNewer = false;
            test.model.insert(0, message(101, { isOwn: true, status: DeliveryStatus.Failed }));
            wait(50);
            verify(!test.view.atYEnd);
            verify(!test.view.isFollowing);
        }

        function test_wantedRow_comesToTheTop() {
            fill(300);
            test.model.messageReached(String(120));   // row 180
            tryVerify(() => test.model.lastSeen === 180);
            verify(!test.view.isFollowing);
            const item = test.view.itemAtIndex(180);
            verify(item.y >= test.view.contentY - 1);
            test.model.messageReached(String(250));
            test.model.latestReached();   // the last wish wins
            tryVerify(() => test.view.atYEnd);
            verify(test.view.isFollowing);
        }

        function test_movingByHand_dropsTheWish() {
            fill(100);
            const before = test.model.jumpsDropped;
            mouseWheel(test.view, 100, 100, 0, 240);
            tryVerify(() => test.model.jumpsDropped > before);
        }

        // So many came at once that the first of them would pass unseen.
        function test_burst_stopsTheViewAtItsFirst() {
            fill(100);
            test.model.arrived = 39;
            for (let i = 1; i <= 40; ++i)
                test.model.insert(0, message(100 + i));
            tryVerify(() => test.model.lastSeen === 39);
            verify(!test.view.isFollowing);
        }

        // What is under the bar is dragged to by the person: an answer that comes late takes nobody away.
        function test_draggedBar_dropsTheJump() {
            fill(100);
            const before = test.model.jumpsDropped;
            mousePress(test.view, test.view.width - 3, test.view.height / 2);
            mouseRelease(test.view, test.view.width - 3, test.view.height / 2);
            tryVerify(() => test.model.jumpsDropped > before);
        }

        function test_hidden_seesNothing() {
            fill(100);
            test.view.visible = false;
            tryVerify(() => test.model.firstSeen === -1);
            test.view.visible = true;
            tryVerify(() => test.model.firstSeen === 0);
        }
    }
}
