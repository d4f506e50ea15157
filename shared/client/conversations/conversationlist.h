// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"

#include <QObject>

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace Tertulia::Client {

/// The entries in the order of the list, and the sum of what is unread. Each change is announced before and told after,
/// as QAbstractItemModel wants it. Finding and moving an entry takes the time of a binary search, finding a person's
/// direct conversation that of a look into a hash.
class ConversationList : public QObject
{
    Q_OBJECT
public:
    /// @param self whose list it is
    explicit ConversationList(const UserId &self = {}, QObject *parent = nullptr)
        : QObject(parent)
        , m_self(self)
    {
    }

    void reset(std::vector<ConversationEntry> entries);
    /// False: the list is full.
    bool insert(ConversationEntry entry);
    /// Lets `edit` change a known entry, then puts it where it belongs.
    void change(const ConversationId &id, const std::function<void(ConversationEntry &)> &edit);
    void remove(const ConversationId &id);

    [[nodiscard]] int count() const { return int(m_order.size()); }
    [[nodiscard]] const ConversationEntry &at(int index) const { return *m_order[size_t(index)]; }
    [[nodiscard]] const ConversationEntry *find(const ConversationId &id) const;
    [[nodiscard]] int indexOf(const ConversationId &id) const; ///< -1 when unknown
    /// The direct conversation with a person; null when there is none, any of them when a server has several.
    [[nodiscard]] ConversationId directWith(const UserId &user) const;
    /// Unread messages of conversations that are not muted, in all.
    [[nodiscard]] int unreadTotal() const;

Q_SIGNALS:
    void aboutToBeInserted(int index);
    void inserted(int index);
    void changed(int index);
    void aboutToBeMoved(int from, int to); ///< `to`: the index after the move
    void moved(int from, int to);
    void aboutToBeRemoved(int index);
    void removed(int index);
    void aboutToReset(); ///< many changes at once: the first sync, a sync after a long time
    void wasReset();
    void unreadTotalChanged();

private:
    [[nodiscard]] int placeOf(Timestamp time, const ConversationId &id) const;
    /// What is summed up of all entries, with an entry or without it.
    void enter(const ConversationEntry &entry);
    void leave(const ConversationEntry &entry);
    void tellUnread();

    const UserId m_self;
    std::unordered_map<ConversationId, std::unique_ptr<ConversationEntry>> m_entries;
    std::unordered_multimap<UserId, ConversationId> m_direct; ///< by the other person
    std::vector<ConversationEntry *> m_order;
    qint64 m_unread = 0;
    int m_toldUnread = 0;
};

} // namespace Tertulia::Client
