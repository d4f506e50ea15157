// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/histories/disturbedlink.h"
#include "e2e/histories/watch.h"
#include "e2e/support/desk.h"
#include "e2e/support/serverprocess.h"

#include <QTemporaryDir>

#include <map>
#include <memory>
#include <random>

namespace Tertulia::Test {

/// A server that may be killed, and comes back where it was.
class Home
{
public:
    [[nodiscard]] bool start();
    void kill() { m_server.kill(); }
    [[nodiscard]] bool isUp() const { return m_server.isRunning(); }
    [[nodiscard]] QUrl url() const { return m_server.url(); }
    [[nodiscard]] QString dataFolder() const { return m_server.dataFolder(); }
    [[nodiscard]] QString why() const { return m_server.why(); }

private:
    ServerProcess m_server;
};

/// In what manner a history is disturbed, and what its clients are held to.
struct Manner
{
    const char *name;
    Disturbance disturbance;
    bool isResuming = false; ///< connections outlive their sockets
    /// Events were lost that nobody misses: all is as it should be after the next connection.
    bool endsWithCut = false;
    int syncPages = 50; ///< few: the list is read anew
    [[nodiscard]] bool mayForget() const { return syncPages < 50; }
};

/// One client of somebody's, behind a link of its own.
struct Seat
{
    QString username, name, file;
    UserId id;
    std::unique_ptr<DisturbedLink> link;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<Watch> watch;
    bool isOnline = false, isCut = false;

    [[nodiscard]] Client::ConversationClient &client() const { return desk->conversations(); }
};

/// Some people on a real server who do anything in any order, each with one or two clients whose connections do
/// anything, too. The seed says what happens; when it does, the machine says, so the same seed is the same history only
/// as people see it.
class History
{
public:
    History(Home &home, quint32 seed);
    ~History();

    /// Steps, and rest, and the look whether all is equal, several times. What is wrong, with all that happened before;
    /// empty: nothing.
    [[nodiscard]] QString play(int phases, int steps);

    // For the steps
    [[nodiscard]] int below(int limit) { return int(m_random() % quint32(limit)); }
    [[nodiscard]] Home &home() { return m_home; }
    [[nodiscard]] const Manner &manner() const { return m_manner; }
    [[nodiscard]] std::vector<UserId> people() const;
    /// One of the list; null: it is empty.
    [[nodiscard]] const Client::ConversationEntry *anyConversation(const Seat &seat);
    void write(const Seat &seat, const ConversationId &id);
    /// Signs in, with the file that the client has.
    void sitDown(Seat &seat);
    void standUp(Seat &seat);

private:
    struct Written
    {
        ConversationId conversation;
        MessageId acknowledged; ///< null: it was not
        bool isGivenUp = false; ///< before anybody knew whether the server has it
    };

    [[nodiscard]] DeskOptions optionsOf(const QString &file) const;
    void step();
    [[nodiscard]] QString settle();
    [[nodiscard]] QString compare();
    [[nodiscard]] QString checkWritten();
    [[nodiscard]] QString faults() const;
    [[nodiscard]] bool isSettled() const;

    Home &m_home;
    const quint32 m_seed;
    const Manner &m_manner;
    std::mt19937 m_random;
    QTemporaryDir m_folder;
    std::vector<Seat> m_seats;
    std::map<QString, Written> m_written; ///< by text
    QStringList m_steps;
};

} // namespace Tertulia::Test
