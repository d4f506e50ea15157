// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import Tertulia.Settings
import Tertulia.SignIn
import Tertulia.ViewModels

// The pages that fill the window, in every state.
StorySet {
    stories: [
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
                    address: "chat.exampl.org"
                    addressError: qsTr("There is no server of this name. Is it spelt right?")
                    canCancel: true
                }
            }
        },
        Story {
            name: "signin-list-lost"
            width: 720
            height: 600
            content: SignInPage {
                signIn: SignInViewModel {
                    lostListNotice: qsTr("The list of accounts on this computer cannot be read. Sign in again: your messages are on the server.")
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
                    passwordError: qsTr("User name or password is wrong.")
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
                    isExposed: true
                    serverName: "chat.example.org:8080"
                    canContinue: false
                }
            }
        },
        Story {
            name: "signin-register-error"
            width: 720
            height: 700
            content: SignInPage {
                signIn: SignInViewModel {
                    step: SignInStep.Register
                    fullName: "Anna"
                    username: "a"
                    password: "secret"
                    usernameError: qsTr("A username has 2 to 32 letters, digits, dots, dashes or underscores, and begins with a letter or a digit.")
                    passwordError: qsTr("This password is too easy to guess. Take at least 8 characters, and nothing well known.")
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
