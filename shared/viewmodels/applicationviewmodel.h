// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/accountlistmodel.h"
#include "viewmodels/accountviewmodel.h"
#include "viewmodels/emojimodel.h"
#include "viewmodels/settingsviewmodel.h"
#include "viewmodels/signinviewmodel.h"

namespace Tertulia::ViewModels {

/// The root of what QML sees. Made by the composition root and handed to the shell.
class ApplicationViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the composition root.")
    Q_PROPERTY(Tertulia::ViewModels::AccountListModel *accounts READ accounts CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::AccountViewModel *current READ current NOTIFY currentChanged)
    Q_PROPERTY(Tertulia::ViewModels::SignInViewModel *signIn READ signIn CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::SettingsViewModel *settings READ settings CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::EmojiModel *emoji READ emoji CONSTANT)
    Q_PROPERTY(int totalUnread READ totalUnread NOTIFY totalUnreadChanged)
    Q_PROPERTY(bool secretsPersistent READ secretsPersistent NOTIFY secretsPersistentChanged)
    Q_PROPERTY(bool isRestoring READ isRestoring NOTIFY isRestoringChanged)
    Q_PROPERTY(bool isAddingAccount READ isAddingAccount NOTIFY isAddingAccountChanged)
    Q_PROPERTY(bool isWindowActive READ isWindowActive WRITE setWindowActive NOTIFY isWindowActiveChanged)

public:
    explicit ApplicationViewModel(SettingsViewModel *settings, QObject *parent = nullptr);
    ~ApplicationViewModel() override;

    Q_INVOKABLE void switchTo(const QString &accountId);
    /// Shows the sign-in page while other accounts go on.
    Q_INVOKABLE void addAccount();
    Q_INVOKABLE void cancelAddAccount();
    /// The shell says whether its window has the focus: only then does what can be seen become read.
    void setWindowActive(bool active);

    [[nodiscard]] AccountListModel *accounts() const { return m_accounts; }
    /// Null: nobody is signed in or an account is being added; the sign-in page is shown.
    [[nodiscard]] AccountViewModel *current() const { return nullptr; }
    [[nodiscard]] SignInViewModel *signIn() const { return m_signIn; }
    [[nodiscard]] SettingsViewModel *settings() const { return m_settings; }
    [[nodiscard]] EmojiModel *emoji() const { return m_emoji; }
    [[nodiscard]] int totalUnread() const { return 0; }
    [[nodiscard]] bool secretsPersistent() const { return true; }
    /// Until it is known which accounts there are.
    [[nodiscard]] bool isRestoring() const { return false; }
    [[nodiscard]] bool isAddingAccount() const { return m_isAddingAccount; }
    [[nodiscard]] bool isWindowActive() const { return m_isWindowActive; }

Q_SIGNALS:
    void currentChanged();
    void totalUnreadChanged();
    void secretsPersistentChanged();
    void isRestoringChanged();
    void isAddingAccountChanged();
    void isWindowActiveChanged();

private:
    SettingsViewModel *m_settings;
    AccountListModel *m_accounts;
    SignInViewModel *m_signIn;
    EmojiModel *m_emoji;
    bool m_isAddingAccount = false;
    bool m_isWindowActive = false;
};

} // namespace Tertulia::ViewModels
