// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/chatcaller.h"
#include "hubs/chathubs.h"
#include "support/hubstage.h"
#include "support/teststore.h"

namespace Tertulia::Test {

/// The server's own hubs, with a store, beside the hub of a stage and with one registry of presence for both: who is
/// connected to the one is told to those who watch at the other.
class ChatHubsBeside final : public Beside
{
public:
    ChatHubsBeside(HubServer &server, const Clock &clock)
        : m_clock(clock)
        , m_isStarted(m_store.start().has_value())
        , m_hubs(server,
                 {m_clock, m_store.executor(), m_messages, m_conversations, m_presence, m_sendLimiter, m_limits,
                  m_typingLimiter, m_deliveries})
    {
        if (!m_isStarted)
            qFatal("no store");
    }
    void introduce(Caller &caller) override
    {
        caller = chatCaller({.id = caller.user,
                             .session = caller.session,
                             .foreignUntil = caller.token.isEmpty() ? std::nullopt : caller.until},
                            caller.until, caller.token);
    }
    void connected(const UserId &user) override { m_presence.connected(user); }
    void disconnected(const UserId &user) override { m_presence.disconnected(user); }
    void stop() override { m_store.executor().stop(); }

    [[nodiscard]] const PresenceRegistry &presence() const { return m_presence; }
    /// As the application calls it, each second.
    void tick() { m_hubs.tick(); }
    /// Makes accounts of these names, and `one` says something to each of the others.
    void meet(const QByteArray &one, const std::vector<QByteArray> &others)
    {
        const auto done = m_store.write([&](Transaction &tx) -> Result<void> {
            addUser(tx, one);
            for (const QByteArray &other : others) {
                addUser(tx, other);
                SendMessageRequest request;
                request.recipientId = HubStage::person(other).toString();
                request.content = QStringLiteral("hello");
                if (auto sent = m_messages.send(tx, {.id = HubStage::person(one), .session = {}}, request); !sent)
                    return failure(sent.error());
            }
            return {};
        });
        if (!done)
            qFatal("they have not met: %s", qUtf8Printable(done.error().message));
    }

private:
    void addUser(Transaction &tx, const QByteArray &name)
    {
        tx.execute("INSERT INTO users (id, username, username_key, full_name, status, created_at)"
                   " VALUES (?, ?, ?, ?, ?, ?)",
                   HubStage::person(name), QString::fromLatin1(name), QString::fromLatin1(name),
                   QString::fromLatin1(name), false, m_clock.now());
    }

    const Clock &m_clock;
    TestStore m_store;
    bool m_isStarted;
    ChatSettings m_settings;
    MessageService m_messages{m_clock, m_settings};
    ConversationService m_conversations{m_clock, m_settings};
    PresenceRegistry m_presence{m_clock};
    RateLimiter m_sendLimiter{m_clock, {}};
    PersonLimits m_limits{m_clock, m_settings};
    TypingLimiter m_typingLimiter{m_clock};
    DeliveryTracker m_deliveries{m_store.executor(), m_messages, m_clock,
                                 [this](const MessageStatusChanged &event) { m_hubs.publish({event}); }};
    ChatHubs m_hubs;
};

} // namespace Tertulia::Test
