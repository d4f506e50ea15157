// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sqlite/connection.h"
#include "sqlite/rows.h"

#include <vector>

namespace Tertulia::Test {

/// A connection that remembers what it was told.
class TestConnection : public SqliteConnection
{
public:
    explicit TestConnection(const SqliteSettings &settings)
        : opened(connect(settings))
    {
    }
    explicit TestConnection(const QString &path = QStringLiteral(":memory:"))
        : TestConnection(SqliteSettings{.path = path})
    {
    }

    using SqliteConnection::doom;
    [[nodiscard]] std::optional<SqliteFailure::Kind> lastKind() const
    {
        return failures.empty() ? std::nullopt : std::optional(failures.back().kind);
    }
    /// The integer that a statement gives first, or -1.
    [[nodiscard]] qint64 number(SqlText sql)
    {
        Rows rows(*this, sql);
        return rows.next() ? rows.integer(0) : -1;
    }

    std::vector<SqliteFailure> failures;
    int lostTransactions = 0;
    Result<void> opened;

private:
    Error failed(const SqliteFailure &failure) override
    {
        failures.push_back(failure);
        return Error::unavailable(failure.text);
    }
    void transactionLost() override { ++lostTransactions; }
};

} // namespace Tertulia::Test
