// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/cachedatabase.h"
#include "client/cache/conversationcache.h"
#include "client/cache/migrations.h"
#include "support/messages.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);

/// Everything that the file says of its tables.
QByteArrayList schemaOf(CacheDatabase &database)
{
    QByteArrayList schema;
    Rows rows(database, "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name");
    while (rows.next())
        schema.append(rows.text(0).toUtf8());
    return schema;
}

} // namespace

class TestCacheMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void migratedStepByStep_equalsNew()
    {
        auto stepwise = std::move(*CacheDatabase::open(u":memory:"_s, 100));
        for (int version = 1; version <= newestSchema(); ++version)
            QVERIFY(migrateStore(*stepwise, ana.id, version));
        auto fresh = std::move(*CacheDatabase::open(u":memory:"_s, 100));
        QVERIFY(migrateStore(*fresh, ana.id));
        QVERIFY(migrateStore(*fresh, ana.id)); // again does nothing
        QCOMPARE(schemaOf(*stepwise), schemaOf(*fresh));
        QVERIFY(schemaOf(*fresh).size() >= 6);
    }

    void statusesOfAnOlderFile_becomeMarks()
    {
        const auto database = std::move(*CacheDatabase::open(u":memory:"_s, 100));
        QVERIFY(migrateStore(*database, ana.id, 3));
        const auto talks = [&](int number, const UserCard &lastSender, int lastStatus, int readThrough) {
            QVERIFY(Rows(*database,
                         "INSERT INTO conversations (number, id, last_sender, last_status, last_sequence, read_through,"
                         " read_sent) VALUES (?, ?, ?, ?, 9, ?, ?)",
                         number, conversationNamed(QString::number(number)), lastSender.id, lastStatus, readThrough,
                         readThrough)
                        .run());
        };
        const auto says = [&](int conversation, Sequence sequence, const UserCard &sender, int status) {
            QVERIFY(
                Rows(*database,
                     "INSERT INTO messages (conversation, sequence, id, sender, status, type, created_at, is_edited,"
                     " is_deleted, content) VALUES (?, ?, ?, ?, ?, 0, 1, 0, 0, 'x')",
                     conversation, sequence, MessageId::generate(), sender.id, status)
                    .run());
        };
        talks(1, bo, 1, 2);
        says(1, 1, ana, 3);
        says(1, 2, bo, 3);
        says(1, 3, ana, 2);
        says(1, 4, ana, 1);
        says(1, 5, bo, 3); // read elsewhere
        says(1, 6, bo, 2);
        talks(2, ana, 3, 0); // of which the list alone is there
        talks(3, bo, 3, 7);
        QVERIFY(migrateStore(*database, ana.id));
        const auto marksOf = [&](int number) {
            Rows rows(*database,
                      "SELECT others_delivered, others_read, read_through, read_sent FROM conversations"
                      " WHERE number = ?",
                      number);
            return rows.next() ? QList<qint64>{rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3)}
                               : QList<qint64>();
        };
        QCOMPARE(marksOf(1), (QList<qint64>{3, 1, 5, 5}));
        QCOMPARE(marksOf(2), (QList<qint64>{9, 9, 0, 0}));
        QCOMPARE(marksOf(3), (QList<qint64>{0, 0, 7, 7}));
    }
    void waitingReadMarksOfAnOlderFile_nameTheNewestThatIsThere()
    {
        const auto database = std::move(*CacheDatabase::open(u":memory:"_s, 100));
        QVERIFY(migrateStore(*database, ana.id, 6));
        ConversationCache conversations(*database);
        const MessageId stored = MessageId::generate();
        const MessageId last = MessageId::generate();
        const auto talks = [&](int number, int readThrough, int readSent) {
            QVERIFY(Rows(*database,
                         "INSERT INTO conversations (number, id, last_id, last_sequence, read_through, read_sent)"
                         " VALUES (?, ?, ?, 9, ?, ?)",
                         number, conversationNamed(QString::number(number)), last, readThrough, readSent)
                        .run());
        };
        talks(1, 9, 2); // the list alone knows it
        talks(2, 7, 2); // the store has one before it
        talks(3, 7, 2); // nobody knows
        talks(4, 9, 9); // told
        QVERIFY(Rows(*database,
                     "INSERT INTO messages (conversation, sequence, id, sender, type, created_at, is_edited,"
                     " is_deleted, content) VALUES (2, 5, ?, ?, 0, 1, 0, 0, 'x')",
                     stored, bo.id)
                    .run());
        QVERIFY(migrateStore(*database, ana.id));
        std::vector<MessageId> named;
        for (const auto &mark : conversations.unsentReadMarks())
            named.push_back(mark.message);
        QCOMPARE(named, (std::vector<MessageId>{last, stored, {}}));
    }
};

QTEST_GUILESS_MAIN(TestCacheMigrations)
#include "tst_cachemigrations.moc"
