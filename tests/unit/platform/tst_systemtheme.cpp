// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/systemtheme.h"
#include "support/testmain.h"

#include "support/privatedesktop.h"

#include <QDBusMessage>
#include <QGuiApplication>
#include <QPalette>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

/// The settings portal, as far as we ask it.
class Portal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit Portal(QDBusConnection bus)
        : m_bus(std::move(bus))
    {
        m_bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    ~Portal() override { m_bus.unregisterService(u"org.freedesktop.portal.Desktop"_s); }
    void change(uint scheme)
    {
        m_scheme = scheme;
        Q_EMIT SettingChanged(u"org.freedesktop.appearance"_s, u"color-scheme"_s, QDBusVariant(scheme));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString &space, const QString &key)
    {
        ++reads;
        // The portal really wraps it twice.
        return space == u"org.freedesktop.appearance"_s && key == u"color-scheme"_s
            ? QDBusVariant(QVariant::fromValue(QDBusVariant(m_scheme)))
            : QDBusVariant(0);
    }

Q_SIGNALS:
    void SettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

public:
    int reads = 0;

private:
    QDBusConnection m_bus;
    uint m_scheme = 0;
};

class TestSystemTheme : public QObject
{
    Q_OBJECT

private:
    Test::PrivateDesktop m_desktop;
    QTemporaryDir m_config;
    int m_count = 0;
    QDBusConnection connection() { return m_desktop.connection(QString::number(++m_count)); }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_desktop.startBus(), qPrintable(m_desktop.why())); }
    void init()
    {
        QFile::remove(m_config.filePath(u"windows.ini"_s));
        QGuiApplication::setPalette(QPalette(Qt::white));
    }

    void portal_isFollowed()
    {
        Portal portal(connection());
        SystemTheme theme(connection(), m_config.path());
        QVERIFY(!theme.isDark());
        QSignalSpy changes(&theme, &SystemTheme::changed);
        theme.start();
        QTRY_COMPARE(portal.reads, 1);
        portal.change(1);
        QTRY_VERIFY(theme.isDark());
        portal.change(2);
        QTRY_VERIFY(!theme.isDark());
        QCOMPARE(changes.size(), 2);
    }

    void answer_isRememberedForTheNextStart()
    {
        Portal portal(connection());
        portal.change(1);
        {
            SystemTheme theme(connection(), m_config.path());
            theme.start();
            QTRY_VERIFY(theme.isDark());
        }
        const SystemTheme next(connection(), m_config.path());
        QVERIFY(next.isDark());
    }

    void withoutAPortal_thePaletteDecides()
    {
        {
            // remembered from a time with a portal
            Portal portal(connection());
            portal.change(1);
            SystemTheme theme(connection(), m_config.path());
            theme.start();
            QTRY_VERIFY(theme.isDark());
        }
        SystemTheme theme(connection(), m_config.path());
        theme.start();
        QTRY_VERIFY(!theme.isDark());
    }

    void withoutABus_thePaletteDecides()
    {
        QGuiApplication::setPalette(QPalette(Qt::black));
        SystemTheme theme(QDBusConnection(u"there is none"_s), m_config.path());
        theme.start();
        QVERIFY(theme.isDark());
    }
};

TERTULIA_GUI_TEST(tst_systemtheme, TestSystemTheme)
#include "tst_systemtheme.moc"
