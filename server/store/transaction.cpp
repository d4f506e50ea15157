// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transaction.h"

#include "store/outboxstore.h"

namespace Tertulia::Server {

ReadTransaction::ReadTransaction(Database &database, ChangeNumber committedChange)
    : m_database(database)
    , m_committedChange(committedChange)
{
}

void Transaction::beginUnit()
{
    // Most units that fail do so before they write: only a writing unit pays for a savepoint.
    m_isWriting = true;
    Rows(m_database, "SAVEPOINT unit").run();
}

bool Transaction::endUnit(bool isGood)
{
    if (isGood && !m_events.empty() && !m_database.consumers().isEmpty())
        OutboxStore::append(*this, m_database.consumers(), m_events);
    if (m_database.hasFailed() || !isGood) {
        m_events.clear();
        if (m_isWriting && m_database.isInTransaction()) {
            Rows(m_database, "ROLLBACK TO unit").run();
            Rows(m_database, "RELEASE unit").run();
        }
        if (!m_isWriting && m_database.totalChanges() != m_changesBefore)
            m_database.failBatch();
        m_isWriting = false;
        return false;
    }
    if (m_isWriting)
        Rows(m_database, "RELEASE unit").run();
    m_isWriting = false;
    return !m_database.hasFailed();
}

ChangeNumber Transaction::nextChange()
{
    return m_change ? *m_change : m_database.nextChange();
}

} // namespace Tertulia::Server
