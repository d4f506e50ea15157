// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls
import Tertulia.Conversations
import Tertulia.Shell
import Tertulia.Timeline
import Tertulia.ViewModels

// Whatever happens to a model and to a view, in any order, each row shows the model's row. `stage` is of setup.h.
Item {
    id: root

    width: 420
    height: 420

    Component {
        id: timelineView

        TimelineView { anchors.fill: parent }
    }

    Component {
        id: timelineModel

        TimelineModel {}
    }

    Component {
        id: conversationView

        ConversationList { anchors.fill: parent }
    }

    Component {
        id: conversationModel

        ConversationListModel {
            state: PageState.Content
        }
    }

    Component {
        id: peopleView

        PeoplePane { anchors.fill: parent }
    }

    Component {
        id: peopleModel

        PeopleSearchModel {
            state: PageState.Content
        }
    }

    Component {
        id: switcherView

        Switcher {}
    }

    Component {
        id: switcherModel

        SwitcherModel {}
    }

    Component {
        id: emojiView

        EmojiPicker {}
    }

    Component {
        id: emojiModel

        EmojiModel {}
    }

    Component {
        id: accountsView

        AccountsPopup {
            id: popup

            property AccountListModel accounts: null

            application: ApplicationViewModel {
                accounts: popup.accounts
            }
        }
    }

    Component {
        id: accountsModel

        AccountListModel {}
    }

    TestCase {
        id: test

        property int serial: 0
        property int dice: 0

        name: "RowsWalk"
        when: windowShown

        // Always the same numbers for one seed.
        function random(below) {
            test.dice = (test.dice + 0x6D2B79F5) | 0;
            let t = Math.imul(test.dice ^ (test.dice >>> 15), 1 | test.dice);
            t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
            return ((t ^ (t >>> 14)) >>> 0) % below;
        }

        function person(words) {
            return { title: words, username: "@" + words, initials: words.slice(0, 2), colorIndex: random(8), accessibleText: words };
        }

        function target(words) {
            return { title: words, subtitle: "of " + words, initials: words.slice(0, 2), colorIndex: random(8), isOnline: random(2) === 0,
                unreadCount: random(9), accessibleText: words };
        }

        function message(words) {
            return { rowId: words, dayText: random(5) === 0 ? words : "", isFirstUnread: random(9) === 0, isGroupStart: random(2) === 0,
                isGroupEnd: random(2) === 0, content: MessageContents.of({ kind: random(5), isOwn: random(2) === 0,
                    formattedText: random(3) === 0 ? "<s>" + words + "</s>" : words, timeText: words, fullTimeText: words, status: random(6),
                    statusText: words, failureText: words, accessibleText: words, reactionsText: random(3) === 0 ? words : "",
                    reactionsBy: words, ownReaction: random(2) === 0 ? words : "" }) };
        }

        function conversation(words) {
            return Object.assign(target(words), { conversationId: words, preview: words, previewPrefix: random(3) === 0 ? words : "",
                isDraft: random(5) === 0, isTyping: random(5) === 0, typingText: words, timeText: words, status: random(6), isMuted: random(3) === 0,
                isCurrent: random(9) === 0 });
        }

        function account(words) {
            return { accountId: words, displayName: words, username: words, serverName: words, initials: words.slice(0, 2), colorIndex: random(8),
                unreadCount: random(5), connectivity: random(2), isCurrent: random(3) === 0 };
        }

        function reusing(item) {
            if (item.reuseItems === true)
                return item;
            for (let i = 0; i < item.children.length; ++i) {
                const found = reusing(item.children[i]);
                if (found)
                    return found;
            }
            return null;
        }

        function fill(model, make, count) {
            for (let i = 0; i < count; ++i)
                model.append(make("r" + ++test.serial));
        }

        function change(model, make) {
            const count = model.count;
            const row = count > 0 ? random(count) : 0;
            switch (random(count > 0 ? 7 : 2)) {
            case 0:
                fill(model, make, 1 + random(30));
                break;
            case 1:
                model.insert(row, make("r" + ++test.serial));
                break;
            case 2:
                model.remove(row, 1 + random(Math.min(6, count - row)));
                break;
            case 3:
                model.move(row, random(count), 1);
                break;
            case 4:
                model.set(row, make("r" + ++test.serial));
                break;
            case 5:
                stage.reset(model);
                break;
            default:
                if (random(4) === 0)
                    model.clear();
                break;
            }
        }

        function scroll(view) {
            const room = Math.max(0, view.contentHeight - view.height);
            if (random(2) === 0 && view.count > 0)
                view.positionViewAtIndex(random(view.count), ListView.Contain);
            else
                view.contentY = view.originY + (room > 0 ? random(room) : 0);
        }

        function test_walk_data() {
            return [
                { tag: "timeline", view: timelineView, model: timelineModel, property: "timeline", make: message },
                { tag: "conversations", view: conversationView, model: conversationModel, property: "conversations", make: conversation },
                { tag: "people", view: peopleView, model: peopleModel, property: "people", make: person },
                { tag: "switcher", view: switcherView, model: switcherModel, property: "switcher", make: target },
                { tag: "emoji", view: emojiView, model: emojiModel, property: "emoji", make: words => ({ emoji: words, name: words }) },
                { tag: "accounts", view: accountsView, model: accountsModel, property: "accounts", make: account }
            ];
        }

        // Several models take turns: other conversations, other accounts.
        function test_walk(data) {
            let looked = 0;
            for (let seed = 1; seed <= 4; ++seed) {
                test.dice = seed;
                const models = [0, 1, 2].map(() => createTemporaryObject(data.model, root));
                models.forEach(model => fill(model, data.make, random(60)));
                const page = createTemporaryObject(data.view, root, { [data.property]: models[0] });
                if (page.open)
                    page.open();
                const view = reusing(page.contentItem && !page.itemAtIndex ? page.contentItem : page);
                verify(view);
                for (let step = 0; step < 80; ++step) {
                    const dice = random(8);
                    if (dice === 0)
                        page[data.property] = models[random(3)];
                    else if (dice < 4)
                        scroll(view);
                    else
                        change(dice < 7 ? page[data.property] : models[random(3)], data.make);
                    if (random(3) > 0) // else several things come together
                        continue;
                    wait(0);
                    view.forceLayout();
                    looked += view.Rows.shownRows();
                    compare(view.Rows.wrongRows(), [], "seed " + seed + ", step " + step);
                }
                page.destroy();
                wait(0);
            }
            verify(looked > 200, "looked at " + looked + " rows");
        }
    }
}
