// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Conversations
import Tertulia.Settings
import Tertulia.SignIn
import Tertulia.Theme
import Tertulia.ViewModels

// Every page in every state.
StorySet {
    stories: [
        Story {
            name: "shell"
            content: ShellStory {
            }
        },
        Story {
            name: "shell-compact"
            content: ShellStory {
                Component.onCompleted: Theme.compact = true
                Component.onDestruction: Theme.compact = false
            }
        },
        Story {
            name: "shell-narrow-list"
            width: 380
            content: ShellStory {
                sample.hasOpen: false
            }
        },
        Story {
            name: "shell-narrow-conversation"
            width: 380
            content: ShellStory {
            }
        },
        Story {
            name: "shell-nothing-open"
            content: ShellStory {
                sample.hasOpen: false
            }
        },
        Story {
            name: "shell-wide"
            width: 1500
            height: 800
            content: ShellStory {
            }
        },
        Story {
            name: "shell-offline"
            content: ShellStory {
                sample.connectivity: Connectivity.Offline
                sample.banner: qsTr("Offline. 2 messages wait and are sent as soon as there is a connection.")
            }
        },
        Story {
            name: "shell-session-ended"
            content: ShellStory {
                sample.connectivity: Connectivity.SessionEnded
                sample.banner: qsTr("The session has ended. Your messages are still here.")
            }
        },
        Story {
            name: "shell-accounts"
            content: ShellStory {
                id: shell

                Component.onCompleted: Qt.callLater(shell.showAccounts)
            }
        },
        Story {
            name: "shell-switcher"
            content: ShellStory {
                id: shell

                Component.onCompleted: Qt.callLater(shell.showSwitcher)
            }
        },
        Story {
            name: "shell-switcher-empty"
            content: ShellStory {
                id: shell

                sample.current.switcher: SampleSwitcher {
                    isFull: false
                    query: "xyz"
                }
                Component.onCompleted: Qt.callLater(shell.showSwitcher)
            }
        },
        Story {
            name: "shell-emoji"
            content: ShellStory {
                id: shell

                Component.onCompleted: Qt.callLater(shell.showEmoji)
            }
        },
        Story {
            name: "shell-delete"
            content: ShellStory {
                id: shell

                Component.onCompleted: Qt.callLater(shell.askToDelete)
            }
        },
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
        },
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
                }
                conversation.unreadBelow: 12
                conversation.isTyping: true
                conversation.typingText: qsTr("typing…")
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
        },
        Story {
            name: "signin-server"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    address: ""
                    canContinue: false
                }
            }
        },
        Story {
            name: "signin-server-busy"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    address: "chat.example.org"
                    isBusy: true
                }
            }
        },
        Story {
            name: "signin-server-error"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    address: "chat.exmaple.org"
                    errorText: qsTr("There is no server of this name. Is it spelt right?")
                    errorField: SignInField.Address
                    canCancel: true
                }
            }
        },
        Story {
            name: "signin-person"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    step: SignInStep.SignIn
                    username: "anna"
                    password: "secret"
                }
            }
        },
        Story {
            name: "signin-person-error"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    step: SignInStep.SignIn
                    username: "anna"
                    password: "secret"
                    errorText: qsTr("User name or password is wrong.")
                    errorField: SignInField.Password
                    sessionOnlyNotice: qsTr("This computer has no safe place for passwords. You stay signed in until you quit Tertulia.")
                }
            }
        },
        Story {
            name: "signin-register"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    step: SignInStep.Register
                    isEncrypted: false
                    serverName: "localhost:8080"
                    canContinue: false
                }
            }
        },
        Story {
            name: "settings"
            width: 720
            height: 1180
            content: SettingsPage {
                settings: GallerySettings {
                }
                account: application.current

                property SampleApplication application: SampleApplication {
                }
            }
        },
        Story {
            name: "settings-narrow"
            width: 380
            height: 1180
            content: SettingsPage {
                settings: GallerySettings {
                }
            }
        },
        Story {
            name: "shortcuts"
            width: 720
            height: 900
            content: ShortcutsPage {
            }
        }
    ]
}
