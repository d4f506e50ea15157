// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/keystore.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>
#include <sys/stat.h>
#include <thread>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

int mode(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? int(info.st_mode & 0777) : -1;
}

} // namespace

class TestKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstCall_makesAFileNobodyElseCanRead()
    {
        const QTemporaryDir folder;
        const QString keys = folder.filePath(u"data/keys"_s);
        const auto key = KeyStore::secret(keys, u"token"_s);
        QVERIFY(key);
        QCOMPARE(key->size(), 32);
        QCOMPARE(mode(keys), 0700);
        QCOMPARE(mode(keys + u"/token"_s), 0600);
        QCOMPARE(QDir(keys).entryList(QDir::Files | QDir::Hidden), QStringList{u"token"_s});
    }
    void laterCalls_giveTheSameKey()
    {
        const QTemporaryDir folder;
        const auto first = KeyStore::secret(folder.path(), u"token"_s);
        const auto other = KeyStore::secret(folder.path(), u"refresh"_s);
        QCOMPARE(KeyStore::secret(folder.path(), u"token"_s).value(), first.value());
        QVERIFY(other.value() != first.value());
    }
    void manyAtOnce_getOneKey()
    {
        const QTemporaryDir folder;
        std::mutex mutex;
        QList<QByteArray> keys;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                const auto key = KeyStore::secret(folder.path(), u"token"_s);
                const std::lock_guard lock(mutex);
                keys.append(key.value_or(QByteArray()));
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(keys.count(keys.first()), 8);
        QCOMPARE(keys.first().size(), 32);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
    void fileOthersCanRead_isRefusedWithTheRemedy_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("others read") << 0604;
        QTest::newRow("group reads") << 0640;
        QTest::newRow("group writes") << 0620;
    }
    void fileOthersCanRead_isRefusedWithTheRemedy()
    {
        QFETCH(const int, mode);
        const QTemporaryDir folder;
        QVERIFY(KeyStore::secret(folder.path(), u"token"_s));
        const QString path = folder.filePath(u"token"_s);
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode_t(mode)), 0);
        const auto refused = KeyStore::secret(folder.path(), u"token"_s);
        QCOMPARE(int(refused.error().code), int(ErrorCode::Forbidden));
        QVERIFY(refused.error().message.contains(u"chmod 600 "_s + path));
    }
    void damagedFile_isRefused()
    {
        const QTemporaryDir folder;
        QVERIFY(KeyStore::secret(folder.path(), u"token"_s));
        QVERIFY(QFile::resize(folder.filePath(u"token"_s), 5));
        const auto refused = KeyStore::secret(folder.path(), u"token"_s);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(u"damaged"_s));
    }
    void folderThatCannotBeMade_isRefused()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(int(KeyStore::secret(folder.filePath(u"file/keys"_s), u"token"_s).error().code),
                 int(ErrorCode::Unavailable));
    }
};

TERTULIA_TEST(tst_keystore, TestKeyStore)
#include "tst_keystore.moc"
