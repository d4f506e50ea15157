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

/// The entries in the order of the list, and the sum of what is unread. Announces each change as ConversationClient
/// does. Finding and moving an entry takes the time of a binary search.
class ConversationList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void reset(std::vector<ConversationEntry> entries);
    /// False: the list is full.
    bool insert(ConversationEntry entry);
    /// Lets `edit` change a known entry, then puts it where it belongs.
    void change(const ConversationId &id, const std::function<void(ConversationEntry &)> &edit);
    void remove(const ConversationId &id);

    [[nodiscard]] int count() const { return int(m_order.size()); }
    [[nodiscard]] const ConversationEntry &at(int index) const { return *m_order[size_t(index)]; }
    [[nodiscard]] const ConversationEntry *find(const ConversationId &id) const;
    [[nodiscard]] int indexOf(const ConversationId &id) const;
    [[nodiscard]] int unreadTotal() const;

Q_SIGNALS:
    void aboutToBeInserted(int index);
    void inserted(int index);
    void changed(int index);
    void aboutToBeMoved(int from, int to);
    void moved(int from, int to);
    void aboutToBeRemoved(int index);
    void removed(int index);
    void aboutToReset();
    void wasReset();
    void unreadTotalChanged();

private:
    [[nodiscard]] int placeOf(Timestamp time, const ConversationId &id) const;
    void countUnread(const ConversationEntry &entry, int sign);
    void tellUnread();

    std::unordered_map<ConversationId, std::unique_ptr<ConversationEntry>> m_entries;
    std::vector<ConversationEntry *> m_order;
    qint64 m_unread = 0;
    int m_toldUnread = 0;
};

} // namespace Tertulia::Client
