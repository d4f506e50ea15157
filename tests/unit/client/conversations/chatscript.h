// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"
#include "protocol/names.h"
#include "support/fakeclock.h"
#include "support/listmirror.h"
#include "support/messages.h"
#include "support/scriptedserver.h"

#include <QTest>

namespace Tertulia::Test {

/// A page of GET conversations.
[[nodiscard]] inline ScriptedAnswer listOf(const std::vector<Conversation> &conversations, bool hasMore = false)
{
    Pagination pagination;
    pagination.hasMore = hasMore;
    return ScriptedAnswer::json(200, successJson(conversations, pagination));
}

/// A conversation client on a scripted server: REST by expectations, the hub by events that the test injects.
class ChatScript
{
public:
    explicit ChatScript(Client::ConversationOptions options = {})
    {
        server.acceptWebSockets(QString(Routes::chatHub));
        Client::HubOptions hubOptions;
        hubOptions.url = server.url();
        hubOptions.url.setPath(Routes::chatHub);
        hubOptions.format = WireFormat::Json;
        hubOptions.skipNegotiation = true;
        hubOptions.transports = {HubTransport::WebSockets};
        hubOptions.statefulReconnect = false;
        hubOptions.reconnect = Client::ReconnectPolicy::none();
        options.readDelay = std::chrono::milliseconds(0);
        options.firstRetry = std::chrono::milliseconds(10);
        store = Client::LocalStore::inMemory();
        api = std::make_unique<Client::ApiClient>(server.url());
        hub = std::make_unique<Client::HubConnection>(hubOptions);
        m_options = options;
    }

    /// After the store has got what it is to have.
    void makeClient()
    {
        client.reset();
        directory = std::make_unique<Client::Directory>(*store);
        client = std::make_unique<Client::ConversationClient>(
            Client::ClientParts{*store, *directory, *api, *hub, clock, person(QStringLiteral("ana"))}, m_options);
        mirror = std::make_unique<ListMirror>(*client);
    }
    /// The handshake done.
    [[nodiscard]] bool connectHub()
    {
        m_sent.clear();
        std::ignore = hub->start();
        if (!QTest::qWaitFor([this] { return server.socket() && !server.socket()->received().isEmpty(); }))
            return false;
        std::ignore = server.socket()->take();
        server.socket()->injectText(QStringLiteral("{}\u001e"));
        return QTest::qWaitFor([this] { return hub->state() == Client::HubConnection::State::Connected; });
    }
    /// All that the client has sent to the hub since it was connected.
    [[nodiscard]] const QByteArray &sent()
    {
        while (!server.socket()->received().isEmpty())
            m_sent += server.socket()->take();
        return m_sent;
    }
    void injectJson(QLatin1StringView event, const QByteArray &argument)
    {
        server.socket()->injectText(QString::fromUtf8("{\"type\":1,\"target\":\""
                                                      + QByteArray(event.data(), event.size()) + "\",\"arguments\":["
                                                      + argument + "]}\x1e"));
    }
    template <class T> void inject(QLatin1StringView event, const T &argument) { injectJson(event, toJson(argument)); }
    /// Whatever was injected has been taken: a last event of a kind that changes something visible has arrived.
    [[nodiscard]] bool drain()
    {
        const ConversationId marker = conversationNamed(QStringLiteral("marker"));
        const bool isThere = client->find(marker) != nullptr;
        const UserCard bo = person(QStringLiteral("bo"));
        if (isThere) {
            inject(HubEvents::conversationDeleted, ConversationRef{marker, m_drained});
        } else {
            Conversation back = conversationOf(marker, {bo}, messageFrom(bo, marker, m_drained + 1));
            back.hiddenThrough = m_drained++;
            inject(HubEvents::conversationUpdated, back);
        }
        return QTest::qWaitFor([&] { return (client->find(marker) != nullptr) != isThere; }, 20'000);
    }
    /// Every sync says: nothing new.
    void answerSyncs(const SyncResult &result = {.messages = {},
                                                 .statuses = {},
                                                 .conversations = {},
                                                 .deletedMessageIds = {},
                                                 .deletedConversationIds = {},
                                                 .cursor = QStringLiteral("c-1"),
                                                 .hasMore = false})
    {
        server.always("GET", QString(Routes::sync), ScriptedAnswer::data(toJson(result)));
    }

    ScriptedServer server;
    FakeClock clock;
    std::unique_ptr<Client::LocalStore> store;
    std::unique_ptr<Client::Directory> directory;
    std::unique_ptr<Client::ApiClient> api;
    std::unique_ptr<Client::HubConnection> hub;
    std::unique_ptr<Client::ConversationClient> client;
    std::unique_ptr<ListMirror> mirror;

private:
    Client::ConversationOptions m_options;
    QByteArray m_sent;
    Sequence m_drained = 0; ///< the marker's last message
};

} // namespace Tertulia::Test
