// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace Tertulia::Test {

/// A desktop for one person in a test: a home folder and a session bus of their own, on which nothing is started by
/// asking for it; and, when the test wants them, the real parts of a desktop. All ends with this object.
class PrivateDesktop
{
public:
    PrivateDesktop();
    PrivateDesktop(const PrivateDesktop &) = delete;
    PrivateDesktop &operator=(const PrivateDesktop &) = delete;
    ~PrivateDesktop();

    // Each waits until the part is ready; false with why() when it does not get so.
    [[nodiscard]] bool startBus();
    [[nodiscard]] bool startKeyring(const QByteArray &password = "open sesame"); ///< gnome-keyring, unlocked
    [[nodiscard]] bool startScreen(const QByteArray &size = "1280x800x24"); ///< Xvfb
    [[nodiscard]] bool startNotifications(); ///< dunst; needs the screen
    [[nodiscard]] bool startAccessibility(); ///< AT-SPI's bus and registry
    void stopKeyring();

    [[nodiscard]] QString why() const { return m_why; }
    [[nodiscard]] QString home() const { return m_folder.path() + QStringLiteral("/home"); }
    /// What a program needs to live on this desktop, and nothing of the one the test runs on.
    [[nodiscard]] QProcessEnvironment environment() const;
    /// The same for the test's own process; once, before anything asks for the session bus.
    void adopt() const;
    /// A new connection to the session bus with its own name.
    [[nodiscard]] QDBusConnection connection(const QString &name) const;
    /// Runs a program here to its end. @returns what it printed
    QByteArray run(const QString &program, const QStringList &arguments, int *exitCode = nullptr) const;

private:
    QProcess *launch(const QString &program, const QStringList &arguments);
    [[nodiscard]] bool waitForOwner(const QString &service);
    void end(QProcess *process);

    QTemporaryDir m_folder;
    QString m_why;
    QString m_busAddress, m_display;
    std::vector<std::unique_ptr<QProcess>> m_processes;
    QProcess *m_keyring = nullptr;
};

} // namespace Tertulia::Test
