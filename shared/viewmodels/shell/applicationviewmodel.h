// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/shell/accountlistmodel.h"
#include "viewmodels/shell/accountviewmodel.h"
#include "viewmodels/signin/signinviewmodel.h"
#include "viewmodels/timeline/emojimodel.h"
#include "viewmodels/viewcontext.h"

namespace Tertulia::Client {
class Account;
class AccountManager;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

/// The conversation that is in sight of a person, if any.
struct LookedAt
{
    QString accountId; ///< empty: none
    ConversationId conversation;

    friend bool operator==(const LookedAt &, const LookedAt &) = default;
};

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
    /// @param accounts null: accounts are shown by show() (gallery, tests). All of them outlive it.
    ApplicationViewModel(Client::AccountManager *accounts, ViewContext &context, QObject *parent = nullptr);
    ~ApplicationViewModel() override;

    // For the composition root
    /// Takes up the accounts of the last run.
    void restore();
    AccountViewModel &show(std::unique_ptr<AccountViewModel> account);
    /// A notification was clicked.
    void openConversation(const QString &accountId, const ConversationId &conversation);
    [[nodiscard]] LookedAt lookedAt() const;

    Q_INVOKABLE void switchTo(const QString &accountId);
    /// The account above or below in the list (Ctrl+Tab).
    Q_INVOKABLE void switchToNext();
    /// Shows the sign-in page while other accounts go on.
    Q_INVOKABLE void addAccount();
    Q_INVOKABLE void cancelAddAccount();
    /// The shell says whether its window has the focus: only then does what can be seen become read.
    void setWindowActive(bool active);

    [[nodiscard]] AccountListModel *accounts() { return &m_accounts; }
    /// Null: nobody is signed in or an account is being added; the sign-in page is shown.
    [[nodiscard]] AccountViewModel *current() const { return m_isAddingAccount ? nullptr : m_current; }
    [[nodiscard]] SignInViewModel *signIn() { return &m_signIn; }
    [[nodiscard]] SettingsViewModel *settings() const { return &m_context.settings(); }
    [[nodiscard]] EmojiModel *emoji() { return &m_emoji; }
    [[nodiscard]] int totalUnread() const;
    [[nodiscard]] bool secretsPersistent() const;
    /// Until it is known which accounts there are.
    [[nodiscard]] bool isRestoring() const { return m_isRestoring; }
    [[nodiscard]] bool isAddingAccount() const { return m_isAddingAccount; }
    [[nodiscard]] bool isWindowActive() const { return m_context.isWindowActive(); }

Q_SIGNALS:
    void currentChanged();
    void totalUnreadChanged();
    void secretsPersistentChanged();
    void isRestoringChanged();
    void isAddingAccountChanged();
    void isWindowActiveChanged();
    void lookedAtChanged();

private:
    void added(Client::Account *account);
    void removed(const QString &accountId);
    void follow(AccountViewModel &view, Client::Account &account);
    void setCurrent(AccountViewModel *account);
    void setAddingAccount(bool adding);
    void updateLookedAt();

    Client::AccountManager *m_manager;
    ViewContext &m_context;
    AccountListModel m_accounts;
    SignInViewModel m_signIn;
    EmojiModel m_emoji;
    AccountViewModel *m_current = nullptr; ///< one of m_accounts; null without any
    LookedAt m_lookedAt;
    bool m_isRestoring;
    bool m_isAddingAccount = false;
};

} // namespace Tertulia::ViewModels
