// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Timeline
import Tertulia.ViewModels

// Tests of the view of the messages stand on it: a model that tells what it was asked, and a view that fills `stage`.
TestCase {
    id: test

    required property Item stage
    property TimelineModel model: null
    property TimelineView view: null
    readonly property Component modelComponent: Component {
        TimelineModel {
            property int olderAsked: 0
            property int firstSeen: -1
            property int lastSeen: -1
            property int latestAsked: 0
            property int jumpsDropped: 0
            property int arrived: -1

            function loadOlder() {
                olderAsked += 1;
            }
            function markVisible(firstRow, lastRow) {
                firstSeen = firstRow;
                lastSeen = lastRow;
            }
            function goToLatest() {
                latestAsked += 1;
                latestReached();
            }
            function dropJump() {
                jumpsDropped += 1;
            }
            function arrivedRow() {
                return arrived;
            }
            function rowOf(rowId) {
                for (let i = 0; i < count; ++i) {
                    if (get(i).rowId === rowId)
                        return i;
                }
                return -1;
            }
        }
    }
    readonly property Component viewComponent: Component {
        TimelineView {
            anchors.fill: parent
        }
    }

    when: windowShown

    // `more`: of the content.
    function message(id, more) {
        return { rowId: String(id), dayText: id % 20 === 0 ? "Monday" : "", isFirstUnread: false, isGroupStart: id % 2 === 0, isGroupEnd: id % 2 === 1,
            content: MessageContents.of(Object.assign({ kind: ContentKind.Text, isOwn: id % 3 === 0, formattedText: "Message " + id
                + (id % 5 === 0 ? " which is so long that it needs several lines of the view, because it has a lot to say about this and that and the other" : ""),
                timeText: "12:00", fullTimeText: "today at 12:00", accessibleText: "Message " + id }, more || {})) };
    }

    function setContent(row, more) {
        test.model.set(row, { content: MessageContents.of(Object.assign({}, test.model.get(row).content, more)) });
    }

    function fill(count, properties) {
        test.model = createTemporaryObject(test.modelComponent, test.stage, properties || {});
        const rows = [];
        for (let i = 0; i < count; ++i)
            rows.push(message(count - i));
        test.model.append(rows);
        test.view = createTemporaryObject(test.viewComponent, test.stage, { timeline: test.model });
        tryVerify(() => test.view.isPlaced);
        tryVerify(() => test.model.firstSeen >= 0);
    }

    function bottomOf(row) {
        const item = test.view.itemAtIndex(row);
        return item.y + item.height - test.view.contentY;
    }

    function countRows() {
        let made = 0;
        for (let i = 0; i < test.view.contentItem.children.length; ++i)
            made += test.view.contentItem.children[i] instanceof MessageRow ? 1 : 0;
        return made;
    }
}
