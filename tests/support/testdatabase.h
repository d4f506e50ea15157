// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/conversationstore.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/transaction.h"
#include "support/fakeclock.h"

#include <QTemporaryDir>

namespace Tertulia::Test {

/// A real database in a temporary folder, on the test's own thread: units of work run at once.
class TestDatabase
{
public:
    explicit TestDatabase(const Clock &clock)
    {
        m_settings.path = m_folder.filePath(QStringLiteral("test.db"));
        m_settings.clock = &clock;
        auto opened = Server::Database::open(m_settings, Server::Database::Mode::Writer);
        if (!opened || !m_folder.isValid())
            qFatal("no test database: %s", opened ? "no folder" : qUtf8Printable(opened.error().message));
        m_database = std::move(*opened);
        // Nothing here survives the test: no need to wait for the disk.
        std::ignore = m_database->run("PRAGMA synchronous=OFF");
        if (const auto done = Server::migrate(*m_database); !done)
            qFatal("no schema: %s", qUtf8Printable(done.error().message));
    }

    /// One unit of work in one commit, as the Executor runs it. `work` is `Result<T>(Transaction &)`.
    template <class Work> auto write(Work work)
    {
        if (const auto begun = m_database->beginWrite(); !begun)
            qFatal("no transaction: %s", qUtf8Printable(begun.error().message));
        Server::Transaction unit(*m_database, horizon.value_or(m_database->lastChange()), change);
        auto result = work(unit);
        const bool isKept = unit.endUnit(result.has_value());
        for (auto &event : unit.takeEvents())
            m_events.push_back(std::move(event));
        if (auto error = m_database->takeFailure())
            result = failure(*error);
        if (const auto done = m_database->commit(); !done)
            result = failure(done.error());
        Q_ASSERT(isKept == result.has_value());
        return result;
    }
    /// `work` is `Result<T>(ReadTransaction &)`.
    template <class Work> auto read(Work work)
    {
        m_database->beginRead();
        Server::ReadTransaction snapshot(*m_database, horizon.value_or(m_database->lastChange()));
        auto result = work(snapshot);
        m_database->endRead();
        if (auto error = m_database->takeFailure())
            result = failure(*error);
        return result;
    }

    /// A person with an account; the full name is the username with "Ms " before it.
    UserId addUser(const QString &username, bool isDisabled = false)
    {
        const UserId id = UserId::generate();
        const auto done = write([&](Server::Transaction &tx) -> Result<void> {
            tx.execute("INSERT INTO users (id, username, username_key, full_name, status, created_at)"
                       " VALUES (?, ?, ?, ?, ?, ?)",
                       id, username, username.toCaseFolded(), QStringLiteral("Ms ") + username, isDisabled,
                       m_database->clock().now());
            return {};
        });
        if (!done)
            qFatal("no user: %s", qUtf8Printable(done.error().message));
        return id;
    }
    /// A group of these people, the first its admin. No edge makes one yet.
    ConversationId addGroup(const std::vector<UserId> &members, const QString &name = QStringLiteral("Choir"))
    {
        const auto made = write([&](Server::Transaction &tx) -> Result<ConversationId> {
            std::vector<Server::Person> people;
            for (const UserId &member : members)
                people.push_back(Server::ConversationStore::person(tx, member).value());
            return Server::ConversationStore::createGroup(tx, name, people, m_database->clock().now()).id;
        });
        if (!made)
            qFatal("no group: %s", qUtf8Printable(made.error().message));
        return *made;
    }
    void setDisabled(UserId id, bool isDisabled)
    {
        std::ignore = write([&](Server::Transaction &tx) -> Result<void> {
            tx.execute("UPDATE users SET status = ? WHERE id = ?", isDisabled, id);
            return {};
        });
    }

    /// What the units recorded since the last call.
    std::vector<Server::DomainEvent> takeEvents() { return std::exchange(m_events, {}); }
    template <class Event> std::vector<Event> takeEventsOf()
    {
        std::vector<Event> found;
        for (auto &event : takeEvents()) {
            if (auto *one = std::get_if<Event>(&event))
                found.push_back(std::move(*one));
        }
        return found;
    }

    // As with several writers: the number that a unit was given at its beginning, and up to where everything is there.
    std::optional<Server::ChangeNumber> change, horizon;

    [[nodiscard]] Server::Database &database() { return *m_database; }
    [[nodiscard]] const Server::StoreSettings &settings() const { return m_settings; }

private:
    QTemporaryDir m_folder;
    Server::StoreSettings m_settings;
    std::unique_ptr<Server::Database> m_database;
    std::vector<Server::DomainEvent> m_events;
};

} // namespace Tertulia::Test
