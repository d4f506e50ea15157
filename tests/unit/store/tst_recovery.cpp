// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliverytracker.h"
#include "support/teststore.h"

#include <QProcess>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int people = 6;

UserId person(int number)
{
    return UserId(Uuid::fromName("recovery", QByteArray::number(number)));
}

/// The process that dies: several clients send without end, and each acknowledged id is printed.
int flood(const QString &path)
{
    StoreSettings settings;
    settings.path = path;
    Executor executor(settings);
    if (!executor.start())
        return 2;
    const SystemClock clock;
    const MessageService service(clock, {});
    DeliveryTracker tracker(executor, service, clock);
    std::atomic<qint64> counter = 0;
    std::function<void(int)> send = [&](int from) {
        SendMessageRequest request;
        request.recipientId = person((from + 1) % people).toString();
        request.content = u"message %1"_s.arg(++counter);
        request.clientMessageId = Uuid::generate().toString();
        executor.write<SentMessage>(
            [&service, from, request](Transaction &tx) {
                return service.send(tx, {.id = person(from), .session = {}, .role = Role::User}, request);
            },
            Completion<SentMessage>(nullptr, [&, from](const Result<SentMessage> &sent) {
                if (!sent)
                    return;
                const QByteArray line = sent->message.id.uuid().toUtf8() + '\n';
                std::ignore = ::write(STDOUT_FILENO, line.constData(), size_t(line.size()));
                tracker.delivered(*sent->message.recipientId, sent->message.conversationId, sent->message.sequence,
                                  sent->message.sequence);
                send(from);
            }));
    };
    for (int i = 0; i < people; ++i)
        send(i);
    while (true)
        ::pause();
}

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void killedInAFlood_keepsEveryAcknowledgedMessageOnceAndInOrder();
};

void RecoveryTest::killedInAFlood_keepsEveryAcknowledgedMessageOnceAndInOrder()
{
    QTemporaryDir folder;
    StoreSettings settings;
    settings.path = folder.filePath(u"test.db"_s);
    {
        TestStore store(settings);
        QVERIFY(store.start());
        QVERIFY(store.write([](Transaction &tx) -> Result<void> {
            for (int i = 0; i < people; ++i) {
                tx.execute(
                    "INSERT INTO users (id, username, username_key, full_name, created_at) VALUES (?, ?, ?, ?, 0)",
                    person(i), u"p%1"_s.arg(i), u"p%1"_s.arg(i), u"P"_s);
            }
            return {};
        }));
    }
    QByteArrayList acknowledged;
    for (int round = 0; round < 5; ++round) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {u"--flood"_s, settings.path});
        QVERIFY(process.waitForStarted());
        QByteArray output;
        while (output.count('\n') < 150 * (round + 1) && process.waitForReadyRead(20'000))
            output += process.readAllStandardOutput();
        process.kill();
        QVERIFY(process.waitForFinished());
        output += process.readAllStandardOutput();
        output.truncate(output.lastIndexOf('\n') + 1);
        acknowledged += output.trimmed().split('\n');
        QVERIFY(acknowledged.size() > 100 * (round + 1));
    }
    TestStore store(settings);
    QVERIFY(store.start());
    QTRY_COMPARE_WITH_TIMEOUT(int(store.executor().integrity().check), int(IntegrityState::Check::Good), 20'000);
    const auto stored = store.read([](ReadTransaction &tx) -> Result<QByteArrayList> {
        QByteArrayList ids;
        qint64 conversation = -1;
        qint64 expected = 0;
        qint64 lastTime = 0;
        Rows rows = tx.query("SELECT key / 4294967296, key % 4294967296, id, created_at FROM messages ORDER BY key");
        while (rows.next()) {
            expected = rows.integer(0) == conversation ? expected + 1 : 1;
            if (rows.integer(1) != expected || (expected > 1 && rows.integer(3) <= lastTime))
                return failure(Error::internal(u"a gap, or time going back"_s));
            conversation = rows.integer(0);
            lastTime = rows.integer(3);
            ids.append(rows.id<MessageId>(2).uuid().toUtf8());
        }
        Rows ends = tx.query("SELECT count(*) FROM conversations c WHERE last_sequence <>"
                             " (SELECT max(key) % 4294967296 FROM messages m WHERE m.key / 4294967296 = c.number)");
        if (!ends.next() || ends.integer(0) != 0)
            return failure(Error::internal(u"a conversation does not know its end"_s));
        return ids;
    });
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().message));
    const QSet<QByteArray> there(stored->begin(), stored->end());
    QCOMPARE(there.size(), stored->size());
    for (const QByteArray &id : acknowledged)
        QVERIFY2(there.contains(id), id.constData());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--flood")
        return flood(arguments[2]);
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"
