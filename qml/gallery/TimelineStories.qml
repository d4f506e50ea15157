// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import Tertulia.ViewModels

// The right pane in every state.
StorySet {
    stories: [
        Story {
            name: "timeline-content"
            width: 640
            height: 560
            content: TimelineStory {
            }
        },
        Story {
            name: "timeline-loading"
            width: 640
            height: 560
            content: TimelineStory {
                timelineModel: SampleTimeline {
                    isLive: false
                    state: PageState.Loading
                }
            }
        },
        Story {
            name: "timeline-empty"
            width: 640
            height: 560
            content: TimelineStory {
                timelineModel: SampleTimeline {
                    isLive: false
                    state: PageState.Empty
                }
            }
        },
        Story {
            name: "timeline-error"
            width: 640
            height: 560
            content: TimelineStory {
                timelineModel: SampleTimeline {
                    isLive: false
                    state: PageState.Error
                    errorText: qsTr("The server cannot be reached.")
                }
            }
        },
        Story {
            name: "timeline-older"
            width: 640
            height: 560
            content: TimelineStory {
                timelineModel: SampleTimeline {
                    isLoadingOlder: true
                    anchor: 6
                    unreadCount: 12
                    nextUnread: NextUnread.Below
                }
                conversation.isTyping: true
                conversation.typingText: qsTr("typing…")
            }
        },
        Story {
            name: "timeline-unread"
            width: 640
            height: 560
            content: TimelineStory {
                timelineModel: SampleTimeline {
                    firstUnread: 4
                    unreadCount: 1203
                    nextUnread: NextUnread.Below
                    hasNewer: true
                    isJumping: true
                }
            }
        },
        Story {
            name: "timeline-unread-above"
            width: 640
            height: 560
            content: TimelineStory {
                timelineModel: SampleTimeline {
                    unreadCount: 74
                    nextUnread: NextUnread.Above
                    jumpErrorText: qsTr("The messages could not be loaded. The server cannot be reached.")
                }
            }
        },
        Story {
            name: "timeline-read-only"
            width: 640
            height: 560
            content: TimelineStory {
                conversation.isReadOnly: true
                conversation.isOnline: false
                conversation.presenceText: ""
                conversation.readOnlyText: qsTr("This account no longer exists.")
            }
        },
        Story {
            name: "composer-long"
            width: 640
            height: 560
            content: TimelineStory {
                conversation.composer.text: "The first line\nthe second, which is rather long so that it has to be wrapped somewhere before its end, or even twice if the window is narrow\nthe third"
            }
        },
        Story {
            name: "composer-limit"
            width: 640
            height: 560
            content: TimelineStory {
                conversation.composer.text: "Nearly full"
                conversation.composer.remaining: 42
                conversation.composer.isRemainingShown: true
            }
        },
        Story {
            name: "composer-refused"
            width: 640
            height: 560
            content: TimelineStory {
                conversation.composer.text: "Hello"
                conversation.composer.errorText: qsTr("Too many messages are waiting already.")
            }
        },
        Story {
            name: "composer-too-long"
            width: 640
            height: 560
            content: TimelineStory {
                conversation.composer.text: "Too much"
                conversation.composer.remaining: -1234
                conversation.composer.isRemainingShown: true
                conversation.composer.isTooLong: true
                conversation.composer.canSend: false
            }
        }
    ]
}
