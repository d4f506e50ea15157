// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/timeline.h"
#include "support/fakehistory.h"
#include "support/messages.h"
#include "support/pending.h"
#include "support/rowmirror.h"

#include <QTest>

#include <memory>

namespace Tertulia::Test {

inline const UserCard ana = person(QStringLiteral("ana"));
inline const UserCard bo = person(QStringLiteral("bo"));
inline const ConversationId talk = conversationNamed(QStringLiteral("talk"));

/// What a test looks at: "12 11 c-2? 10", newest first; pending ones by their id with a mark.
inline QString rowsOf(const Client::Timeline &timeline)
{
    QStringList rows;
    for (int i = 0; i < timeline.count(); ++i) {
        const Client::TimelineEntry &entry = timeline.at(i);
        rows.append(
            entry.isPending() ? *entry.message.clientMessageId
                    + (entry.message.status == MessageStatus::Failed ? QStringLiteral("!") : QStringLiteral("?"))
                              : QString::number(entry.message.sequence));
    }
    return rows.join(u' ');
}

inline QString range(Sequence newest, Sequence oldest)
{
    QStringList rows;
    for (Sequence sequence = newest; sequence >= oldest; --sequence)
        rows.append(QString::number(sequence));
    return rows.join(u' ');
}

/// A timeline on a store in memory and a server's history; pages of ten, a window of a hundred.
class TimelineStage
{
protected:
    void begin()
    {
        m_timeline.reset();
        m_history = std::make_unique<FakeHistory>();
        m_store = Client::LocalStore::inMemory();
        m_directory = std::make_unique<Client::Directory>(*m_store);
        m_store->conversations().save(conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 1)));
    }
    void end()
    {
        if (m_mirror)
            QCOMPARE(m_mirror->faults(), QString());
        m_mirror.reset();
    }
    void serverHas(Sequence last)
    {
        m_history->messages.clear();
        for (Sequence sequence = 1; sequence <= last; ++sequence)
            m_history->messages.push_back(messageFrom(sequence % 2 ? ana : bo, talk, sequence));
    }
    void saveCached(Sequence first, Sequence last)
    {
        for (const Message &message : m_history->messages) {
            if (message.sequence >= first && message.sequence <= last)
                m_store->messages().save(message);
        }
    }
    void open(Sequence last, Sequence anchor = 0, Sequence firstUnread = 0)
    {
        m_mirror.reset();
        Client::TimelineOptions options;
        options.pageSize = 10;
        options.windowSize = 100;
        options.gapFill = 100;
        options.retryDelay = std::chrono::milliseconds(0);
        const Client::TimelineParts parts{*m_store, *m_directory, *m_history, ana};
        m_timeline = std::make_unique<Client::Timeline>(
            talk, parts,
            Client::TimelineStart{
                .lastSequence = last, .firstUnread = firstUnread, .anchor = anchor, .pending = {}, .reactions = {}},
            options);
        m_mirror = std::make_unique<RowMirror>(*m_timeline);
    }

    std::unique_ptr<Client::LocalStore> m_store;
    std::unique_ptr<Client::Directory> m_directory;
    std::unique_ptr<FakeHistory> m_history;
    std::unique_ptr<Client::Timeline> m_timeline;
    std::unique_ptr<RowMirror> m_mirror;
};

} // namespace Tertulia::Test
