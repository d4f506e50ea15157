// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme

// One story at a time, fetched by name. The runner sets the looks, then asks for each story.
Item {
    id: root

    property string current: ""
    readonly property Story story: root.find(root.current)
    readonly property size storySize: root.story ? Qt.size(root.story.width, root.story.height) : Qt.size(960, 640)
    readonly property var names: root.allNames()
    readonly property list<StorySet> sets: [
        ShellStories {
        },
        ConversationStories {
        },
        TimelineStories {
        },
        PageStories {
        },
        ControlStories {
        },
        NoticeStories {
        }
    ]

    function find(name: string): Story {
        for (let i = 0; i < root.sets.length; ++i) {
            for (let j = 0; j < root.sets[i].stories.length; ++j) {
                if (root.sets[i].stories[j].name === name)
                    return root.sets[i].stories[j];
            }
        }
        return null;
    }

    function allNames(): var {
        const names = [];
        for (let i = 0; i < root.sets.length; ++i) {
            for (let j = 0; j < root.sets[i].stories.length; ++j)
                names.push(root.sets[i].stories[j].name);
        }
        return names;
    }

    function turn(by: int) {
        const row = root.names.indexOf(root.current) + by;
        root.current = root.names[(row + root.names.length) % root.names.length];
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }

    Loader {
        anchors.fill: parent
        focus: true
        sourceComponent: root.story ? root.story.content : null
    }
}
