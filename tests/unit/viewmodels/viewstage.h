// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/contacts/peopleclient.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "support/fakeclock.h"
#include "support/messages.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/shell/accountviewmodel.h"
#include "viewmodels/viewcontext.h"

#include <optional>

namespace Tertulia::Test {

/// The clients of Ana's account on a store in memory, without a server: what the view models stand on.
class ViewStage
{
public:
    /// @param chat where the hub would be; nowhere, unless a test has one
    explicit ViewStage(const Client::HubOptions &chat = hubOptions())
        : store(Client::LocalStore::inMemory())
        , directory(*store)
        , api(nowhere())
        , chatHub(chat)
        , presenceHub(hubOptions())
        , context(clock, settings)
    {
    }

    /// What the store holds before anybody looks. Talks get later from the first to the last.
    void addTalk(const UserCard &other, int messages, int unread = 0)
    {
        const auto id = talkWith(other);
        std::vector<Message> history;
        for (int i = 1; i <= messages; ++i)
            history.push_back(messageFrom(i % 2 == 0 ? self : other, id, i, QStringLiteral("Text %1").arg(i)));
        auto conversation = messages > 0 ? conversationOf(id, {self, other}, history.back(), unread) : Conversation();
        conversation.id = id;
        conversation.updatedAt = testTime + std::chrono::hours(++m_talks);
        if (conversation.lastMessage)
            conversation.lastMessage->createdAt = conversation.updatedAt;
        for (const UserCard &card : {self, other})
            store->people().save(card);
        store->conversations().save(conversation);
        if (!history.empty())
            store->messages().save(history);
        if (unread > 0)
            store->conversations().setReadThrough(
                id, messages - unread, messages > unread ? history[size_t(messages - unread - 1)].id : MessageId());
    }

    void open()
    {
        const Client::ClientParts parts{*store, directory, api, chatHub, clock, self, nullptr};
        conversations.emplace(parts);
        presence.emplace(presenceHub, parts);
        people.emplace(parts);
    }

    [[nodiscard]] ViewModels::AccountParts accountParts()
    {
        return {{.accountId = QStringLiteral("account"),
                 .server = nowhere(),
                 .userId = self.id,
                 .username = self.username,
                 .fullName = self.fullName,
                 .avatar = {}},
                *conversations,
                *presence,
                *people};
    }

    [[nodiscard]] static ConversationId talkWith(const UserCard &other) { return conversationNamed(other.username); }

    const UserCard self = person(QStringLiteral("ana"));
    FakeClock clock;
    std::unique_ptr<Client::LocalStore> store;
    Client::Directory directory;
    Client::ApiClient api;
    Client::HubConnection chatHub, presenceHub;
    ViewModels::SettingsViewModel settings;
    ViewModels::ViewContext context;
    std::optional<Client::ConversationClient> conversations;
    std::optional<Client::PresenceClient> presence;
    std::optional<Client::PeopleClient> people;

private:
    [[nodiscard]] static QUrl nowhere() { return QUrl(QStringLiteral("http://127.0.0.1:9")); }
    [[nodiscard]] static Client::HubOptions hubOptions()
    {
        Client::HubOptions options;
        options.url = QUrl(QStringLiteral("http://127.0.0.1:9/hubs/chat"));
        return options;
    }

    int m_talks = 0;
};

} // namespace Tertulia::Test
