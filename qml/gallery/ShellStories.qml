// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Theme
import Tertulia.ViewModels

// The panes in every state.
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
            name: "shell-disk-full"
            content: ShellStory {
                sample.storeText: qsTr("This computer's disk is full. Messages are sent, but nothing new is kept here until there is room.")
                sample.isStoreMended: false
            }
        },
        Story {
            name: "shell-store-begun-anew"
            content: ShellStory {
                sample.storeText: qsTr("What this computer kept of this account was damaged. Unsent messages and drafts were saved where they could be read; the rest comes from the server again.")
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
        }
    ]
}
