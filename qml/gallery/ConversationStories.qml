// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import Tertulia.Conversations
import Tertulia.ViewModels

// The left pane in every state.
StorySet {
    stories: [
        Story {
            name: "list-loading"
            width: 320
            height: 560
            content: ConversationList {
                conversations: SampleConversations {
                    isLive: false
                    state: PageState.Loading
                }
            }
        },
        Story {
            name: "list-empty"
            width: 320
            height: 560
            content: ConversationList {
                conversations: SampleConversations {
                    isLive: false
                    state: PageState.Empty
                }
            }
        },
        Story {
            name: "list-error"
            width: 320
            height: 560
            content: ConversationList {
                conversations: SampleConversations {
                    isLive: false
                    state: PageState.Error
                    errorText: qsTr("The server cannot be reached.")
                }
            }
        },
        Story {
            name: "list-nothing-found"
            width: 320
            height: 560
            content: ConversationList {
                conversations: SampleConversations {
                    isLive: false
                    state: PageState.Empty
                    filter: "xyz"
                }
            }
        },
        Story {
            name: "people-content"
            width: 320
            height: 560
            content: PeoplePane {
                people: SamplePeople {
                    query: "ali"
                }
            }
        },
        Story {
            name: "people-start"
            width: 320
            height: 560
            content: PeoplePane {
                people: PeopleSearchModel {
                }
            }
        },
        Story {
            name: "people-loading"
            width: 320
            height: 560
            content: PeoplePane {
                people: PeopleSearchModel {
                    query: "ali"
                    state: PageState.Loading
                }
            }
        },
        Story {
            name: "people-nobody"
            width: 320
            height: 560
            content: PeoplePane {
                people: PeopleSearchModel {
                    query: "xyz"
                }
            }
        },
        Story {
            name: "people-error"
            width: 320
            height: 560
            content: PeoplePane {
                people: PeopleSearchModel {
                    query: "ali"
                    state: PageState.Error
                    errorText: qsTr("The server cannot be reached.")
                }
            }
        }
    ]
}
