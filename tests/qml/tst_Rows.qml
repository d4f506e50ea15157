// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls

// Whatever becomes of a view's model, each row shows a row of the model that it has now. `stage` is of setup.h.
Item {
    id: root

    width: 420
    height: 420

    component Words: Text {
        required property int index
        required property string words

        width: 60
        height: 20
        text: words
    }

    Component {
        id: listComponent

        ListView {
            property ListModel rows: null

            anchors.fill: parent
            verticalLayoutDirection: ListView.BottomToTop
            cacheBuffer: 0
            Rows.model: rows
            delegate: Words {
            }
        }
    }

    Component {
        id: plainModel

        ListModel {
        }
    }

    Component {
        id: keysComponent

        FocusScope {
            property alias view: list

            focus: true

            ListView {
                id: list

                property ListModel rows: null

                width: 100
                height: 100
                focus: true
                Rows.model: rows
                delegate: Words {
                }
            }
        }
    }

    TestCase {
        name: "Rows"
        when: windowShown

        function fill(model, count) {
            for (let i = 0; i < count; ++i)
                model.append({ words: "row " + i });
        }

        // Qt leaves the keys with the row, which is nowhere.
        function test_keys_ofARowThatWaits_goToTheView() {
            const model = createTemporaryObject(plainModel, root);
            fill(model, 3);
            const scope = createTemporaryObject(keysComponent, root);
            const view = scope.view;
            view.rows = model;
            view.forceActiveFocus();
            tryVerify(() => view.currentItem && view.currentItem.activeFocus);
            model.clear();
            tryCompare(root.Window, "activeFocusItem", view);
            fill(model, 2);
            tryVerify(() => view.currentItem && view.currentItem.activeFocus);
            // Nor do they come to it when the view gets them.
            view.currentIndex = 1;
            root.forceActiveFocus();
            model.clear();
            view.forceActiveFocus();
            tryCompare(root.Window, "activeFocusItem", view);
        }

        function test_anotherModel_whileRowsWait() {
            const first = createTemporaryObject(plainModel, root), second = createTemporaryObject(plainModel, root);
            fill(first, 900);
            second.append([{ words: "second a" }, { words: "second b" }]);
            const view = createTemporaryObject(listComponent, root, { rows: first });
            waitForRendering(view);
            for (let i = 0; i < 5; ++i) { // from now on rows wait
                first.insert(0, { words: "first" });
                view.positionViewAtBeginning();
                view.forceLayout();
            }
            view.rows = second;
            view.forceLayout();
            compare(view.itemAtIndex(0).words, "second a");
            compare(view.itemAtIndex(1).words, "second b");
            compare(view.Rows.wrongRows(), []);
        }

        function test_modelThatGoes_leavesNothing() {
            const model = plainModel.createObject(root);
            fill(model, 50);
            const view = createTemporaryObject(listComponent, root, { rows: model });
            compare(view.count, 50);
            model.destroy();
            tryCompare(view, "count", 0);
            compare(view.Rows.model, null);
        }

        function test_rowThatIsWrong_isSeen() {
            const model = createTemporaryObject(plainModel, root);
            fill(model, 3);
            const view = createTemporaryObject(listComponent, root, { rows: model });
            view.forceLayout();
            compare(view.Rows.wrongRows(), []);
            compare(view.Rows.shownRows(), 3);
            waitForRendering(view);
            if (stage.isDebug()) // by itself, with the next frame
                ignoreWarning(/row 1 shows another words than its model has/);
            view.itemAtIndex(1).words = "another's";
            waitForRendering(view);
            compare(view.Rows.wrongRows(), ["row 1 shows another words than its model has"]);
        }
    }
}
