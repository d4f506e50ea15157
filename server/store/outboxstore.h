// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/eventrecord.h"
#include "store/sql.h"

namespace Tertulia::Server {

class ReadTransaction;
class Transaction;

/// An event that waits to be told to somebody outside this process.
struct OutboxEntry
{
    qint64 number = 0;
    EventRecord event;
};

/// What was committed and has to leave the process, for each consumer its own rows, written by the very unit of work
/// that the events are of (Transaction::endUnit): whatever dies after the commit, they are told. A row is there until
/// its consumer has it; nothing rests on the order in which several writers' rows become visible.
namespace OutboxStore {

/// @param consumers by name (StoreSettings::consumers)
void append(Transaction &tx, const QStringList &consumers, const std::vector<DomainEvent> &events);
/// The oldest of a consumer's, at most `count`.
[[nodiscard]] std::vector<OutboxEntry> oldest(ReadTransaction &tx, const QString &consumer, int count);
/// They have been told.
void remove(Transaction &tx, const std::vector<OutboxEntry> &entries);

} // namespace OutboxStore

} // namespace Tertulia::Server
