// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/desktopclient.h"

#include "e2e/support/processmemory.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 60'000; // a client that was refused some times waits for half a minute
constexpr int mostSteps = 10;
} // namespace

DesktopClient::DesktopClient() = default;

DesktopClient::~DesktopClient()
{
    kill();
}

bool DesktopClient::prepare(const QByteArray &screen)
{
    if (!m_desktop.startBus() || !m_desktop.startScreen(screen) || !m_desktop.startKeyring()
        || !m_desktop.startNotifications() || !m_desktop.startAccessibility())
        return false;
    m_tree = std::make_unique<AccessibleTree>(m_desktop.connection(u"reader"_s));
    return true;
}

/// A link that is opened starts no browser, which would speak on the client's standard error.
bool DesktopClient::putAwayBrowsers(QProcessEnvironment &environment)
{
    QFile opener(m_programs.filePath(u"xdg-open"_s));
    if (!opener.open(QFile::WriteOnly) || opener.write("#!/bin/sh\n") < 0
        || !opener.setPermissions(opener.permissions() | QFile::ExeOwner))
        return false;
    environment.insert(u"PATH"_s, m_programs.path() + u':' + environment.value(u"PATH"_s));
    return true;
}

bool DesktopClient::start(const QUrl &server)
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = m_desktop.environment();
    environment.insert(u"QT_QUICK_BACKEND"_s, u"software"_s);
    if (!putAwayBrowsers(environment))
        return false;
    environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
    environment.insert(u"QT_MESSAGE_PATTERN"_s, u"%{type} %{category}: %{message}"_s);
    for (auto variable = m_variables.cbegin(); variable != m_variables.cend(); ++variable)
        environment.insert(variable.key(), variable.value());
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process->start(qEnvironmentVariable("TERTULIA_CLIENT"), {u"--server"_s, server.toString()});
    if (!m_process->waitForStarted(patienceMs))
        return false;
    takesTheKeys(true);
    return true;
}

int DesktopClient::startsAgain()
{
    int exitCode = -1;
    m_output += m_desktop.run(qEnvironmentVariable("TERTULIA_CLIENT"), {}, &exitCode);
    return exitCode;
}

void DesktopClient::kill()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(patienceMs);
    m_output += m_process->readAll();
    m_process.reset();
}

bool DesktopClient::quits()
{
    press(u"ctrl+q"_s);
    return QTest::qWaitFor([this] { return !isRunning(); }, patienceMs) && exitCode() == 0;
}

void DesktopClient::type(const QString &text)
{
    m_desktop.run(u"xdotool"_s, {u"type"_s, u"--delay"_s, u"5"_s, text});
}

void DesktopClient::press(const QString &key)
{
    m_desktop.run(u"xdotool"_s, {u"key"_s, key});
}

void DesktopClient::hand(const QStringList &commands)
{
    m_desktop.run(u"xdotool"_s,
                  QStringList{u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--name"_s, u"Tertulia"_s} + commands);
}

void DesktopClient::takesTheKeys(bool isAtTheClient)
{
    // There is no window manager that would do it.
    if (isAtTheClient)
        hand({u"windowfocus"_s, u"--sync"_s});
    else
        m_desktop.run(u"xdotool"_s, {u"windowfocus"_s, u"1"_s}); // PointerRoot: no window
}

bool DesktopClient::photographs(const QSize &size, const QString &file) const
{
    // The screen, not the window: what covers the window is in the picture.
    const QString place = u"%1x%2+0+0"_s.arg(size.width()).arg(size.height());
    int exitCode = -1;
    m_desktop.run(u"import"_s, {u"-silent"_s, u"-window"_s, u"root"_s, u"-crop"_s, place, u"+repage"_s, file},
                  &exitCode);
    return exitCode == 0;
}

const QByteArray &DesktopClient::said()
{
    if (m_process)
        m_output += m_process->readAll();
    return m_output;
}

QByteArray DesktopClient::warnings()
{
    static const QByteArrayList ofQt{
        // When a model shrinks while a row of it is being made, which then is not shown.
        "warning default: DelegateModel::cancel: index out range",
        // When a connection breaks while its reply is being aborted (abortreply.h): Qt's HTTP thread tells of it all
        // the same, and the reply, of which nobody hears any more, has two errors.
        "warning default: QNetworkReplyImplPrivate::error: Internal problem, this method must only be called once."};
    QByteArray all;
    for (const QByteArray &line : said().split('\n')) {
        const bool isKnown =
            std::any_of(ofQt.begin(), ofQt.end(), [&line](const QByteArray &known) { return line.startsWith(known); });
        if (!line.isEmpty() && !line.startsWith("info ") && !line.startsWith("debug ") && !isKnown)
            all += line + '\n';
    }
    return all;
}

void DesktopClient::setKeyboard(const QString &layout)
{
    m_desktop.run(u"setxkbmap"_s, {layout});
}

bool DesktopClient::waitFor(const std::function<bool(const AccessibleNode &)> &good)
{
    return QTest::qWaitFor(
        [&] {
            const auto nodes = m_tree->nodes();
            return std::any_of(nodes.begin(), nodes.end(), good);
        },
        patienceMs);
}

bool DesktopClient::sees(const QString &text)
{
    return waitFor([&](const AccessibleNode &node) { return node.isShowing && node.name.contains(text); });
}

bool DesktopClient::isTitled(const QString &title)
{
    return waitFor([&](const AccessibleNode &node) { return node.role == u"frame"_s && node.name == title; });
}

bool DesktopClient::isOn(const QString &name)
{
    return waitFor([&](const AccessibleNode &node) { return node.isFocused && node.name.contains(name); });
}

bool DesktopClient::isOnNow(const QString &name)
{
    const auto nodes = m_tree->nodes();
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](const AccessibleNode &node) { return node.isFocused && node.name.contains(name); });
}

bool DesktopClient::walksTo(const QString &name, const QString &key)
{
    for (int i = 0; i < mostSteps && !isOnNow(name); ++i)
        press(key);
    return isOn(name);
}

bool DesktopClient::seesNoMore(const QString &text)
{
    return QTest::qWaitFor(
        [&] {
            const auto nodes = m_tree->nodes();
            return !nodes.empty() && std::none_of(nodes.begin(), nodes.end(), [&](const AccessibleNode &node) {
                return node.isShowing && node.name.contains(text);
            });
        },
        patienceMs);
}

bool DesktopClient::signsIn(const QString &name, const QString &password)
{
    if (!isOn(u"Server address"_s))
        return false;
    press(u"Return"_s);
    if (!isOn(u"User name"_s))
        return false;
    type(name);
    press(u"Tab"_s);
    if (!isOn(u"Password"_s))
        return false;
    type(password);
    const QString dots(password.size(), u'\u25cf');
    if (!waitFor([&](const AccessibleNode &node) { return node.isFocused && node.password == dots; }))
        return false; // what is told to every program on the desktop must not be the password
    press(u"Return"_s);
    return sees(u"Filter conversations"_s);
}

bool DesktopClient::addsAccount(const QUrl &server, const QString &name, const QString &password)
{
    press(u"ctrl+f"_s);
    if (!isOn(u"Filter conversations"_s))
        return false;
    press(u"shift+Tab"_s);
    if (!isOn(u"Accounts and settings"_s))
        return false;
    press(u"Return"_s);
    if (!sees(u"Add account"_s))
        return false;
    if (!walksTo(u"Add account"_s, u"Down"_s))
        return false;
    press(u"Return"_s);
    if (!isOn(u"Server address"_s))
        return false;
    type(server.toString());
    return signsIn(name, password);
}

bool DesktopClient::opens(const QString &typed, const QString &title)
{
    press(u"ctrl+k"_s);
    if (!isOn(u"Go to a conversation"_s))
        return false;
    type(typed);
    if (!waitFor([&](const AccessibleNode &node) {
            return node.isShowing && node.name.contains(u"Conversation with"_s) && node.name.contains(title);
        }))
        return false;
    press(u"Return"_s);
    return isOn(u"Message"_s) && waitFor([&](const AccessibleNode &node) {
               return node.isShowing && node.role == u"heading"_s && node.name.contains(title);
           });
}

bool DesktopClient::writes(const QString &text)
{
    type(text);
    press(u"Return"_s);
    return sees(text);
}

bool DesktopClient::isNotified(const QString &text)
{
    return QTest::qWaitFor(
        [&] {
            // Only what was closed is in its history.
            m_desktop.run(u"dunstctl"_s, {u"close-all"_s});
            return m_desktop.run(u"dunstctl"_s, {u"history"_s}).contains(text.toUtf8());
        },
        patienceMs);
}

qint64 DesktopClient::residentKiB() const
{
    return m_process ? Test::residentKiB(m_process->processId()) : -1;
}

QString DesktopClient::report()
{
    QString text = m_desktop.why() + u"\non the screen:\n"_s;
    if (m_tree) {
        for (const AccessibleNode &node : m_tree->nodes()) {
            if (node.isShowing || node.isFocused)
                text += u"  %1 '%2'%3\n"_s.arg(node.role, node.name, node.isFocused ? u" (focus)"_s : QString());
        }
    }
    text +=
        u"keys go to: "_s + QString::fromUtf8(m_desktop.run(u"xdotool"_s, {u"getwindowfocus"_s, u"getwindowname"_s}));
    return text + u"said:\n"_s + QString::fromUtf8(said());
}

} // namespace Tertulia::Test
