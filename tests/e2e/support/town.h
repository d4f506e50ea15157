// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authenticator.h"
#include "auth/keystore.h"
#include "services/conversationservice.h"
#include "services/messageservice.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/transaction.h"
#include "store/userstore.h"

#include <QFile>
#include <QTemporaryDir>

namespace Tertulia::Test {

/// The data folder of a server that is not running, with very many people in it: made through the store, since asking
/// the server would take its limits into account. Nobody has a password; tokens are signed with the folder's key.
class Town
{
public:
    explicit Town(int people)
    {
        using namespace Server;
        QFile::setPermissions(folder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const auto secret = KeyStore::secret(folder() + QStringLiteral("/keys"), QStringLiteral("access-tokens.key"));
        check(secret.has_value(), "no key");
        const auto key = JwtKey::fromSecret(*secret);
        check(key.has_value(), "no key");
        AuthSettings settings;
        settings.accessLifetime = std::chrono::hours(24);
        m_tokens = std::make_unique<Authenticator>(m_clock, settings, *key, m_registry);
        inUnit([people, this](Transaction &tx) {
            for (int i = 0; i < people; ++i) {
                Account account;
                account.id = person(i);
                account.username = QStringLiteral("person%1").arg(i);
                account.fullName = QStringLiteral("Full Name %1").arg(i);
                account.createdAt = m_clock.now();
                check(UserStore::insert(tx, account), "no person");
            }
        });
    }

    /// Opens conversations of one with those who follow; with the first `greeted` of them something is said.
    void openConversations(int of, int count, int greeted = 0)
    {
        const Server::ChatSettings settings;
        const Server::ConversationService service(m_clock, settings);
        const Server::MessageService messages(m_clock, settings);
        inUnit([&](Server::Transaction &tx) {
            for (int i = 1; i <= count; ++i) {
                const QString partner = person(of + i).toString();
                check(service.openDirect(tx, actor(of), partner).has_value(), "no conversation");
                SendMessageRequest greeting;
                greeting.recipientId = partner;
                greeting.content = QStringLiteral("hello");
                check(i > greeted || messages.send(tx, actor(of), greeting).has_value(), "no message");
            }
        });
    }

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] static UserId person(int number)
    {
        return UserId(Uuid::fromName("town", QByteArray::number(number)));
    }
    /// An access token; each is another sign-in.
    [[nodiscard]] QByteArray token(int number)
    {
        const QString name = QStringLiteral("person%1").arg(number);
        const UserCard card{person(number), name, name, {}};
        return m_tokens->issue(card, Role::User, SessionId(Uuid::generate()), m_clock.now()).text.toUtf8();
    }

private:
    static void check(bool ok, const char *what)
    {
        if (!ok)
            qFatal("town: %s", what);
    }
    static Server::Actor actor(int number) { return {.id = person(number), .session = {}, .role = Role::User}; }

    template <class Work> void inUnit(Work work)
    {
        Server::StoreSettings settings;
        settings.path = folder() + QStringLiteral("/tertulia.db");
        auto opened = Server::Database::open(settings, Server::Database::Mode::Writer);
        check(opened.has_value(), "cannot open the database");
        Server::Database &database = **opened;
        check(Server::migrate(database).has_value() && database.run("PRAGMA synchronous=OFF").has_value()
                  && database.beginWrite().has_value(),
              "cannot prepare the database");
        Server::Transaction tx(database, 0);
        work(tx);
        check(tx.endUnit(true) && database.commit().has_value(), "not stored");
        database.checkpoint(true);
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    Server::SessionRegistry m_registry{m_clock, std::chrono::hours(24)};
    std::unique_ptr<Server::Authenticator> m_tokens;
};

} // namespace Tertulia::Test
