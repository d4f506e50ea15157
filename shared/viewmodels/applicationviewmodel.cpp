// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/applicationviewmodel.h"

namespace Tertulia::ViewModels {

ApplicationViewModel::ApplicationViewModel(SettingsViewModel *settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_accounts(new AccountListModel(this))
    , m_signIn(new SignInViewModel(this))
    , m_emoji(new EmojiModel(this))
{
}

ApplicationViewModel::~ApplicationViewModel() = default;

void ApplicationViewModel::switchTo(const QString &) { }

void ApplicationViewModel::addAccount()
{
    m_isAddingAccount = true;
    Q_EMIT isAddingAccountChanged();
}

void ApplicationViewModel::cancelAddAccount()
{
    m_isAddingAccount = false;
    Q_EMIT isAddingAccountChanged();
}

void ApplicationViewModel::setWindowActive(bool active)
{
    if (m_isWindowActive == active)
        return;
    m_isWindowActive = active;
    Q_EMIT isWindowActiveChanged();
}

} // namespace Tertulia::ViewModels
