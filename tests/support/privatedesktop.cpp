// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/privatedesktop.h"

#include <QDBusConnectionInterface>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

// No service folders: a program that asks for what is not there hears so, and starts nothing.
constexpr char busConfig[] = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%1</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

} // namespace

PrivateDesktop::PrivateDesktop()
{
    for (const char *name : {"home", "run"}) {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
}

PrivateDesktop::~PrivateDesktop()
{
    // The last first: the bus outlives those who use it.
    while (!m_processes.empty()) {
        end(m_processes.back().get());
        m_processes.pop_back();
    }
}

void PrivateDesktop::end(QProcess *process)
{
    if (process->state() == QProcess::NotRunning)
        return;
    process->terminate();
    if (!process->waitForFinished(3000)) {
        process->kill();
        process->waitForFinished(3000);
    }
}

QProcessEnvironment PrivateDesktop::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"XDG_"_s) || name.startsWith(u"QT_"_s) || name.startsWith(u"GNOME_"_s)
            || name == u"WAYLAND_DISPLAY"_s || name == u"DISPLAY"_s || name == u"XAUTHORITY"_s
            || name == u"DESKTOP_SESSION"_s || name == u"KDE_FULL_SESSION"_s || name == u"AT_SPI_BUS_ADDRESS"_s)
            environment.remove(name);
    }
    environment.insert(u"HOME"_s, home());
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
    environment.insert(u"XDG_DATA_HOME"_s, home() + u"/.local/share"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, home() + u"/.config"_s);
    environment.insert(u"XDG_CACHE_HOME"_s, home() + u"/.cache"_s);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_busAddress.isEmpty() ? u"disabled:"_s : m_busAddress);
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    if (!m_display.isEmpty())
        environment.insert(u"DISPLAY"_s, m_display);
    return environment;
}

void PrivateDesktop::adopt() const
{
    const QProcessEnvironment all = environment();
    for (const char *name :
         {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DBUS_SESSION_BUS_ADDRESS"})
        qputenv(name, all.value(QString::fromLatin1(name)).toLocal8Bit());
    for (const char *name : {"XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION", "GNOME_KEYRING_CONTROL"})
        qunsetenv(name);
}

QProcess *PrivateDesktop::launch(const QString &program, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment());
    process->setWorkingDirectory(home());
    // A test that crashes leaves nobody behind.
    process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->setProcessChannelMode(QProcess::SeparateChannels);
    process->start(program, arguments);
    if (!process->waitForStarted(patienceMs)) {
        m_why = program + u": "_s + process->errorString();
        return nullptr;
    }
    m_processes.push_back(std::move(process));
    return m_processes.back().get();
}

bool PrivateDesktop::startBus()
{
    QFile config(m_folder.filePath(u"bus.conf"_s));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    const QString socket = m_folder.filePath(u"run/bus"_s);
    config.write(QString::fromLatin1(busConfig).arg(socket).toUtf8());
    config.close();
    QProcess *bus = launch(u"dbus-daemon"_s, {u"--nofork"_s, u"--config-file="_s + config.fileName()});
    m_busAddress = u"unix:path="_s + socket;
    if (bus && QTest::qWaitFor([&] { return QFile::exists(socket); }, patienceMs))
        return true;
    m_why += bus ? QString::fromUtf8(bus->readAllStandardError()) : QString();
    return false;
}

QDBusConnection PrivateDesktop::connection(const QString &name) const
{
    return QDBusConnection::connectToBus(m_busAddress, name + u'@' + m_busAddress);
}

bool PrivateDesktop::waitForOwner(const QString &service)
{
    QDBusConnection bus = connection(u"watch"_s);
    if (QTest::qWaitFor([&] { return bus.interface()->isServiceRegistered(service).value(); }, patienceMs))
        return true;
    m_why = u"nobody owns "_s + service;
    if (!m_processes.empty())
        m_why += u": "_s + QString::fromUtf8(m_processes.back()->readAllStandardError());
    return false;
}

bool PrivateDesktop::startKeyring(const QByteArray &password)
{
    QProcess *keyring =
        launch(u"gnome-keyring-daemon"_s, {u"--unlock"_s, u"--components=secrets"_s, u"--foreground"_s});
    if (!keyring)
        return false;
    m_keyring = keyring;
    keyring->write(password);
    keyring->closeWriteChannel();
    return waitForOwner(u"org.freedesktop.secrets"_s);
}

void PrivateDesktop::stopKeyring()
{
    if (m_keyring)
        end(m_keyring);
}

bool PrivateDesktop::startScreen(const QByteArray &size)
{
    // Without repetition (-r): on a busy machine the time between a key's two ends is enough for a word of many
    // letters.
    QProcess *screen = launch(u"Xvfb"_s,
                              {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, QString::fromLatin1(size), u"-nolisten"_s,
                               u"tcp"_s, u"-noreset"_s, u"-r"_s});
    if (!screen)
        return false;
    QByteArray number;
    if (!QTest::qWaitFor(
            [&] {
                number += screen->readAllStandardOutput();
                return number.endsWith('\n');
            },
            patienceMs)) {
        m_why = u"Xvfb: "_s + QString::fromUtf8(screen->readAllStandardError());
        return false;
    }
    m_display = u":"_s + QString::fromLatin1(number.trimmed());
    return true;
}

bool PrivateDesktop::startNotifications()
{
    return launch(u"dunst"_s, {}) && waitForOwner(u"org.freedesktop.Notifications"_s);
}

bool PrivateDesktop::startAccessibility()
{
    return launch(u"/usr/libexec/at-spi-bus-launcher"_s, {u"--launch-immediately"_s, u"--a11y=1"_s})
        && waitForOwner(u"org.a11y.Bus"_s);
}

QByteArray PrivateDesktop::run(const QString &program, const QStringList &arguments, int *exitCode) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished(patienceMs);
    if (exitCode)
        *exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return process.readAll();
}

} // namespace Tertulia::Test
