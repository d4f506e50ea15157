// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/desktop/sight.h"
#include "e2e/support/restclient.h"

#include <QHash>
#include <QRandomGenerator>

#include <map>

namespace Tertulia::Test {

/// The people around a window: two whose accounts are in it, and two who write to them; and what the server knows of
/// their conversations. Each message that is written here carries a number, so that one sees whose it is and where it
/// belongs, wherever it shows.
class Circle
{
public:
    static constexpr int accounts = 2, people = 4;

    /// Signs everybody in at a server with demo data. False when somebody is refused.
    [[nodiscard]] bool signIn(const QUrl &server);
    [[nodiscard]] static QString username(int person);
    [[nodiscard]] static QString fullName(int person);

    /// Somebody writes to an account, or an account does something at another device. @returns what was done
    QString acts(QRandomGenerator &dice);

    /// What is wrong in this sight: words of one conversation in another.
    [[nodiscard]] QString wrongIn(const Sight &sight) const;
    /// What was seen until now.
    void notice(const Sight &sight, bool isLooking);
    /// Asks the server what is unread; what was read must have been seen. Empty, or what was not.
    [[nodiscard]] QString readUnseen();
    /// An account reads all that another wrote, if anything, at another device. False: the server does not say so.
    bool readsElsewhere(int account, int other);
    /// The last words between an account and another, the newest first, as the server has them; and what is unread.
    [[nodiscard]] QStringList latest(int account, int other, int most, int *unread);

private:
    struct Pair
    {
        QList<int> inbound; ///< numbers of what the account got, in order; 0: from before
        int read = 0; ///< of them
        int seen = 0; ///< of them, while the window was looked at
    };
    using Key = std::pair<int, int>; ///< account, other
    [[nodiscard]] static int personCalled(const QString &fullName);
    RestReply ask(int person, const std::function<RestReply(RestClient &)> &question);
    /// Of an account: by the other person's user name, the conversation.
    [[nodiscard]] std::map<int, QJsonObject> conversations(int account, bool *isOk);
    [[nodiscard]] QString pathOf(int account, int other); ///< of their conversation; empty: there is none
    QString write(int from, int to);

    QUrl m_server;
    std::vector<std::unique_ptr<RestClient>> m_devices;
    QStringList m_ids;
    std::map<Key, Pair> m_pairs;
    QHash<int, std::pair<int, int>> m_between; ///< number of a message → writer, reader
    int m_last = 0;
    Sight m_sight;
    bool m_wasLooking = true;
};

} // namespace Tertulia::Test
