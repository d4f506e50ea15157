// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationclient.h"
#include "support/listmirror.h"
#include "support/rowmirror.h"

#include <map>
#include <set>
#include <unordered_map>

namespace Tertulia::Test {

/// Looks at one client all the while, and finds what may never be seen, whatever happens to its connection.
class Watch : public QObject
{
    Q_OBJECT

public:
    /// @param mayForget the list may be read anew: then the server says anew how far things are
    Watch(Client::ConversationClient &client, bool mayForget)
        : m_client(client)
        , m_mayForget(mayForget)
        , m_list(client)
    {
        const Client::ConversationList *list = &client.list();
        connect(list, &Client::ConversationList::aboutToBeRemoved, this,
                [this](int index) { forget(m_client.at(index).conversation.id); });
        connect(list, &Client::ConversationList::aboutToReset, this, [this] { m_conversations.clear(); });
        connect(&client.outbox(), &Client::Outbox::changed, this, [this](const Client::Command &command) {
            if (command.state == Client::Command::State::Failed)
                m_faults += QStringLiteral("refused: ") + command.content + QLatin1Char(' ') + command.failure->message;
        });
    }

    /// Whenever nothing is in the middle of a change.
    void look()
    {
        for (int i = 0; i < m_client.count(); ++i) {
            const Client::ConversationEntry &entry = m_client.at(i);
            lookAt(entry);
            if (Client::Timeline *const timeline = m_client.timeline(entry.conversation.id))
                lookAt(*timeline);
        }
    }
    /// All is as it should be.
    void rest()
    {
        for (auto &[id, seen] : m_conversations)
            seen.isMarked = false;
    }
    [[nodiscard]] QString faults() const
    {
        QStringList all = m_faults;
        all += m_list.faults();
        for (const auto &[timeline, mirror] : m_rows)
            all += mirror->faults();
        all.removeAll(QString());
        return all.join(QStringLiteral("; "));
    }

private:
    struct Seen
    {
        Revision revision = 0;
        Sequence readThrough = 0, hiddenThrough = 0;
        int unread = 0;
        /// Read or deleted, here or before this client began, since the last rest: what is left is what the store can
        /// tell, until the server counts.
        bool isMarked = true;
    };

    void forget(const ConversationId &id)
    {
        m_conversations.erase(id);
        std::erase_if(m_revisions, [&id](const auto &one) { return one.second.first == id; });
    }
    void lookAt(const Client::ConversationEntry &entry)
    {
        const Conversation &conversation = entry.conversation;
        Seen now{conversation.revision, conversation.readThrough, conversation.hiddenThrough, conversation.unreadCount,
                 true};
        const auto before = m_conversations.find(conversation.id);
        if (before != m_conversations.end() && !m_mayForget) {
            if (now.revision < before->second.revision)
                m_faults += QStringLiteral("the revision of a conversation fell");
            if (now.readThrough < before->second.readThrough)
                m_faults += QStringLiteral("a read mark fell");
            now.isMarked = before->second.isMarked || now.readThrough > before->second.readThrough
                || now.hiddenThrough > before->second.hiddenThrough;
            if (now.unread < before->second.unread && !now.isMarked)
                m_faults +=
                    QStringLiteral("in %1, read through %2 of %3, unread fell from %4 to %5 and nothing was read")
                        .arg(conversation.id.toString().last(4))
                        .arg(now.readThrough)
                        .arg(entry.lastSequence())
                        .arg(before->second.unread)
                        .arg(now.unread);
        }
        m_conversations[conversation.id] = now;
    }
    void lookAt(Client::Timeline &timeline)
    {
        auto &mirror = m_rows[&timeline];
        if (!mirror) {
            mirror = std::make_unique<RowMirror>(timeline);
            connect(&timeline, &QObject::destroyed, this, [this, gone = &timeline] { m_rows.erase(gone); });
        }
        std::set<QString> texts; // a history says nothing twice
        for (int row = 0; row < timeline.count(); ++row) {
            const Message &message = timeline.at(row).message;
            if (!texts.insert(message.content).second)
                m_faults += QStringLiteral("twice: ") + message.content;
            if (timeline.at(row).isPending())
                continue;
            auto &[conversation, revision] = m_revisions[message.id];
            if (message.revision < revision && !m_mayForget)
                m_faults += QStringLiteral("the revision of a message fell: ") + message.content;
            conversation = timeline.conversation();
            revision = message.revision;
        }
    }

    Client::ConversationClient &m_client;
    const bool m_mayForget;
    ListMirror m_list;
    std::map<const void *, std::unique_ptr<RowMirror>> m_rows; ///< of open timelines
    std::unordered_map<ConversationId, Seen> m_conversations;
    std::unordered_map<MessageId, std::pair<ConversationId, Revision>> m_revisions;
    QStringList m_faults;
};

} // namespace Tertulia::Test
