// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/outboxstore.h"

#include "base/logging.h"
#include "protocol/codec.h"
#include "store/transaction.h"

namespace Tertulia::Server::OutboxStore {

void append(Transaction &tx, const QStringList &consumers, const std::vector<DomainEvent> &events)
{
    for (const DomainEvent &event : events) {
        const QString payload = QString::fromUtf8(toJson(recordOf(event)));
        for (const QString &consumer : consumers)
            tx.execute("INSERT INTO outbox (consumer, event) VALUES (?, ?)", consumer, payload);
    }
}

std::vector<OutboxEntry> oldest(ReadTransaction &tx, const QString &consumer, int count)
{
    std::vector<OutboxEntry> entries;
    Rows rows =
        tx.query("SELECT number, event FROM outbox WHERE consumer = ? ORDER BY number LIMIT ?", consumer, count);
    while (rows.next()) {
        auto event = fromJson<EventRecord>(rows.text(1).toUtf8());
        if (!event)
            qCWarning(logStore, "event %lld of the outbox cannot be read", rows.integer(0)); // of a newer program
        entries.push_back({.number = rows.integer(0), .event = event.value_or(EventRecord())});
    }
    return entries;
}

void remove(Transaction &tx, const std::vector<OutboxEntry> &entries)
{
    for (const OutboxEntry &entry : entries)
        tx.execute("DELETE FROM outbox WHERE number = ?", entry.number);
}

} // namespace Tertulia::Server::OutboxStore
