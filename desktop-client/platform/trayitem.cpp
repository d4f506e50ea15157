// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/trayitem.h"

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QtEndian>

#include <array>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

const QString watcherService = u"org.kde.StatusNotifierWatcher"_s;
const QString watcherPath = u"/StatusNotifierWatcher"_s;
const QString itemPath = u"/StatusNotifierItem"_s;
const QString menuPath = u"/MenuBar"_s;

constexpr std::array iconSizes{22, 44};
constexpr auto exported = QDBusConnection::ExportScriptableSlots | QDBusConnection::ExportScriptableSignals
    | QDBusConnection::ExportAllProperties;

enum MenuEntry : quint8 { ShowEntry, SeparatorEntry, QuitEntry };

IconPixmap toPixmap(const QImage &image)
{
    const QImage argb = image.convertToFormat(QImage::Format_ARGB32);
    IconPixmap pixmap{argb.width(), argb.height(), {}};
    pixmap.bytes.resize(argb.sizeInBytes());
    qToBigEndian<quint32>(argb.constBits(), argb.sizeInBytes() / qsizetype(sizeof(quint32)), pixmap.bytes.data());
    return pixmap;
}

} // namespace

QDBusArgument &operator<<(QDBusArgument &argument, const IconPixmap &pixmap)
{
    argument.beginStructure();
    argument << pixmap.width << pixmap.height << pixmap.bytes;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, IconPixmap &pixmap)
{
    argument.beginStructure();
    argument >> pixmap.width >> pixmap.height >> pixmap.bytes;
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const TrayToolTip &toolTip)
{
    argument.beginStructure();
    argument << toolTip.icon << toolTip.pixmaps << toolTip.title << toolTip.text;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, TrayToolTip &toolTip)
{
    argument.beginStructure();
    argument >> toolTip.icon >> toolTip.pixmaps >> toolTip.title >> toolTip.text;
    argument.endStructure();
    return argument;
}

TrayItem::TrayItem(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
    , m_watcher(watcherService, bus, QDBusServiceWatcher::WatchForOwnerChange)
    , m_service(u"org.kde.StatusNotifierItem-%1-1"_s.arg(QCoreApplication::applicationPid()))
{
    qDBusRegisterMetaType<IconPixmap>();
    qDBusRegisterMetaType<QList<IconPixmap>>();
    qDBusRegisterMetaType<TrayToolTip>();
    m_menu.setEntries({tr("Show Tertulia", "menu of the tray"), QString(), tr("Quit", "menu of the tray")});
    connect(&m_menu, &MenuOnDBus::chosen, this, [this](int index) {
        if (index == ShowEntry)
            Q_EMIT showRequested();
        else if (index == QuitEntry)
            Q_EMIT quitRequested();
    });
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) {
                if (owner.isEmpty())
                    setRegistered(false);
                else
                    join();
            });
}

TrayItem::~TrayItem()
{
    if (!m_isStarted)
        return;
    m_bus.unregisterObject(itemPath);
    m_bus.unregisterObject(menuPath);
    m_bus.unregisterService(m_service);
}

void TrayItem::start()
{
    if (m_isStarted)
        return;
    if (!m_bus.isConnected()) {
        Q_EMIT answered(false);
        return;
    }
    m_isStarted = true;
    m_bus.registerObject(itemPath, this, exported);
    m_bus.registerObject(menuPath, &m_menu, exported);
    m_bus.registerService(m_service);
    join();
}

void TrayItem::join()
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(watcherService, watcherPath, watcherService, u"RegisterStatusNotifierItem"_s);
    call << m_service;
    // Not started for us: a desktop without a tray stays one.
    call.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<> reply = *done;
        done->deleteLater();
        setRegistered(!reply.isError());
        Q_EMIT answered(m_isRegistered);
    });
}

void TrayItem::setRegistered(bool isRegistered)
{
    if (isRegistered == m_isRegistered)
        return;
    m_isRegistered = isRegistered;
    Q_EMIT availabilityChanged(isRegistered);
}

void TrayItem::setUnread(int count)
{
    if (count == m_unread)
        return;
    m_unread = count;
    if (m_isStarted) {
        Q_EMIT NewIcon();
        Q_EMIT NewToolTip();
    }
}

QList<IconPixmap> TrayItem::iconPixmap() const
{
    QList<IconPixmap> pixmaps;
    for (const int size : iconSizes)
        pixmaps.append(toPixmap(drawTrayIcon(size, m_unread)));
    return pixmaps;
}

TrayToolTip TrayItem::toolTip() const
{
    return {{}, {}, title(), m_unread > 0 ? tr("%n unread message(s)", "tool tip of the tray", m_unread) : QString()};
}

QDBusObjectPath TrayItem::menu() const
{
    return QDBusObjectPath(menuPath);
}

void TrayItem::Activate(int x, int y)
{
    Q_UNUSED(x)
    Q_UNUSED(y)
    Q_EMIT toggleRequested();
}

void TrayItem::SecondaryActivate(int x, int y)
{
    Activate(x, y);
}

void TrayItem::ContextMenu(int x, int y)
{
    // For trays that cannot draw our menu: better than nothing.
    Activate(x, y);
}

void TrayItem::Scroll(int delta, const QString &orientation)
{
    Q_UNUSED(delta)
    Q_UNUSED(orientation)
}

} // namespace Tertulia::Desktop
