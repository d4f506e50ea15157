// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.ViewModels

// Somebody signed in, with conversations, one of them open.
ApplicationViewModel {
    id: root

    property ConversationListModel conversationModel: SampleConversations {
    }
    property TimelineModel timelineModel: SampleTimeline {
    }
    property bool hasOpen: true
    property int connectivity: Connectivity.Online
    property string banner: ""
    property string storeText: ""
    property bool isStoreMended: true

    totalUnread: 5
    signIn: SignInViewModel {
    }
    settings: GallerySettings {
    }
    emoji: SampleEmoji {
    }
    accounts: AccountListModel {
        id: accounts

        Component.onCompleted: {
            accounts.append({ accountId: "1", displayName: "Anna Lindqvist", username: "@anna", serverName: "chat.example.org", initials: "AL", colorIndex: 4, unreadCount: 0, connectivity: Connectivity.Online, isCurrent: true });
            accounts.append({ accountId: "2", displayName: "Anna Lindqvist", username: "@a.lindqvist", serverName: "tertulia.verein-der-freunde.example", initials: "AL", colorIndex: 7, unreadCount: 3, connectivity: Connectivity.Offline, isCurrent: false });
        }
    }
    current: AccountViewModel {
        displayName: "Anna Lindqvist"
        username: "@anna"
        initials: "AL"
        colorIndex: 4
        serverName: "chat.example.org"
        unreadCount: 2
        waitingCount: 2
        connectivity: root.connectivity
        bannerText: root.banner
        storeText: root.storeText
        isStoreMended: root.isStoreMended
        conversations: root.conversationModel
        switcher: SampleSwitcher {
        }
        people: PeopleSearchModel {
        }
        current: root.hasOpen ? conversation : null
    }

    property ConversationViewModel conversation: ConversationViewModel {
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
