// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "base/logging.h"
#include "client/session/account.h"

#include <QDBusConnection>
#include <QGuiApplication>
#include <QIcon>
#include <QPixmap>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {
constexpr int windowIconSize = 64;
}

Application::Application(const Profile &profile)
    : m_settings(profile.configDir + u"/settings.ini"_s)
    , m_translations(m_settings)
    , m_accounts(profile.dataDir, m_secrets, m_clock)
    , m_context(m_clock, m_settings)
    , m_application(&m_accounts, m_context)
    , m_theme(QDBusConnection::sessionBus(), profile.configDir)
    , m_notifications(QDBusConnection::sessionBus())
    , m_notifier(m_notifications)
    , m_tray(QDBusConnection::sessionBus())
    , m_window(m_application, profile.configDir)
{
    connectParts();
    connectWindow();
}

Application::~Application() = default;

// Each lambda stands in the context of the last part that it speaks to: what the parts say while they end, in the
// reverse order, must not reach one that has ended already.

void Application::connectParts()
{
    connect(&m_accounts, &Client::AccountManager::added, &m_notifier, [this](Client::Account *account) {
        m_notifier.watch(account->info().accountId, &account->conversations());
    });
    connect(&m_accounts, &Client::AccountManager::removed, &m_notifier, &MessageNotifier::forget);
    connect(&m_application, &ViewModels::ApplicationViewModel::lookedAtChanged, &m_notifier, [this] {
        const ViewModels::LookedAt place = m_application.lookedAt();
        m_notifier.setLookedAt({place.accountId, place.conversation});
    });
    connect(&m_application, &ViewModels::ApplicationViewModel::totalUnreadChanged, &m_tray,
            [this] { m_tray.setUnread(m_application.totalUnread()); });
    const auto takesWishes = [this] { takeWishes(); };
    connect(&m_settings, &ViewModels::SettingsViewModel::notificationsChanged, &m_notifier, takesWishes);
    connect(&m_settings, &ViewModels::SettingsViewModel::notificationPreviewChanged, &m_notifier, takesWishes);
    takeWishes();
}

void Application::connectWindow()
{
    connect(&m_notifier, &MessageNotifier::openRequested, &m_window,
            [this](const ConversationPlace &place, const QByteArray &token) {
                m_isWindowWanted = true;
                m_application.openConversation(place.accountId, place.conversation);
                m_window.raise(token);
            });
    connect(&m_theme, &SystemTheme::changed, &m_window, &MainWindow::setSystemDark);
    connect(&m_translations, &ViewModels::Translations::changed, &m_window, &MainWindow::retranslate);
    // Found out by the store's first use, which the account manager does not see.
    connect(&m_secrets, &KeychainSecretStore::persistenceChanged, &m_accounts,
            &Client::AccountManager::secretsPersistentChanged);
    connect(&m_tray, &TrayItem::toggleRequested, &m_window, &MainWindow::toggle);
    connect(&m_tray, &TrayItem::showRequested, &m_window, [this] { m_window.raise(); });
    connect(&m_tray, &TrayItem::quitRequested, this, &Application::quit);
    const auto showsWithoutTray = [this](bool isTrayAvailable) { showWithoutTray(isTrayAvailable); };
    connect(&m_tray, &TrayItem::answered, &m_window, showsWithoutTray);
    connect(&m_tray, &TrayItem::availabilityChanged, &m_window, showsWithoutTray);
    connect(&m_window, &MainWindow::closeRequested, this, &Application::closeWindow);
    connect(&m_window, &MainWindow::quitRequested, this, &Application::quit);
    connect(&m_window, &MainWindow::firstFrameShown, this, &Application::startServices);
}

Result<void> Application::start(const CommandLine &line)
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
    m_application.restore();
    if (!line.server.isEmpty() && m_accounts.accounts().empty())
        m_application.signIn()->setAddress(line.server);
    if (!m_window.load(m_theme.isDark()))
        return failure(Error::internal(u"the interface cannot be loaded: are Qt's QML modules installed?"_s));
    m_isWindowWanted = !line.isMinimized && !m_settings.startMinimized();
    if (m_isWindowWanted)
        m_window.show();
    else
        startServices(); // there is no first frame to wait for; the tray's answer decides where the window is
    return {};
}

void Application::startServices()
{
    if (std::exchange(m_areServicesStarted, true))
        return;
    QGuiApplication::setWindowIcon(QIcon(QPixmap::fromImage(drawTrayIcon(windowIconSize, 0))));
    m_theme.start();
    m_tray.setUnread(m_application.totalUnread());
    m_tray.start();
    m_secrets.probe();
    m_accounts.watchNetwork();
    QDBusConnection::systemBus().connect(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                         u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, this,
                                         SLOT(noteSleep(bool)));
}

void Application::noteSleep(bool isGoingToSleep)
{
    // Connections that died in the machine's sleep are noticed late; and the back-off has slept too.
    if (!isGoingToSleep)
        m_accounts.connectNow();
}

void Application::takeWishes()
{
    m_notifier.setWishes({m_settings.notifications(), m_settings.notificationPreview()});
}

void Application::closeWindow()
{
    if (!m_settings.closeToTray()) {
        quit();
        return;
    }
    if (m_tray.isAvailable()) {
        m_isWindowWanted = false;
        m_window.hide();
    } else {
        // Hidden it could not be found again.
        m_window.showMinimized();
    }
}

void Application::showWithoutTray(bool isTrayAvailable)
{
    if (!isTrayAvailable && !m_isWindowWanted && !m_window.isVisible()) {
        m_isWindowWanted = true;
        m_window.showMinimized();
    }
}

void Application::quit()
{
    // Not quit(): that asks the windows first, and ours never lets itself be closed but asks us.
    QCoreApplication::exit();
}

} // namespace Tertulia::Desktop
