// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// No statement of the server walks through a whole table: each is taken from the sources of the store and explained by
// SQLite. A table grows with the people and their messages; one who makes it grow must not make everybody slower.

#include "store/database.h"
#include "store/migrations.h"
#include "storestatements.h"
#include "support/testmain.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

/// Statements that may scan, and why.
struct Exception
{
    const char *begins;
    const char *why;
};
constexpr std::array exceptions{
    Exception{"SELECT id, username, full_name, email, avatar, bio, location, website, role, password_hash, status,"
              " external_issuer, external_subject, created_at, device_epoch FROM users ORDER BY",
              "tertulia-ctl lists everybody"},
    Exception{"SELECT id, role FROM users WHERE external_subject", "once, at the start: all foreign people are wanted"},
    Exception{"SELECT id FROM users WHERE status <> 0", "once, at the start: all disabled people are wanted"},
    Exception{"SELECT id, username FROM users",
              "once, when what looks alike is told by newer tables: all names are wanted"},
    Exception{"SELECT id, full_name, username FROM users", "a migration, once: everybody is given their words"},
};

bool mayScan(const QByteArray &sql)
{
    return std::any_of(exceptions.begin(), exceptions.end(),
                       [&](const Exception &exception) { return sql.startsWith(exception.begins); });
}

} // namespace

class QueryPlansTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    QList<QByteArray> m_statements; ///< all of the store's

    [[nodiscard]] QString scanOf(const QByteArray &sql)
    {
        for (const QString &line : planOf(sql)) {
            // A constant row, the bounded subqueries of UserStore::search and what a parameter lists are no tables.
            if (line.startsWith(u"SCAN "_s) && line != u"SCAN CONSTANT ROW"_s && !line.startsWith(u"SCAN found"_s)
                && !line.startsWith(u"SCAN words"_s) && !line.startsWith(u"SCAN wanted"_s))
                return line;
        }
        return {};
    }

    /// Lines of EXPLAIN QUERY PLAN; one that begins with "error" if SQLite does not know the statement.
    QStringList planOf(const QByteArray &sql)
    {
        sqlite3_stmt *statement = nullptr;
        const QByteArray explain = "EXPLAIN QUERY PLAN " + sql;
        if (sqlite3_prepare_v2(m_database->handle(), explain.constData(), -1, &statement, nullptr) != SQLITE_OK)
            return {u"error: "_s + QString::fromUtf8(sqlite3_errmsg(m_database->handle()))};
        QStringList lines;
        while (sqlite3_step(statement) == SQLITE_ROW)
            lines.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, 3))));
        sqlite3_finalize(statement);
        return lines;
    }

private Q_SLOTS:
    void initTestCase()
    {
        StoreSettings settings;
        settings.path = m_folder.filePath(u"test.db"_s);
        auto opened = Database::open(settings, Database::Mode::Writer);
        QVERIFY(opened);
        m_database = std::move(*opened);
        QVERIFY(migrate(*m_database));
    }

    void statement_findsWhatItWantsByAnIndex_data()
    {
        QTest::addColumn<QByteArray>("sql");
        const QDir store(QStringLiteral(TERTULIA_STORE_SOURCES));
        m_statements.clear();
        for (const QString &name : store.entryList({u"*.cpp"_s})) {
            QFile file(store.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto statements = StoreStatements::in(QString::fromUtf8(file.readAll()));
            for (qsizetype i = 0; i < statements.size(); ++i) {
                QTest::addRow("%s %d", qPrintable(name), int(i + 1)) << statements[i].sqlite;
                m_statements.append(statements[i].sqlite);
            }
        }
        QVERIFY2(m_statements.size() > 60, "the statements of the store are not where this test looks for them");
    }
    void statement_findsWhatItWantsByAnIndex()
    {
        QFETCH(QByteArray, sql);
        const QStringList plan = planOf(sql);
        QVERIFY2(!plan.value(0).startsWith(u"error"), qPrintable(plan.value(0) + u" in "_s + QString::fromUtf8(sql)));
        const QString scan = scanOf(sql);
        QVERIFY2(scan.isEmpty() || mayScan(sql), qPrintable(scan + u" in "_s + QString::fromUtf8(sql)));
    }
    void everyException_isStillNeeded()
    {
        for (const Exception &exception : exceptions) {
            const bool scans = std::any_of(m_statements.begin(), m_statements.end(), [&](const QByteArray &sql) {
                return sql.startsWith(exception.begins) && !scanOf(sql).isEmpty();
            });
            QVERIFY2(scans, exception.why);
        }
    }
    void scan_wouldBeNoticed()
    {
        QVERIFY(planOf("SELECT id FROM users WHERE bio = ?").value(0).startsWith(u"SCAN users"_s));
        const auto found = StoreStatements::in(uR"x(#define COLUMNS \
    "SELECT a, " \
    "b"
    auto rows = tx.query(COLUMNS " FROM c WHERE d LIKE ? ESCAPE '\\'"
                         " AND e = ?", one);
    return tx
        .execute("DELETE FROM c"); Rows(*database, "COMMIT").run();
    tx.change(Sql({.sqlite = COLUMNS " FROM d",
                   .postgresql = COLUMNS " FROM e"}), two);)x"_s);
        QByteArrayList sqlite;
        QByteArrayList postgresql;
        for (const StoreStatement &one : found) {
            sqlite.append(one.sqlite);
            postgresql.append(one.postgresql);
        }
        const QByteArray first = "SELECT a, b FROM c WHERE d LIKE ? ESCAPE '\\' AND e = ?";
        QCOMPARE(sqlite, QByteArrayList({first, "DELETE FROM c", "COMMIT", "SELECT a, b FROM d"}));
        QCOMPARE(postgresql, QByteArrayList({first, "DELETE FROM c", "", "SELECT a, b FROM e"}));
    }
};

TERTULIA_TEST(tst_queryplans, QueryPlansTest)
#include "tst_queryplans.moc"
