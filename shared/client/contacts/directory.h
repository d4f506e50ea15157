// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/limits.h"
#include "protocol/chat.h"

#include <QObject>

#include <list>
#include <unordered_map>
#include <vector>

namespace Tertulia::Client {

class LocalStore;

/// Who people are: the one place of an account that is asked for a name, and that says when somebody has another one.
/// Whoever gets something of the server lets it take the cards out; rows keep ids alone.
///
/// Cards have no revision, so the one that was heard last is true. The server adds them when it is asked, to old
/// messages too, so old history brings no old names. What the store has is read for whom nothing was heard yet, and
/// never replaces what was heard.
///
/// Everybody who was asked for or heard of is in memory, `most` people; beyond that those go who were needed longest
/// ago, and come back from the store. Those whom the store could not take go last.
class Directory final : public QObject
{
    Q_OBJECT
public:
    /// @param store outlives it
    explicit Directory(LocalStore &store, size_t most = Limits::people, QObject *parent = nullptr);
    ~Directory() override;

    /// Somebody unknown has a card with nothing but the id.
    [[nodiscard]] UserCard card(const UserId &id);
    /// The server has said so; admitted (conversations/intake.h). A card without a name says nothing.
    void hear(const UserCard &card);
    /// Hears of everybody in it, and leaves their ids. Twice does no harm.
    void take(Message &message);
    void take(std::vector<Message> &messages);
    void take(Conversation &conversation);
    void take(std::vector<Conversation> &conversations);

    /// Those known here whose name or username holds each word of the text as a beginning of a word; by name.
    [[nodiscard]] std::vector<UserCard> search(const QString &text, int limit);
    /// Everybody of the store into memory, where a list needs them anyway.
    void load();
    /// The store was begun anew, or can be written again: writes what it may not have, and reads what it has more.
    void keepAll();
    [[nodiscard]] size_t count() const { return m_people.size(); } ///< in memory

Q_SIGNALS:
    /// card() gives another one than it did. Nothing is said of people whom nobody could have seen before.
    void changed(const Tertulia::UserId &user);

private:
    using Order = std::list<UserId>; ///< the last needed first
    struct Person
    {
        UserCard card;
        bool isHereOnly = false; ///< the store does not have this card
        Order::iterator place;
    };

    [[nodiscard]] Person *find(const UserId &id);
    [[nodiscard]] Order &orderOf(bool isHereOnly) { return isHereOnly ? m_hereOnly : m_kept; }
    Person &add(UserCard card, bool isHereOnly);
    void makeRoom();

    LocalStore &m_store;
    const size_t m_most;
    std::unordered_map<UserId, Person> m_people;
    Order m_kept, m_hereOnly;
    bool m_isComplete = false; ///< everybody of the store is in m_people
};

} // namespace Tertulia::Client
