// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/receiptcounter.h"

#include "base/logging.h"
#include "store/messagestore.h"
#include "store/transaction.h"

namespace Tertulia::Server {

namespace {

using Counted = std::vector<std::pair<UserId, MessageReceiptCounts>>;

/// The latest messages of one group, each with its sender. Nothing where it is not there or no large group any more.
void countLatest(ReadTransaction &tx, const ConversationId &id, int latest, Counted &counted)
{
    const auto conversation = ConversationStore::head(tx, id);
    if (!conversation || conversation->isSmall())
        return;
    const auto heads =
        MessageStore::heads(tx, conversation->number, std::max<Sequence>(0, conversation->lastSequence - latest),
                            conversation->lastSequence);
    const auto reach = MessageStore::reachOf(tx, conversation->number, heads);
    for (size_t i = 0; i < heads.size(); ++i) {
        counted.emplace_back(heads[i].sender,
                             MessageReceiptCounts{.conversationId = id,
                                                  .messageId = heads[i].id,
                                                  .sequence = heads[i].sequence,
                                                  .memberCount = conversation->memberCount - 1,
                                                  .deliveredCount = reach[i].delivered,
                                                  .readCount = reach[i].read});
    }
}

} // namespace

void ReceiptCounter::committed(const std::vector<DomainEvent> &events)
{
    for (const DomainEvent &event : events) {
        if (const auto *const moved = std::get_if<MarksMoved>(&event)) {
            const std::lock_guard lock(m_mutex);
            m_moved.insert(moved->conversation);
        }
    }
}

void ReceiptCounter::tick()
{
    std::vector<ConversationId> groups;
    {
        const std::lock_guard lock(m_mutex);
        if (++m_ticks < patience || m_moved.empty() || m_isCounting)
            return;
        m_ticks = 0;
        m_isCounting = true;
        groups.assign(m_moved.begin(), m_moved.end());
        m_moved.clear();
    }
    count(groups);
}

void ReceiptCounter::count(const std::vector<ConversationId> &groups)
{
    m_executor.read<Counted>(
        {{}, Lane::Housekeeping},
        [groups](ReadTransaction &tx) -> Result<Counted> {
            Counted counted;
            for (const ConversationId &id : groups)
                countLatest(tx, id, latest, counted);
            return counted;
        },
        Completion<Counted>(nullptr, [this, groups](const Result<Counted> &counted) {
            if (counted) {
                tell(*counted);
                return;
            }
            qCWarning(logServices) << "receipts could not be counted:" << counted.error().message;
            const std::lock_guard lock(m_mutex);
            m_moved.insert(groups.begin(), groups.end());
            m_isCounting = false;
        }));
}

void ReceiptCounter::tell(const Counted &counted)
{
    Counted news;
    {
        const std::lock_guard lock(m_mutex);
        if (m_told.size() > mostGroups)
            m_told.clear();
        std::unordered_map<ConversationId, Latest> now;
        for (const auto &[sender, counts] : counted) {
            const Told count{.delivered = counts.deliveredCount, .read = counts.readCount};
            const auto known = m_told.find(counts.conversationId);
            const auto before = known == m_told.end() ? Told() : known->second.value(counts.messageId);
            now[counts.conversationId].insert(counts.messageId, count);
            if (count != before)
                news.emplace_back(sender, counts);
        }
        for (auto &[id, counts] : now)
            m_told[id] = std::move(counts);
        m_isCounting = false;
    }
    for (const auto &[sender, counts] : news)
        m_tell(sender, counts);
}

} // namespace Tertulia::Server
