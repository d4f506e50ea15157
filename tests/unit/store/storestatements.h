// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QRegularExpression>

namespace Tertulia::Test {

/// A statement as the sources of the store have it.
struct StoreStatement
{
    QByteArray sqlite;
    QByteArray postgresql; ///< empty: of SQLite's own connection, no unit of work runs it
};

/// Finds the statements in a source file: literals and the macros of the same file, in both ways to write them
/// (store/sql.h).
class StoreStatements
{
public:
    [[nodiscard]] static QList<StoreStatement> in(const QString &source)
    {
        static const QRegularExpression call(
            QStringLiteral(R"x((?:(tx\s*\.(?:query|execute|change))|Rows(?: \w+)?)\((?:\*?\w+, )?)x"));
        static const QRegularExpression pair(QStringLiteral(R"x(\G\s*Sql\(\{\s*\.sqlite\s*=)x"));
        static const QRegularExpression second(QStringLiteral(R"x(\G\s*,\s*\.postgresql\s*=)x"));
        const auto macros = macrosOf(source);
        QList<StoreStatement> statements;
        for (auto found = call.globalMatch(source); found.hasNext();) {
            const auto match = found.next();
            qsizetype at = match.capturedEnd();
            StoreStatement statement;
            if (const auto both = pair.match(source, at); both.hasMatch()) {
                at = both.capturedEnd();
                statement.sqlite = literalAt(source, at, macros);
                at = second.match(source, at).capturedEnd();
                statement.postgresql = at > 0 ? literalAt(source, at, macros) : QByteArray();
            } else {
                statement.sqlite = literalAt(source, at, macros);
                if (match.hasCaptured(1))
                    statement.postgresql = statement.sqlite;
            }
            if (!statement.sqlite.isEmpty())
                statements.append(statement);
        }
        return statements;
    }

private:
    /// The macros of a file that stand for a piece of SQL.
    static QHash<QString, QString> macrosOf(const QString &source)
    {
        static const QRegularExpression define(QStringLiteral(R"(#define (\w+)((?:[^\n]*\\\n)*[^\n]*))"));
        QHash<QString, QString> macros;
        for (auto found = define.globalMatch(source); found.hasNext();) {
            const auto match = found.next();
            macros.insert(match.captured(1), match.captured(2));
        }
        return macros;
    }
    /// What string literals and macros together say, up to the first thing that is neither, where `from` is then.
    static QByteArray literalAt(const QString &source, qsizetype &from, const QHash<QString, QString> &macros)
    {
        static const QRegularExpression piece(
            QStringLiteral(R"x(\G(?:\s|\\\n)*(?:"((?:[^"\\]|\\.)*)"|([A-Z_]{4,})))x"));
        QByteArray text;
        while (true) {
            const auto match = piece.match(source, from);
            if (!match.hasMatch())
                return text;
            if (match.hasCaptured(2)) {
                qsizetype begin = 0;
                text += literalAt(macros.value(match.captured(2)), begin, macros);
            } else {
                text += match.captured(1)
                            .replace(QLatin1String("\\\\"), QLatin1String("\\"))
                            .replace(QLatin1String("\\\""), QLatin1String("\""))
                            .toUtf8();
            }
            from = match.capturedEnd();
        }
    }
};

} // namespace Tertulia::Test
