// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "client/session/secretstore.h"
#include "client/session/tokenkeeper.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "protocol/names.h"

#include <QStringList>
#include <QTest>

#include <memory>

namespace Tertulia::Test {

/// How a desk is set up, where it is not as the library has it.
struct DeskOptions
{
    QString storePath = {}; ///< empty: in memory
    std::optional<HubTransport> transport =
        {}; ///< that both hubs use, with pings often; none: what the library chooses
    WireFormat format = WireFormat::MessagePack;
    bool isResuming = true; ///< a hub's connection outlives its socket
    Client::ConversationOptions conversations = {};
};

/// A person at the client library, without windows: signed in, with a store of their own, and a picture of all that
/// it shows.
class Desk
{
public:
    using Hub = Client::HubConnection;

    Desk(const QUrl &url, const QString &username, DeskOptions options = {})
        : m_options(std::move(options))
        , m_api(url)
        , m_keeper(m_api, m_secrets, QStringLiteral("desk"), m_clock)
        , m_url(url)
    {
        m_api.setTokenKeeper(&m_keeper);
        const auto signedIn =
            wait(m_api.postAnonymously<AuthResult>(QString(Routes::login),
                                                   LoginRequest{.username = username,
                                                                .email = {},
                                                                .password = QStringLiteral("correct horse battery"),
                                                                .twoFactorCode = {},
                                                                .turnstileToken = {},
                                                                .deviceName = {},
                                                                .deviceToken = {}}));
        if (!signedIn)
            return;
        std::ignore = wait(m_keeper.begin(*signedIn));
        m_self = {signedIn->user.id, signedIn->user.fullName, signedIn->user.username, signedIn->user.avatar};
        if (m_options.storePath.isEmpty())
            m_store = Client::LocalStore::inMemory();
        else if (auto opened = Client::LocalStore::open(m_options.storePath))
            m_store = std::move(*opened);
        m_hub = std::make_unique<Hub>(hubOptions(Routes::chatHub));
        m_presenceHub = std::make_unique<Hub>(hubOptions(Routes::onlineHub));
        m_directory = std::make_unique<Client::Directory>(*m_store);
        const Client::ClientParts parts{*m_store, *m_directory, m_api, *m_hub, m_clock, m_self};
        m_conversations = std::make_unique<Client::ConversationClient>(parts, m_options.conversations);
        m_presence = std::make_unique<Client::PresenceClient>(*m_presenceHub, parts);
        m_presence->follow(*m_conversations);
        m_conversations->start();
    }

    [[nodiscard]] bool isSignedIn() const { return m_conversations != nullptr; }
    [[nodiscard]] Client::ConversationClient &conversations() { return *m_conversations; }
    [[nodiscard]] Client::PresenceClient &presence() { return *m_presence; }
    [[nodiscard]] Client::LocalStore &store() { return *m_store; }
    [[nodiscard]] Hub &hub() { return *m_hub; }
    [[nodiscard]] Client::TokenKeeper &tokens() { return m_keeper; }
    [[nodiscard]] const UserCard &self() const { return m_self; }

    void comesOnline()
    {
        std::ignore = m_hub->start();
        std::ignore = m_presenceHub->start();
    }
    void goesOffline()
    {
        std::ignore = wait(m_hub->stop());
        std::ignore = wait(m_presenceHub->stop());
    }
    [[nodiscard]] bool isSettled() const
    {
        return m_hub->state() == Hub::State::Connected && !m_conversations->isSyncing()
            && m_conversations->outbox().waitingCount() == 0 && m_store->conversations().unsentReadMarks().empty();
    }
    /// Opens everything and reads it to the end and back to the beginning. Empty while something is still being loaded.
    [[nodiscard]] QString picture()
    {
        QStringList lines;
        for (int i = 0; i < m_conversations->count(); ++i) {
            const Client::ConversationEntry &entry = m_conversations->at(i);
            const Conversation &conversation = entry.conversation;
            lines.append(QStringLiteral("conversation %1 unread %2 at %3 last %4 pending %5")
                             .arg(nameOf(entry))
                             .arg(conversation.unreadCount)
                             .arg(conversation.updatedAt.time_since_epoch().count())
                             .arg(lastOf(entry))
                             .arg(entry.pending.has_value()));
            Client::Timeline *const timeline = m_conversations->open(conversation.id);
            while (timeline->hasNewer() && !timeline->isLoadingNewer())
                timeline->loadNewer();
            while (timeline->hasOlder() && !timeline->isLoadingOlder())
                timeline->loadOlder();
            if (timeline->isLoadingNewer() || timeline->isLoadingOlder()
                || timeline->state() == Client::Timeline::State::Loading)
                return {};
            for (int row = 0; row < timeline->count(); ++row)
                lines.append(lineOf(timeline->at(row), *timeline));
        }
        lines.append(QStringLiteral("unread in all %1").arg(m_conversations->unreadTotal()));
        return lines.join(QLatin1Char('\n'));
    }

private:
    template <class T> static Result<T> wait(const Client::Future<T> &future)
    {
        if (!QTest::qWaitFor([&future] { return future.isAnswered(); }, 15'000))
            return failure(Error::internal(QStringLiteral("waited in vain")));
        return future.result();
    }
    [[nodiscard]] Client::HubOptions hubOptions(QLatin1StringView path)
    {
        Client::HubOptions hub;
        hub.url = m_url;
        hub.url.setPath(path);
        hub.accessToken = [this] { return m_keeper.accessToken(); };
        hub.retryStart = true;
        hub.format = m_options.format;
        hub.statefulReconnect = m_options.isResuming;
        if (m_options.transport) {
            hub.transports = {*m_options.transport};
            hub.keepAlive = std::chrono::milliseconds(500);
        }
        hub.reconnect.delays = {std::chrono::milliseconds(50), std::chrono::milliseconds(200)};
        return hub;
    }
    [[nodiscard]] QString nameOf(const Client::ConversationEntry &entry) const
    {
        const Participant *const other = entry.other(m_self.id);
        return other ? m_directory->card(other->id).username : entry.conversation.id.toString();
    }
    /// Of one's own messages; those of others have none that anybody would be shown.
    [[nodiscard]] QString statusOf(const UserId &sender, MessageStatus status) const
    {
        const auto name = sender == m_self.id ? enumName(status) : std::string_view("-");
        return QString::fromLatin1(name.data(), qsizetype(name.size()));
    }
    [[nodiscard]] QString lastOf(const Client::ConversationEntry &entry) const
    {
        const auto &last = entry.conversation.lastMessage;
        return last ? QString::number(last->sequence) + QLatin1Char(' ') + statusOf(last->senderId, entry.lastStatus())
                + QLatin1Char(' ') + last->content
                    : QStringLiteral("none");
    }
    [[nodiscard]] QString lineOf(const Client::TimelineEntry &entry, const Client::Timeline &timeline) const
    {
        const Message &message = entry.message;
        QString line = QStringLiteral("  %1 %2 %3 %4 %5 %6 %7")
                           .arg(message.sequence)
                           .arg(message.revision)
                           .arg(message.id.toString(), m_directory->card(message.senderId).username,
                                statusOf(message.senderId, timeline.statusOf(entry)), message.content)
                           .arg(message.createdAt.time_since_epoch().count());
        for (const Reaction &one : message.reactions)
            line += QLatin1Char(' ') + one.userId.toString() + QLatin1Char(':') + one.reaction;
        return line;
    }

    const DeskOptions m_options;
    SystemClock m_clock;
    Client::MemorySecretStore m_secrets;
    Client::ApiClient m_api;
    Client::TokenKeeper m_keeper;
    QUrl m_url;
    UserCard m_self;
    std::unique_ptr<Client::LocalStore> m_store;
    std::unique_ptr<Client::Directory> m_directory;
    std::unique_ptr<Hub> m_hub, m_presenceHub;
    std::unique_ptr<Client::ConversationClient> m_conversations;
    std::unique_ptr<Client::PresenceClient> m_presence;
};

} // namespace Tertulia::Test
