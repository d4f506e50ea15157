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
    readonly property int count: pages.stories.length + controls.stories.length

    function at(index: int): Story {
        return index < pages.stories.length ? pages.stories[index] : controls.stories[index - pages.stories.length];
    }

    function find(name: string): Story {
        for (let i = 0; i < root.count; ++i) {
            if (root.at(i).name === name)
                return root.at(i);
        }
        return null;
    }

    function allNames(): var {
        const names = [];
        for (let i = 0; i < root.count; ++i)
            names.push(root.at(i).name);
        return names;
    }

    function turn(by: int) {
        const row = root.names.indexOf(root.current) + by;
        root.current = root.names[(row + root.count) % root.count];
    }

    LayoutMirroring.enabled: Qt.application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    PageStories {
        id: pages
    }

    ControlStories {
        id: controls
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
