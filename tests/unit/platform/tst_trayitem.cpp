// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/trayitem.h"
#include "support/testmain.h"

#include "support/privatedesktop.h"

#include <QDBusInterface>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

/// The tray's side: the watcher where items announce themselves.
class Watcher : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")

public:
    explicit Watcher(QDBusConnection bus)
        : m_bus(std::move(bus))
    {
        m_bus.registerObject(u"/StatusNotifierWatcher"_s, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(u"org.kde.StatusNotifierWatcher"_s);
    }
    ~Watcher() override
    {
        m_bus.unregisterService(u"org.kde.StatusNotifierWatcher"_s);
        m_bus.unregisterObject(u"/StatusNotifierWatcher"_s);
    }
    QStringList items;

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service) { items.append(service); }

private:
    QDBusConnection m_bus;
};

class TestTrayItem : public QObject
{
    Q_OBJECT

private:
    Test::PrivateDesktop m_desktop;
    int m_count = 0;
    QDBusConnection connection() { return m_desktop.connection(QString::number(++m_count)); }

    /// A call from the tray's side, waited for with the loop running: the answer comes from this very thread.
    static QDBusMessage call(const QDBusConnection &bus, const QString &service, const QString &path,
                             const QString &interface, const QString &method, const QVariantList &arguments = {})
    {
        QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
        message.setArguments(arguments);
        const QDBusPendingCall pending = bus.asyncCall(message);
        if (!QTest::qWaitFor([&] { return pending.isFinished(); }))
            qFatal("no answer to %s", qPrintable(method));
        return pending.reply();
    }
    static QVariant property(const QDBusConnection &bus, const QString &service, const QString &name)
    {
        const QDBusMessage reply = call(bus, service, u"/StatusNotifierItem"_s, u"org.freedesktop.DBus.Properties"_s,
                                        u"Get"_s, {u"org.kde.StatusNotifierItem"_s, name});
        return reply.arguments().value(0).value<QDBusVariant>().variant();
    }
    static constexpr auto menuInterface = "com.canonical.dbusmenu";

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_desktop.startBus(), qPrintable(m_desktop.why())); }

    void withoutATray_isNotAvailable()
    {
        QDBusConnection bus = connection();
        TrayItem tray(bus);
        tray.start();
        // answered after what the tray has asked on the same connection
        call(bus, u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"GetId"_s);
        QVERIFY(!tray.isAvailable());
        TrayItem busless(QDBusConnection(u"there is none"_s));
        busless.start();
        QVERIFY(!busless.isAvailable());
    }

    void trayThatComesLater_isJoined_andMissedWhenItGoes()
    {
        TrayItem tray(connection());
        QSignalSpy changes(&tray, &TrayItem::availabilityChanged);
        tray.start();
        {
            Watcher watcher(connection());
            QTRY_VERIFY(tray.isAvailable());
            QCOMPARE(watcher.items.size(), 1);
        }
        QTRY_VERIFY(!tray.isAvailable());
        Watcher again(connection());
        QTRY_VERIFY(tray.isAvailable());
        QCOMPARE(changes.size(), 3);
    }

    void item_saysWhatATrayNeeds()
    {
        Watcher watcher(connection());
        QDBusConnection host = connection();
        TrayItem tray(connection());
        tray.start();
        QTRY_COMPARE(watcher.items.size(), 1);
        const QString service = watcher.items[0];
        QCOMPARE(property(host, service, u"Category"_s).toString(), u"Communications"_s);
        QCOMPARE(property(host, service, u"Status"_s).toString(), u"Active"_s);
        QCOMPARE(property(host, service, u"Menu"_s).value<QDBusObjectPath>().path(), u"/MenuBar"_s);
        QCOMPARE(property(host, service, u"ItemIsMenu"_s).toBool(), false);
        const auto pixmaps = qdbus_cast<QList<IconPixmap>>(property(host, service, u"IconPixmap"_s));
        QCOMPARE(pixmaps.size(), 2);
        QCOMPARE(pixmaps[0].bytes.size(), qsizetype(pixmaps[0].width) * pixmaps[0].height * 4);
        QVERIFY(qdbus_cast<TrayToolTip>(property(host, service, u"ToolTip"_s)).text.isEmpty());

        QSignalSpy icons(&tray, &TrayItem::NewIcon);
        tray.setUnread(3);
        tray.setUnread(3);
        QCOMPARE(icons.size(), 1);
        QVERIFY(qdbus_cast<TrayToolTip>(property(host, service, u"ToolTip"_s)).text.contains(u"3"_s));
        const auto counted = qdbus_cast<QList<IconPixmap>>(property(host, service, u"IconPixmap"_s));
        QVERIFY(counted[0].bytes != pixmaps[0].bytes);
    }

    void clicksAndMenu_comeBack()
    {
        Watcher watcher(connection());
        QDBusConnection host = connection();
        TrayItem tray(connection());
        tray.start();
        QTRY_COMPARE(watcher.items.size(), 1);
        const QString service = watcher.items[0];
        QSignalSpy toggled(&tray, &TrayItem::toggleRequested), shown(&tray, &TrayItem::showRequested),
            quit(&tray, &TrayItem::quitRequested);

        call(host, service, u"/StatusNotifierItem"_s, u"org.kde.StatusNotifierItem"_s, u"Activate"_s, {1, 2});
        QCOMPARE(toggled.size(), 1);

        const QString menu = QString::fromLatin1(menuInterface);
        const QDBusMessage reply =
            call(host, service, u"/MenuBar"_s, menu, u"GetLayout"_s, {0, -1, QStringList{u"label"_s}});
        QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
        QCOMPARE(reply.signature(), u"u(ia{sv}av)"_s);
        const auto layout = qdbus_cast<MenuLayout>(reply.arguments()[1]);
        QCOMPARE(layout.children.size(), 3);
        QVERIFY(layout.children[0].properties[u"label"_s].toString().contains(u"Tertulia"_s));
        QCOMPARE(layout.children[1].properties[u"type"_s].toString(), u"separator"_s);

        const auto click = [&](int id) {
            call(host, service, u"/MenuBar"_s, menu, u"Event"_s,
                 {id, u"clicked"_s, QVariant::fromValue(QDBusVariant(0)), 0u});
        };
        click(layout.children[0].id);
        QCOMPARE(shown.size(), 1);
        click(layout.children[2].id);
        QCOMPARE(quit.size(), 1);
        for (const int id : {0, layout.children[1].id, 99, -1})
            click(id);
        QCOMPARE(shown.size() + quit.size(), 2);
    }

    void menuOfAnUnknownEntry_isAnError()
    {
        Watcher watcher(connection());
        QDBusConnection host = connection();
        TrayItem tray(connection());
        tray.start();
        QTRY_COMPARE(watcher.items.size(), 1);
        const QString menu = QString::fromLatin1(menuInterface);
        QCOMPARE(call(host, watcher.items[0], u"/MenuBar"_s, menu, u"GetLayout"_s, {7, -1, QStringList()}).type(),
                 QDBusMessage::ErrorMessage);
        QCOMPARE(call(host, watcher.items[0], u"/MenuBar"_s, menu, u"GetProperty"_s, {-7, u"label"_s}).type(),
                 QDBusMessage::ErrorMessage);
    }

    void icon_isDrawn()
    {
        const QImage plain = drawTrayIcon(44, 0), three = drawTrayIcon(44, 3), many = drawTrayIcon(44, 1000);
        QVERIFY(plain != three && three != many);
        QCOMPARE(qAlpha(plain.pixel(43, 0)), 0);
        QCOMPARE(plain.size(), QSize(44, 44));
    }
};

TERTULIA_GUI_TEST(tst_trayitem, TestTrayItem)
#include "tst_trayitem.moc"
