// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls
import Tertulia.Conversations
import Tertulia.Theme
import Tertulia.Timeline
import Tertulia.ViewModels

// A Loader of Qt 6.4 cannot create bound components, so the components here see the ids of the file.
// qmllint disable unqualified

// The list and the open conversation side by side; one of them where the window is narrow.
FocusScope {
    id: root

    required property ApplicationViewModel application
    required property AccountViewModel account

    readonly property bool isNarrow: width < Theme.narrowWidth
    readonly property bool hasConversation: root.account.current !== null
    readonly property TimelinePage page: timeline.item as TimelinePage

    function showAccounts() {
        accounts.show();
    }

    function showSwitcher() {
        overlay.showSwitcher();
    }

    function nextPane() {
        if (list.activeFocus && root.page)
            root.page.focusMessages();
        else if (root.page && root.page.isMessagesFocused)
            root.page.focusComposer();
        else
            list.focusList();
    }

    function previousPane() {
        if (list.activeFocus && root.page)
            root.page.focusComposer();
        else if (root.page && !root.page.isMessagesFocused)
            root.page.focusMessages();
        else
            list.focusList();
    }

    // Where the keys go when nothing has them.
    function takeFocus() {
        if (overlay.isOpen)
            overlay.focusPage();
        else if (root.page && (root.page.activeFocus || !list.visible))
            root.page.focusContent();
        else
            list.focusContent();
    }

    function leaveConversation() {
        root.account.closeConversation();
        list.focusList();
    }

    // Nothing that is covered has the keys, or is read aloud.
    Item {
        id: panes

        anchors.fill: parent
        visible: !overlay.isOpen

        ConversationPane {
            id: list

            anchors.left: parent.left
            height: parent.height
            width: root.isNarrow ? parent.width : edge.paneWidth
            visible: !root.isNarrow || !root.hasConversation
            focus: true
            account: root.account
            otherUnread: root.application.totalUnread - root.account.unreadCount
            onAccountsRequested: root.showAccounts()
        }

        PaneEdge {
            id: edge

            anchors.left: list.right
            height: parent.height
            visible: !root.isNarrow
            available: root.width
            wanted: root.application.settings.paneWidth
            onDragged: width => root.application.settings.paneWidth = width
        }

        Item {
            id: right

            anchors.left: root.isNarrow ? parent.left : edge.right
            anchors.right: parent.right
            height: parent.height
            visible: !root.isNarrow || root.hasConversation

            // What the first conversation needs is made ready and drawn once, behind the words below, when nobody waits.
            Loader {
                id: warmup

                anchors.fill: parent
                asynchronous: true
                active: false   // a conversation that opens meanwhile covers it
                sourceComponent: TimelineWarmup {
                }
                onLoaded: warmupEnd.start()
            }

            Timer {
                interval: 400   // after the first frames of the list
                running: true
                onTriggered: warmup.active = !root.hasConversation
            }

            Timer {
                id: warmupEnd

                interval: 100   // some frames
                onTriggered: {
                    if (warmup.active) {
                        warmup.active = false;
                        warmupEnd.restart();
                    } else {
                        gc();   // now, and not while the conversation opens
                    }
                }
            }

            // Where the list cannot say it.
            Loader {
                id: banner

                width: parent.width
                active: root.isNarrow
                sourceComponent: ConnectionBanner {
                    account: root.account
                }
            }

            Loader {
                id: timeline

                anchors.top: banner.bottom
                anchors.bottom: parent.bottom
                width: parent.width
                active: root.hasConversation
                sourceComponent: TimelinePage {
                    conversation: root.account.current
                    emoji: root.application.emoji
                    hasBack: root.isNarrow
                    isCovered: keeper.isAbove
                    onBackRequested: root.leaveConversation()
                }
            }

            Loader {
                anchors.fill: parent
                active: !root.hasConversation && !root.isNarrow
                sourceComponent: NothingOpen {
                }
            }
        }
    }

    Connections {
        target: root.account

        function onOpened() {
            root.page?.focusComposerSoon();
        }

        function onNoticeTextChanged() {
            if (root.account.noticeText.length > 0)
                toast.show(root.account.noticeText);
        }
    }

    Connections {
        target: root.account.current

        function onFailed(text: string) {
            toast.show(text);
        }
    }

    AccountsLoader {
        id: accounts

        anchor: list.accountButton
        application: root.application
        onSettingsRequested: overlay.open(overlay.settings)
        onShortcutsRequested: overlay.open(overlay.shortcuts)
    }

    Overlays {
        id: overlay

        anchors.fill: parent
        application: root.application
        account: root.account
        onClosed: list.focusList()
    }

    // Above whatever page is open.
    Toast {
        id: toast

        objectName: "toast"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.barHeight + Theme.space4
        onDismissed: root.account.dismissNotice()
    }

    FocusKeeper {
        id: keeper

        onLost: root.takeFocus()
    }

    Shortcuts {
        enabled: !overlay.isOpen
        account: root.account
        onSwitcherRequested: root.showSwitcher()
        onNewRequested: list.isSearchingPeople = true
        onFilterRequested: list.focusFilter()
        onSettingsRequested: overlay.open(overlay.settings)
        onShortcutsRequested: overlay.open(overlay.shortcuts)
        onEmojiRequested: root.page?.openEmoji()
        onNextAccountRequested: root.application.switchToNext()
        onNextPaneRequested: root.nextPane()
        onPreviousPaneRequested: root.previousPane()
    }
}
