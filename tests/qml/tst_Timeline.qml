// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Timeline

// The view of the messages stays where the person is, whatever comes above or below.
Item {
    id: root

    width: 600
    height: 500

    TimelineStage {
        id: test

        name: "Timeline"
        stage: root

        function test_opens_atTheLatest() {
            fill(100);
            verify(test.view.atYEnd);
            verify(test.view.isFollowing);
            compare(test.model.firstSeen, 0);
        }

        function test_day_floatsWhileThePersonMoves() {
            fill(100);
            verify(!test.view.isDayShown);
            test.view.scrollBy(-600);
            tryVerify(() => test.view.isDayShown);
            compare(test.view.topDay, "Yesterday");
            // Not beside its own separator.
            const separated = test.view.itemAtIndex(test.model.lastSeen);
            test.model.setProperty(test.model.lastSeen, "dayText", "Yesterday");
            test.view.contentY = separated.y - 1;
            tryVerify(() => !test.view.isDayShown);
            test.view.contentY = separated.y + separated.height / 2;
            tryVerify(() => test.view.isDayShown);
            tryVerify(() => !test.view.isDayShown, 3000);
        }

        function test_newMessage_showsNoDay() {
            fill(100);
            test.model.insert(0, message(101));
            wait(50);
            verify(!test.view.isDayShown);
        }

        function test_fewMessages_standAtTheBottom() {
            fill(2);
            verify(bottomOf(0) > root.height - 40);
        }

        function test_opens_atTheFirstUnread() {
            fill(100, { firstUnread: 40 });
            const item = test.view.itemAtIndex(40);
            verify(item);
            verify(item.y - test.view.contentY >= -1);
            verify(!test.view.isFollowing);
        }

        function test_opens_whereItWasLeft() {
            fill(100, { anchor: 30 });
            fuzzyCompare(bottomOf(30), root.height, 1);
        }

        function test_newMessage_isFollowed_atTheBottom() {
            fill(100);
            test.model.insert(0, message(101));
            tryVerify(() => test.view.atYEnd && Math.abs(bottomOf(0) - root.height) < 30);
        }

        function test_newMessage_movesNothing_furtherUp() {
            fill(200);
            test.view.scrollBy(-3000);
            tryVerify(() => !test.view.isFollowing);
            const row = test.model.firstSeen + 2;
            const place = bottomOf(row);
            test.model.insert(0, message(201));
            tryVerify(() => test.view.itemAtIndex(row + 1) && test.view.itemAtIndex(row + 1).rowId === String(200 - row));
            verify(Math.abs(bottomOf(row + 1) - place) <= 1, "moved by " + (bottomOf(row + 1) - place));
        }

        function test_olderMessages_moveNothing() {
            fill(60, { hasOlder: true });
            test.view.positionViewAtEnd();
            tryVerify(() => test.model.olderAsked > 0 && test.model.lastSeen === 59);
            const row = test.model.firstSeen + 1;
            const place = bottomOf(row);
            for (let i = 0; i < 50; ++i)
                test.model.append(message(-i));
            wait(30);
            verify(Math.abs(bottomOf(row) - place) <= 1, "moved by " + (bottomOf(row) - place));
        }

        function test_reusedRows_areAsWideAsTheirWords_onTheirSide() {
            fill(300);
            for (let i = 0; i < 40; ++i) {
                test.view.scrollBy(-200);
                wait(5);
            }
            let seen = 0;
            for (let i = 0; i < test.view.contentItem.children.length; ++i) {
                const row = test.view.contentItem.children[i];
                if (!(row instanceof MessageRow) || !row.visible)
                    continue;
                const bubble = findChild(row, "bubble");
                compare(bubble.width, bubble.implicitWidth, row.content.accessibleText);
                compare(bubble.x, row.isOwn ? bubble.parent.width - bubble.width : 0, row.content.accessibleText);
                ++seen;
            }
            verify(seen > 5);
        }

        function test_growingRow_keepsTheBottom() {
            fill(100);
            setContent(0, { formattedText: "a<br><br><br>b" });
            tryVerify(() => test.view.atYEnd);
        }

        // The row's one value is compared as every role is.
        function test_rowWithTheContentOfAnother_isSeen() {
            fill(10);
            compare(test.view.Rows.wrongRows(), []);
            test.view.itemAtIndex(1).content = message(77).content;
            compare(test.view.Rows.wrongRows(), ["row 1 shows another content than its model has"]);
            test.view.itemAtIndex(1).content = message(9).content;
            compare(test.view.Rows.wrongRows(), []);
        }

        function test_smallerView_keepsTheBottom() {
            fill(100);
            root.height = 300;
            tryVerify(() => test.view.atYEnd);
            root.height = 500;
            tryVerify(() => test.view.atYEnd);
        }

        function test_keys_walkAndJump() {
            fill(100);
            test.view.forceActiveFocus(Qt.TabFocusReason);
            compare(test.view.currentIndex, 0);
            verify(test.view.itemAtIndex(0).isFocusShown);
            keyClick(Qt.Key_Up);
            compare(test.view.currentIndex, 1);
            keyClick(Qt.Key_PageUp);
            tryVerify(() => !test.view.isFollowing);
            keyClick(Qt.Key_End);
            tryVerify(() => test.view.atYEnd);
            compare(test.model.latestAsked, 1);
        }

        // Else they are with what nobody sees, and a screen reader is told of nothing.
        function test_keys_stayWithWhatIsThere_whenTheRowGoesOutOfSight() {
            fill(300);
            test.view.forceActiveFocus(Qt.TabFocusReason);
            verify(root.Window.activeFocusItem instanceof MessageRow);
            test.view.goTo("5");
            tryVerify(() => test.view.itemAtIndex(0) === null);
            for (let i = 0; i < 10; ++i) {
                test.view.scrollBy(-1000);
                wait(10);
            }
            compare(root.Window.activeFocusItem, test.view);
        }

        function test_keys_beginAtWhatIsInSight_alsoInTheNextConversation() {
            fill(100);
            const rows = Array.from({ length: 100 }, (_, i) => message(1000 - i));
            const next = createTemporaryObject(test.modelComponent, root);
            next.append(rows);
            test.view.timeline = next;
            tryVerify(() => test.view.isPlaced && next.firstSeen >= 0);
            test.view.scrollBy(-2000);
            test.view.forceActiveFocus(Qt.TabFocusReason);
            const first = test.view.currentIndex;
            verify(first > 5, first);
            keyClick(Qt.Key_Up);
            compare(test.view.currentIndex, first + 1);
            root.forceActiveFocus();
            test.view.forceActiveFocus(Qt.TabFocusReason);
            compare(test.view.currentIndex, first + 1);
            test.view.scrollBy(-2000);
            keyClick(Qt.Key_Up);
            verify(test.view.currentIndex > first + 5, test.view.currentIndex);
        }

        function test_ownMessage_bringsTheViewDown() {
            fill(100);
            test.view.scrollBy(-2000);
            tryVerify(() => !test.view.isFollowing);
            test.model.latestReached();
            tryVerify(() => test.view.atYEnd);
        }

        // Many rows, few delegates: what is not seen is not there.
        function test_hundredThousand_holdFewDelegates() {
            fill(5000);
            verify(countRows() < 80, countRows());
            for (let i = 0; i < 50; ++i) {
                test.view.scrollBy(-900);
                wait(1);
            }
            verify(countRows() < 120, countRows());
        }
    }
}
