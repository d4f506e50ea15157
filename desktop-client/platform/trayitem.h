// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "platform/menuondbus.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusServiceWatcher>
#include <QImage>
#include <QObject>

namespace Tertulia::Desktop {

/// (iiay): ARGB32 in network byte order.
struct IconPixmap
{
    int width = 0;
    int height = 0;
    QByteArray bytes;
};
QDBusArgument &operator<<(QDBusArgument &argument, const IconPixmap &pixmap);
const QDBusArgument &operator>>(const QDBusArgument &argument, IconPixmap &pixmap);

/// (sa(iiay)ss)
struct TrayToolTip
{
    QString icon;
    QList<IconPixmap> pixmaps;
    QString title;
    QString text;
};
QDBusArgument &operator<<(QDBusArgument &argument, const TrayToolTip &toolTip);
const QDBusArgument &operator>>(const QDBusArgument &argument, TrayToolTip &toolTip);

/// Our place in the tray (org.kde.StatusNotifierItem), spoken over D-Bus by ourselves: Qt's own way draws in QtWidgets.
/// Where no tray is there isAvailable() is false, and the window must stay reachable by other means.
class TrayItem : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierItem")
    // The names are the protocol's.
    Q_PROPERTY(QString Category READ category CONSTANT)
    Q_PROPERTY(QString Id READ id CONSTANT)
    Q_PROPERTY(QString Title READ title CONSTANT)
    Q_PROPERTY(QString Status READ status)
    Q_PROPERTY(int WindowId READ windowId CONSTANT)
    Q_PROPERTY(QString IconName READ noName CONSTANT)
    Q_PROPERTY(QList<Tertulia::Desktop::IconPixmap> IconPixmap READ iconPixmap)
    Q_PROPERTY(QString OverlayIconName READ noName CONSTANT)
    Q_PROPERTY(QString AttentionIconName READ noName CONSTANT)
    Q_PROPERTY(Tertulia::Desktop::TrayToolTip ToolTip READ toolTip)
    Q_PROPERTY(bool ItemIsMenu READ itemIsMenu CONSTANT)
    Q_PROPERTY(QDBusObjectPath Menu READ menu CONSTANT)

public:
    explicit TrayItem(const QDBusConnection &bus, QObject *parent = nullptr);
    ~TrayItem() override;

    /// Joins the tray when there is one, and any that appears later.
    void start();
    void setUnread(int count);
    [[nodiscard]] bool isAvailable() const { return m_isRegistered; }

    [[nodiscard]] QString category() const { return QStringLiteral("Communications"); }
    [[nodiscard]] QString id() const { return QStringLiteral("tertulia"); }
    [[nodiscard]] QString title() const { return QStringLiteral("Tertulia"); }
    [[nodiscard]] QString status() const { return QStringLiteral("Active"); }
    [[nodiscard]] int windowId() const { return 0; }
    [[nodiscard]] QString noName() const { return {}; }
    [[nodiscard]] QList<Tertulia::Desktop::IconPixmap> iconPixmap() const;
    [[nodiscard]] Tertulia::Desktop::TrayToolTip toolTip() const;
    [[nodiscard]] bool itemIsMenu() const { return false; }
    [[nodiscard]] QDBusObjectPath menu() const;

public Q_SLOTS:
    Q_SCRIPTABLE void Activate(int x, int y);
    Q_SCRIPTABLE void SecondaryActivate(int x, int y);
    Q_SCRIPTABLE void ContextMenu(int x, int y);
    Q_SCRIPTABLE void Scroll(int delta, const QString &orientation);

Q_SIGNALS:
    Q_SCRIPTABLE void NewIcon();
    Q_SCRIPTABLE void NewToolTip();
    Q_SCRIPTABLE void NewStatus(const QString &status);
    // For us: clicked, or chosen in the menu.
    void toggleRequested();
    void showRequested();
    void quitRequested();
    void availabilityChanged(bool isAvailable);
    /// Each time it is known whether there is a tray, also when nothing has changed.
    void answered(bool isAvailable);

private:
    void join();
    void setRegistered(bool isRegistered);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    MenuOnDBus m_menu;
    QString m_service;
    bool m_isStarted = false;
    bool m_isRegistered = false;
    int m_unread = 0;
};

/// The program's sign, with the number of unread messages on it when there are any; drawn, so that no file is needed.
[[nodiscard]] QImage drawTrayIcon(int size, int unread);

} // namespace Tertulia::Desktop

Q_DECLARE_METATYPE(Tertulia::Desktop::IconPixmap)
Q_DECLARE_METATYPE(Tertulia::Desktop::TrayToolTip)
