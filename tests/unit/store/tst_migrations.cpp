// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/rows.h"
#include "store/database.h"
#include "store/migrations.h"
#include "support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Database> open(const QString &path)
{
    StoreSettings settings;
    settings.path = path;
    auto database = Database::open(settings, Database::Mode::Writer);
    return database ? std::move(*database) : nullptr;
}

/// The whole schema as SQLite describes it, columns and indexes of each table in an order of their own.
QStringList schemaOf(Database &database)
{
    QStringList lines;
    for (Rows rows(database,
                   "SELECT m.name, c.name, c.type, c.\"notnull\", coalesce(c.dflt_value, ''), c.pk"
                   " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2");
         rows.next();) {
        QStringList parts;
        for (int i = 0; i < 6; ++i)
            parts.append(rows.text(i));
        lines.append(parts.join(u'|'));
    }
    for (Rows rows(database,
                   "SELECT m.name, i.name, i.\"unique\", i.partial, group_concat(c.name)"
                   " FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c"
                   " WHERE m.type = 'table' GROUP BY 1, 2, 3, 4 ORDER BY 1, 5, 2");
         rows.next();) {
        QStringList parts;
        for (int i = 0; i < 5; ++i)
            parts.append(rows.text(i).startsWith(u"sqlite_autoindex") ? u"auto"_s : rows.text(i));
        lines.append(parts.join(u'|'));
    }
    return lines;
}

/// Rows as a database of version 1 holds them.
const std::array<const char *, 5> rowsOfVersion1 = {
    "INSERT INTO users (id, username, username_key, full_name, created_at) VALUES (x'01', 'Ada', 'ada', 'Ada L', 1)",
    "INSERT INTO conversations (number, id, type, last_change, updated_at, created_at) VALUES (1, x'02', 0, 5, 6, 7)",
    "INSERT INTO conversation_members (key, user_id, joined_at) VALUES (65536, x'01', 7)",
    "INSERT INTO messages (key, id, sender_id, type, created_at, change, content)"
    " VALUES (4294967297, x'03', x'01', 0, 6, 5, 'Hello')",
    "INSERT INTO receipts (member_key, kind, through, at, change) VALUES (65536, 1, 1, 8, 9)",
};

} // namespace

class MigrationsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void versions_areNumberedWithoutGaps();
    void everyOldVersion_becomesTheFreshSchemaAndKeepsItsRows_data();
    void everyOldVersion_becomesTheFreshSchemaAndKeepsItsRows();
    void runAgain_changesNothing();
    void schemaThatIsTooNew_isLeftAlone();
};

void MigrationsTest::versions_areNumberedWithoutGaps()
{
    int expected = 0;
    for (const Migration &step : migrations())
        QCOMPARE(step.version, ++expected);
    QCOMPARE(schemaVersion(), expected);
}

void MigrationsTest::everyOldVersion_becomesTheFreshSchemaAndKeepsItsRows_data()
{
    QTest::addColumn<int>("version");
    for (int version = 0; version <= schemaVersion(); ++version)
        QTest::addRow("from %d", version) << version;
}

void MigrationsTest::everyOldVersion_becomesTheFreshSchemaAndKeepsItsRows()
{
    QFETCH(int, version);
    QTemporaryDir folder;
    const auto fresh = open(folder.filePath(u"fresh.db"_s));
    QVERIFY(migrate(*fresh));
    const auto old = open(folder.filePath(u"old.db"_s));
    if (version > 0) {
        QVERIFY(migrate(*old, version));
        for (const char *row : rowsOfVersion1)
            QVERIFY(old->run(row));
    }
    const auto found = migrate(*old);
    QCOMPARE(found.value_or(-1), version);
    QCOMPARE(schemaOf(*old), schemaOf(*fresh));
    if (version == 0)
        return;
    Rows rows(*old,
              "SELECT u.username, c.last_change, m.content, r.at FROM users u, conversations c, messages m, receipts r"
              " WHERE m.sender_id = u.id AND m.key / 4294967296 = c.number");
    QVERIFY(rows.next());
    QCOMPARE(rows.text(0), u"Ada"_s);
    QCOMPARE(rows.integer(1), 5);
    QCOMPARE(rows.text(2), u"Hello"_s);
    QCOMPARE(rows.integer(3), 8);
    if (version > 1)
        return; // whoever came later was given words when they came
    QStringList words;
    for (Rows index(*old, "SELECT word FROM user_words WHERE user_id = x'01' ORDER BY word"); index.next();)
        words.append(index.text(0));
    QCOMPARE(words, QStringList({u"ada"_s, u"l"_s}));
}

void MigrationsTest::runAgain_changesNothing()
{
    QTemporaryDir folder;
    const auto database = open(folder.filePath(u"test.db"_s));
    QVERIFY(migrate(*database));
    const QStringList before = schemaOf(*database);
    QCOMPARE(migrate(*database).value_or(-1), schemaVersion());
    QCOMPARE(schemaOf(*database), before);
}

void MigrationsTest::schemaThatIsTooNew_isLeftAlone()
{
    QTemporaryDir folder;
    const auto database = open(folder.filePath(u"test.db"_s));
    QVERIFY(migrate(*database));
    QVERIFY(database->run("UPDATE schema_version SET version = 999"));
    const auto refused = migrate(*database);
    QVERIFY(!refused);
    QCOMPARE(refused.error().reason, u"SCHEMA_TOO_NEW"_s);
    Rows rows(*database, "SELECT version FROM schema_version");
    QVERIFY(rows.next());
    QCOMPARE(rows.number(0), 999);
}

TERTULIA_TEST(tst_migrations, MigrationsTest)
#include "tst_migrations.moc"
