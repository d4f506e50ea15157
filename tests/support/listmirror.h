// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationclient.h"

#include <QObject>
#include <QStringList>

namespace Tertulia::Test {

/// Follows the list of conversations by its signals alone, as a model does, and finds where they do not fit.
class ListMirror : public QObject
{
    Q_OBJECT
public:
    explicit ListMirror(Client::ConversationClient &client)
        : m_client(client)
    {
        using Client::ConversationList;
        const ConversationList *list = &client.list();
        copy();
        connect(list, &ConversationList::aboutToBeInserted, this, [this] { check("before insertion"); });
        connect(list, &ConversationList::inserted, this, [this](int index) {
            m_ids.insert(m_ids.begin() + index, m_client.at(index).conversation.id);
            check("after insertion");
        });
        connect(list, &ConversationList::aboutToBeMoved, this, [this] { check("before move"); });
        connect(list, &ConversationList::moved, this, [this](int from, int to) {
            const ConversationId id = m_ids[size_t(from)];
            m_ids.erase(m_ids.begin() + from);
            m_ids.insert(m_ids.begin() + to, id);
            check("after move");
            ++moves;
        });
        connect(list, &ConversationList::aboutToBeRemoved, this, [this] { check("before removal"); });
        connect(list, &ConversationList::removed, this, [this](int index) {
            m_ids.erase(m_ids.begin() + index);
            check("after removal");
        });
        connect(list, &ConversationList::changed, this, [this](int index) {
            check("after change");
            if (m_client.indexOf(m_client.at(index).conversation.id) != index)
                m_faults.append(QStringLiteral("a change elsewhere"));
        });
        connect(list, &ConversationList::wasReset, this, [this] {
            copy();
            ++resets;
        });
    }

    [[nodiscard]] QString faults() const { return m_faults.join(QStringLiteral("; ")); }

    int moves = 0;
    int resets = 0;

private:
    void copy()
    {
        m_ids.clear();
        for (int i = 0; i < m_client.count(); ++i)
            m_ids.push_back(m_client.at(i).conversation.id);
    }
    void check(const char *when)
    {
        bool isSame = m_client.count() == int(m_ids.size());
        for (int i = 0; isSame && i < m_client.count(); ++i)
            isSame = m_client.at(i).conversation.id == m_ids[size_t(i)];
        if (!isSame)
            m_faults.append(QStringLiteral("not the same ") + QString::fromLatin1(when));
    }

    Client::ConversationClient &m_client;
    std::vector<ConversationId> m_ids;
    QStringList m_faults;
};

} // namespace Tertulia::Test
