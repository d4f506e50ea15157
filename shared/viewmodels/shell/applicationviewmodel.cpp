// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/applicationviewmodel.h"

#include "client/async.h"
#include "client/contacts/peopleclient.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "client/session/accountmanager.h"

#include <utility>

namespace Tertulia::ViewModels {

using Client::Account;
using Client::AccountManager;

namespace {
Connectivity::Value toValue(Account::Connectivity connectivity)
{
    switch (connectivity) {
    case Account::Connectivity::Offline:
        return Connectivity::Value::Offline;
    case Account::Connectivity::Connecting:
        return Connectivity::Value::Connecting;
    case Account::Connectivity::Online:
        return Connectivity::Value::Online;
    case Account::Connectivity::SessionEnded:
        break;
    }
    return Connectivity::Value::SessionEnded;
}
} // namespace

ApplicationViewModel::ApplicationViewModel(AccountManager *accounts, ViewContext &context, QObject *parent)
    : QObject(parent)
    , m_manager(accounts)
    , m_context(context)
    , m_signIn(accounts, context)
    , m_emoji(context.settings())
    , m_isRestoring(accounts != nullptr)
{
    connect(&m_signIn, &SignInViewModel::signedIn, this, &ApplicationViewModel::switchTo);
    connect(&m_signIn, &SignInViewModel::cancelled, this, [this] { setAddingAccount(false); });
    connect(&context, &ViewContext::windowActiveChanged, this, [this] {
        Q_EMIT isWindowActiveChanged();
        updateLookedAt();
    });
    connect(this, &ApplicationViewModel::currentChanged, this, &ApplicationViewModel::updateLookedAt);
    if (!accounts)
        return;
    connect(accounts, &AccountManager::added, this, &ApplicationViewModel::added);
    connect(accounts, &AccountManager::removed, this, &ApplicationViewModel::removed);
    connect(accounts, &AccountManager::secretsPersistentChanged, this, &ApplicationViewModel::secretsPersistentChanged);
    for (auto *account : accounts->accounts())
        added(account);
}

ApplicationViewModel::~ApplicationViewModel() = default;

void ApplicationViewModel::restore()
{
    if (!m_isRestoring)
        return;
    if (const auto restored = m_manager->restore(); !restored) {
        if (m_current)
            m_current->setBegunAnew(AccountViewModel::BegunAnew::ListOfAccounts);
        else
            m_signIn.setIsListLost(true);
    }
    m_isRestoring = false;
    Q_EMIT isRestoringChanged();
}

void ApplicationViewModel::added(Account *account)
{
    if (m_accounts.find(account->info().accountId))
        return;
    auto view = std::make_unique<AccountViewModel>(
        AccountParts{account->info(), account->conversations(), account->presence(), account->people()}, m_context);
    follow(*view, *account);
    auto &shown = show(std::move(view));
    if (shown.accountId() == m_context.settings().lastAccount())
        setCurrent(&shown);
}

void ApplicationViewModel::follow(AccountViewModel &view, Account &account)
{
    auto *shown = &view;
    connect(&account, &Account::connectivityChanged, shown,
            [shown, &account] { shown->setConnectivity(toValue(account.connectivity()), account.lastError()); });
    connect(&account, &Account::storeTroubleChanged, shown,
            [shown, &account] { shown->setStoreTrouble(account.storeTrouble()); });
    connect(&account, &Account::storeBegunAnew, shown,
            [shown] { shown->setBegunAnew(AccountViewModel::BegunAnew::Store); });
    connect(&account, &Account::infoChanged, shown, [shown, &account] { shown->setInfo(account.info()); });
    connect(shown, &AccountViewModel::retryRequested, &account, &Account::connectNow);
    connect(shown, &AccountViewModel::signOutRequested, this, [this, id = account.info().accountId] {
        // it is removed here in any case; the answer says nothing more
        const auto signedOut = m_manager->signOut(id);
        Q_UNUSED(signedOut)
    });
    connect(shown, &AccountViewModel::signInAgainRequested, this, [this, &account] {
        setAddingAccount(true);
        m_signIn.begin(account.info().server, account.info().username);
    });
    shown->setConnectivity(toValue(account.connectivity()), account.lastError());
}

AccountViewModel &ApplicationViewModel::show(std::unique_ptr<AccountViewModel> account)
{
    auto &shown = m_accounts.add(std::move(account));
    connect(&shown, &AccountViewModel::unreadCountChanged, this, &ApplicationViewModel::totalUnreadChanged);
    connect(&shown, &AccountViewModel::currentChanged, this, &ApplicationViewModel::updateLookedAt);
    if (!m_current)
        setCurrent(&shown);
    Q_EMIT totalUnreadChanged();
    return shown;
}

void ApplicationViewModel::removed(const QString &accountId)
{
    auto account = m_accounts.take(accountId);
    if (account && m_current == account.get()) {
        const auto &others = m_accounts.accounts();
        setCurrent(others.empty() ? nullptr : others.front().get());
    }
    // After the QML items that show it, which were let go just now, and before the account, which is let go next.
    if (account)
        account.release()->deleteLater();
    if (m_accounts.count() == 0)
        setAddingAccount(false);
    Q_EMIT totalUnreadChanged();
}

void ApplicationViewModel::setCurrent(AccountViewModel *account)
{
    if (m_current == account)
        return;
    m_current = account;
    m_accounts.setCurrent(account);
    Q_EMIT currentChanged();
}

void ApplicationViewModel::setAddingAccount(bool adding)
{
    m_signIn.setCanCancel(adding && m_accounts.count() > 0);
    if (m_isAddingAccount == adding)
        return;
    m_isAddingAccount = adding;
    Q_EMIT isAddingAccountChanged();
    Q_EMIT currentChanged();
}

void ApplicationViewModel::switchTo(const QString &accountId)
{
    auto *account = m_accounts.find(accountId);
    if (!account)
        return;
    m_context.settings().setLastAccount(accountId);
    setCurrent(account);
    setAddingAccount(false);
}

void ApplicationViewModel::switchToNext()
{
    const auto &accounts = m_accounts.accounts();
    for (size_t i = 0; i < accounts.size(); ++i) {
        if (accounts[i].get() == m_current)
            return switchTo(accounts[(i + 1) % accounts.size()]->accountId());
    }
}

void ApplicationViewModel::addAccount()
{
    m_signIn.begin();
    setAddingAccount(true);
}

void ApplicationViewModel::cancelAddAccount()
{
    m_signIn.cancel();
    setAddingAccount(false);
}

void ApplicationViewModel::setWindowActive(bool active)
{
    m_context.setWindowActive(active);
}

void ApplicationViewModel::openConversation(const QString &accountId, const ConversationId &conversation)
{
    switchTo(accountId);
    if (auto *account = m_accounts.find(accountId))
        account->open(conversation);
}

LookedAt ApplicationViewModel::lookedAt() const
{
    const auto *account = current();
    if (!m_context.isWindowActive() || !account || !account->current())
        return {};
    return {account->accountId(), account->current()->id()};
}

void ApplicationViewModel::updateLookedAt()
{
    if (const auto now = lookedAt(); now != m_lookedAt) {
        m_lookedAt = now;
        Q_EMIT lookedAtChanged();
    }
}

int ApplicationViewModel::totalUnread() const
{
    int total = 0;
    for (const auto &account : m_accounts.accounts())
        total += account->unreadCount();
    return total;
}

bool ApplicationViewModel::secretsPersistent() const
{
    return !m_manager || m_manager->areSecretsPersistent();
}

} // namespace Tertulia::ViewModels
