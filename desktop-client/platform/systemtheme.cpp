// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/systemtheme.h"

#include "base/logging.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>
#include <QSettings>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString interface = u"org.freedesktop.portal.Settings"_s;
const QString space = u"org.freedesktop.appearance"_s;
const QString key = u"color-scheme"_s;
const QString rememberedKey = u"system/dark"_s;

// The portal's numbers; 0 is "no preference".
constexpr uint preferDark = 1;
constexpr uint preferLight = 2;

} // namespace

SystemTheme::SystemTheme(const QDBusConnection &bus, const QString &configDir, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
    , m_file(configDir + u"/windows.ini"_s)
    , m_isDark(QSettings(m_file, QSettings::IniFormat).value(rememberedKey, isPaletteDark()).toBool())
{
}

void SystemTheme::start()
{
    // Qt learns this type when it first reads a message; before that connect() finds no slot that takes it.
    qRegisterMetaType<QDBusVariant>();
    if (m_bus.isConnected()
        && !m_bus.connect(service, path, interface, u"SettingChanged"_s, this,
                          SLOT(takeChange(QString, QString, QDBusVariant))))
        qCWarning(logClient, "changes of the desktop's colours will not be noticed");
    ask();
}

void SystemTheme::ask()
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
    call << space << key;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (m_wasTold)
            return; // a change overtook this answer
        if (reply.isError())
            set(isPaletteDark());
        else
            take(reply.value().variant());
    });
}

void SystemTheme::takeChange(const QString &changedSpace, const QString &changedKey, const QDBusVariant &value)
{
    if (changedSpace != space || changedKey != key)
        return;
    m_wasTold = true;
    take(value.variant());
}

void SystemTheme::take(const QVariant &scheme)
{
    // Read wraps its value twice; the signal once.
    const QVariant inner =
        scheme.metaType() == QMetaType::fromType<QDBusVariant>() ? scheme.value<QDBusVariant>().variant() : scheme;
    const uint wish = inner.toUInt();
    set(wish == preferDark || (wish != preferLight && isPaletteDark()));
}

void SystemTheme::set(bool isDark)
{
    if (isDark == m_isDark)
        return;
    m_isDark = isDark;
    QSettings(m_file, QSettings::IniFormat).setValue(rememberedKey, isDark);
    Q_EMIT changed(isDark);
}

bool SystemTheme::isPaletteDark()
{
    constexpr int middle = 128;
    return QGuiApplication::palette().color(QPalette::Window).lightness() < middle;
}

} // namespace Tertulia::Desktop
