// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "client/session/accountmanager.h"
#include "mainwindow.h"
#include "platform/commandline.h"
#include "platform/keychainsecretstore.h"
#include "platform/messagenotifier.h"
#include "platform/notificationdaemon.h"
#include "platform/profile.h"
#include "platform/systemtheme.h"
#include "platform/trayitem.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/settings/translations.h"
#include "viewmodels/shell/applicationviewmodel.h"
#include "viewmodels/viewcontext.h"

#include <QObject>

namespace Tertulia::Desktop {

/// The composition root: makes every part in order and ties them together. All on one thread. Rules that are more than
/// one line live in the parts.
class Application : public QObject
{
    Q_OBJECT

public:
    explicit Application(const Profile &profile);
    ~Application() override;

    /// Shows the window (or the tray) with what the last run left; everything that may wait does so until the first
    /// frame stands.
    [[nodiscard]] Result<void> start(const CommandLine &line);
    void raise(const QByteArray &activationToken) { m_window.raise(activationToken); }

private Q_SLOTS:
    void noteSleep(bool isGoingToSleep);

private:
    void connectParts();
    void connectWindow();
    void startServices();
    void takeWishes();
    void closeWindow();
    void quit();
    void showWithoutTray(bool isTrayAvailable);

    SystemClock m_clock;
    KeychainSecretStore m_secrets;
    ViewModels::SettingsViewModel m_settings;
    ViewModels::Translations m_translations;
    Client::AccountManager m_accounts;
    ViewModels::ViewContext m_context;
    ViewModels::ApplicationViewModel m_application;
    SystemTheme m_theme;
    NotificationDaemon m_notifications;
    MessageNotifier m_notifier;
    TrayItem m_tray;
    MainWindow m_window;
    bool m_areServicesStarted = false;
    bool m_isWindowWanted = true; ///< false: it is in the tray
};

} // namespace Tertulia::Desktop
