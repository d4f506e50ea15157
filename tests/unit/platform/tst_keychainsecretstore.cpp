// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Against a real gnome-keyring on a private bus, and against none.
#include "platform/keychainsecretstore.h"
#include "support/testmain.h"

#include "support/privatedesktop.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

class TestKeychainSecretStore : public QObject
{
    Q_OBJECT

private:
    template <class T> static Result<T> wait(const Client::Future<T> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isAnswered(); }, 30'000))
            return failure(Error::internal(u"no answer"_s));
        return future.result();
    }

    Test::PrivateDesktop m_desktop;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_desktop.startBus(), qPrintable(m_desktop.why()));
        m_desktop.adopt();
    }

    void a_withoutAKeyStore_nothingIsKept()
    {
        KeychainSecretStore store;
        QVERIFY(store.isPersistent());
        QSignalSpy changes(&store, &KeychainSecretStore::persistenceChanged);
        store.probe();
        QTRY_COMPARE(changes.size(), 1);
        QVERIFY(!store.isPersistent());
        const auto written = wait(store.write(u"account"_s, "secret-token-1"));
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Unavailable);
        QCOMPARE(written.error().reason, u"NO_SECRET_STORE"_s);
        QVERIFY(!wait(store.read(u"account"_s)));
        QVERIFY(!wait(store.remove(u"account"_s)));
        // and nowhere else either
        QDirIterator files(m_desktop.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("secret-token-1"), qPrintable(file.fileName()));
        }
    }

    void b_realKeyring_keepsSecrets()
    {
        QVERIFY2(m_desktop.startKeyring(), qPrintable(m_desktop.why()));
        const QByteArray secret("bytes \0 and all", 15);
        {
            KeychainSecretStore store;
            store.probe();
            const auto none = wait(store.read(u"account"_s));
            QVERIFY2(none.has_value(), qPrintable(none ? QString() : none.error().message));
            QVERIFY(!*none);
            const auto written = wait(store.write(u"account"_s, secret));
            QVERIFY2(written.has_value(), qPrintable(written ? QString() : written.error().message));
            QVERIFY(wait(store.write(u"other"_s, "another")));
            QVERIFY(store.isPersistent());
        }
        KeychainSecretStore next;
        const auto read = wait(next.read(u"account"_s));
        QVERIFY(read && *read);
        QCOMPARE(**read, secret);
        QVERIFY(wait(next.remove(u"account"_s)));
        QVERIFY(wait(next.remove(u"account"_s)));
        const auto gone = wait(next.read(u"account"_s));
        QVERIFY(gone && !*gone);
        QCOMPARE(**wait(next.read(u"other"_s)), QByteArray("another"));
        QVERIFY(next.isPersistent());
    }

    void c_keyringThatGoesAway_isNoticed()
    {
        m_desktop.stopKeyring();
        KeychainSecretStore store;
        QVERIFY(!wait(store.write(u"account"_s, "x")));
        QVERIFY(!store.isPersistent());
    }
};

TERTULIA_TEST(tst_keychainsecretstore, TestKeychainSecretStore)
#include "tst_keychainsecretstore.moc"
