// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/outboxrelay.h"

#include "base/logging.h"
#include "store/transaction.h"

namespace Tertulia::Server {

void OutboxRelay::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isBusy) {
            m_isWoken = true;
            return;
        }
        m_isBusy = true;
        m_isWoken = false;
    }
    using Entries = std::vector<OutboxEntry>;
    m_executor.read<Entries>(
        {{}, Lane::Housekeeping},
        [this](ReadTransaction &tx) -> Result<Entries> { return OutboxStore::oldest(tx, m_consumer, most); },
        Completion<Entries>(nullptr, [this](Result<Entries> entries) {
            if (entries && !entries->empty())
                deliver(std::move(*entries));
            else
                rest(entries.has_value());
        }));
}

void OutboxRelay::deliver(std::vector<OutboxEntry> entries)
{
    auto shared = std::make_shared<const std::vector<OutboxEntry>>(std::move(entries));
    m_deliver(*shared, Completion<Empty>(nullptr, [this, shared](const Result<Empty> &taken) {
        if (taken) {
            remove(*shared);
            return;
        }
        qCWarning(logServices) << "events for" << m_consumer << "wait:" << taken.error().message;
        rest(false);
    }));
}

void OutboxRelay::remove(const std::vector<OutboxEntry> &entries)
{
    m_executor.write<Empty>(
        {{}, Lane::Housekeeping},
        [entries](Transaction &tx) -> Result<Empty> {
            OutboxStore::remove(tx, entries);
            return Empty{};
        },
        Completion<Empty>(nullptr, [this, isFull = entries.size() == size_t(most)](const Result<Empty> &removed) {
            {
                const std::lock_guard lock(m_mutex);
                m_isWoken = m_isWoken || isFull;
            }
            rest(removed.has_value());
        }));
}

void OutboxRelay::rest(bool mayBeMore)
{
    {
        const std::lock_guard lock(m_mutex);
        m_isBusy = false;
        mayBeMore = mayBeMore && m_isWoken;
    }
    if (mayBeMore)
        wake();
}

} // namespace Tertulia::Server
