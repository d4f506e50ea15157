// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/desktop/accessibletree.h"
#include "support/privatedesktop.h"

#include <QHash>
#include <QProcess>
#include <QSize>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace Tertulia::Test {

/// Somebody at a desktop of their own with the real client: presses keys, and sees what a screen reader would read.
/// The program is taken from the environment variable TERTULIA_CLIENT (set by ctest).
class DesktopClient
{
public:
    DesktopClient();
    ~DesktopClient();

    /// Bus, key store, screen and accessibility; once.
    [[nodiscard]] bool prepare(const QByteArray &screen = "1280x800x24");
    /// Of the environment of the next start.
    void setVariable(const QString &name, const QString &value) { m_variables.insert(name, value); }
    [[nodiscard]] bool start(const QUrl &server);
    /// The program once more on the same desktop, to its end. @returns its exit code
    [[nodiscard]] int startsAgain();
    void kill(); ///< SIGKILL
    [[nodiscard]] bool quits(); ///< by its keys, and is gone
    [[nodiscard]] QString dataFolder() const { return m_desktop.home() + QStringLiteral("/.local/share/tertulia"); }
    [[nodiscard]] QString configFolder() const { return m_desktop.home() + QStringLiteral("/.config/tertulia"); }
    [[nodiscard]] bool isRunning() const { return m_process && m_process->state() == QProcess::Running; }

    [[nodiscard]] int exitCode() const { return m_process ? m_process->exitCode() : -1; }
    [[nodiscard]] qint64 residentKiB() const;

    void type(const QString &text);
    void press(const QString &key); ///< as xdotool names it; a number is a key's place, whatever is on it
    /// One layout alone, as in "ru"; until the next start of the desktop.
    void setKeyboard(const QString &layout);
    void hand(const QStringList &commands); ///< of xdotool; %1 is the window
    void takesTheKeys(bool isAtTheClient); ///< to the client's window, or to nobody
    /// Keeps the upper left of the screen as a file. False when nothing could be taken.
    [[nodiscard]] bool photographs(const QSize &size, const QString &file) const;

    /// All that a screen reader finds now.
    [[nodiscard]] std::vector<AccessibleNode> look() const { return m_tree->nodes(); }
    /// All that the program has said on its streams, of each start.
    [[nodiscard]] const QByteArray &said();
    /// Its lines that are not there for somebody's information: warnings, and what others wrote on its streams.
    [[nodiscard]] QByteArray warnings();
    /// A thing whose name contains the text is on the screen, sooner or later.
    [[nodiscard]] bool sees(const QString &text);
    [[nodiscard]] bool seesNoMore(const QString &text);
    [[nodiscard]] bool isTitled(const QString &title); ///< the window
    [[nodiscard]] bool isOn(const QString &name); ///< the focus gets there
    /// Presses the key until the focus is there.
    [[nodiscard]] bool walksTo(const QString &name, const QString &key = QStringLiteral("Tab"));
    [[nodiscard]] bool signsIn(const QString &name, const QString &password);
    /// Opens a conversation by the switcher (Ctrl+K): types, and takes the first when it has this title.
    [[nodiscard]] bool opens(const QString &typed, const QString &title);
    [[nodiscard]] bool opens(const QString &title) { return opens(title, title); }
    [[nodiscard]] bool writes(const QString &text);
    [[nodiscard]] bool addsAccount(const QUrl &server, const QString &name, const QString &password);
    /// The desktop has shown a notification with this text.
    [[nodiscard]] bool isNotified(const QString &text);

    /// What went wrong, what is on the screen, and what the program said.
    [[nodiscard]] QString report();

private:
    [[nodiscard]] bool putAwayBrowsers(QProcessEnvironment &environment);
    [[nodiscard]] bool isOnNow(const QString &name);
    [[nodiscard]] bool waitFor(const std::function<bool(const AccessibleNode &)> &good);

    PrivateDesktop m_desktop;
    QTemporaryDir m_programs; // first in the client's PATH
    QHash<QString, QString> m_variables;
    std::unique_ptr<AccessibleTree> m_tree;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_output;
};

} // namespace Tertulia::Test
