// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/signinviewmodel.h"

namespace Tertulia::ViewModels {

SignInViewModel::SignInViewModel(QObject *parent)
    : QObject(parent)
{
}

void SignInViewModel::checkServer() { }

void SignInViewModel::signIn() { }

void SignInViewModel::registerAccount() { }

void SignInViewModel::showRegister() { }

void SignInViewModel::showSignIn() { }

void SignInViewModel::back() { }

void SignInViewModel::cancel() { }

void SignInViewModel::setAddress(const QString &address)
{
    if (m_address == address)
        return;
    m_address = address;
    Q_EMIT addressChanged();
}

void SignInViewModel::setUsername(const QString &username)
{
    if (m_username == username)
        return;
    m_username = username;
    Q_EMIT usernameChanged();
}

void SignInViewModel::setFullName(const QString &fullName)
{
    if (m_fullName == fullName)
        return;
    m_fullName = fullName;
    Q_EMIT fullNameChanged();
}

void SignInViewModel::setPassword(const QString &password)
{
    if (m_password == password)
        return;
    m_password = password;
    Q_EMIT passwordChanged();
}

} // namespace Tertulia::ViewModels
