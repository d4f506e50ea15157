// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import Tertulia.Timeline
import Tertulia.ViewModels

// The right pane on canned data.
TimelinePage {
    id: root

    property TimelineModel timelineModel: SampleTimeline {
    }

    emoji: SampleEmoji {
    }
    conversation: ConversationViewModel {
        title: "Alice Moreau"
        initials: "AM"
        colorIndex: 6
        isOnline: true
        presenceText: qsTr("online")
        timeline: root.timelineModel
        composer: ComposerViewModel {
        }
    }
}
