// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sqlite/sqltext.h"

#include <QByteArray>

namespace Tertulia::Server {

/// The databases that can run our SQL. Of PostgreSQL only the texts are there so far (docs/decisions/0118).
enum class Dialect : quint8 { Sqlite, Postgresql };

/// One statement, in the words of each database. Parameters are `?`, in order, or `?1` where one is used twice.
class Sql
{
public:
    /// A text that both understand in the same way.
    template <size_t N>
    consteval Sql(const char (&common)[N]) // NOLINT(google-explicit-constructor)
        : m_texts{common, common}
    {
    }
    struct Texts
    {
        SqlText sqlite;
        SqlText postgresql;
    };
    /// Where they differ: `Sql({.sqlite = "… min(a, b)", .postgresql = "… least(a, b)"})`, with the same parameters.
    consteval explicit Sql(const Texts &texts)
        : m_texts(texts)
    {
    }

    [[nodiscard]] SqlText sqlite() const { return m_texts.sqlite; }
    [[nodiscard]] SqlText postgresql() const { return m_texts.postgresql; }

private:
    Texts m_texts;
};

/// The text with the placeholders that PostgreSQL has: `?` becomes `$1`, `$2` …, and `?3` becomes `$3`, numbered as
/// SQLite numbers them. What stands in quotes is left as it is.
[[nodiscard]] QByteArray withNumberedPlaceholders(QByteArrayView sql);

} // namespace Tertulia::Server
