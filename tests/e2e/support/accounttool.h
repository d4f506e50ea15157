// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/waiting.h"
#include "e2e/support/besideserver.h"
#include "services/accountservice.h"
#include "store/transaction.h"
#include "store/userstore.h"

namespace Tertulia::Test {

/// Changes accounts beside a running server, as tertulia-ctl does it.
class AccountTool
{
public:
    explicit AccountTool(const QString &dataFolder)
        : m_executor(besideServer(dataFolder))
        , m_accounts(m_clock, {}, QByteArray(32, 'k'))
    {
        if (const auto started = m_executor.start(); !started)
            qFatal("%s", qPrintable(started.error().message));
    }

    void setRole(const QString &userId, Role role)
    {
        perform(userId, [&](Server::Transaction &tx, UserId user) { return m_accounts.setRole(tx, user, role); });
    }
    void setDisabled(const QString &userId, bool disabled)
    {
        perform(userId,
                [&](Server::Transaction &tx, UserId user) { return m_accounts.setDisabled(tx, user, disabled); });
    }

private:
    template <class Work> void perform(const QString &userId, Work work)
    {
        const auto unit = [&](Server::Transaction &tx) {
            const UserId user = UserId::parse(userId).value_or(UserId());
            Result<void> done = work(tx, user);
            Server::UserStore::noteChange(tx, user, m_clock.now());
            return done;
        };
        if (const auto done = Server::waitForWrite<void>(m_executor, unit); !done)
            qFatal("%s", qPrintable(done.error().message));
    }

    SystemClock m_clock;
    Server::Executor m_executor;
    Server::AccountService m_accounts;
};

} // namespace Tertulia::Test
