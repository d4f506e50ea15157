// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/signin/signinviewmodel.h"

#include "client/session/accountmanager.h"
#include "client/session/serverprobe.h"
#include "text/plaintext.h"
#include "viewmodels/viewcontext.h"

namespace Tertulia::ViewModels {

SignInViewModel::SignInViewModel(Client::AccountManager *accounts, ViewContext &context, QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_probe(std::make_unique<Client::ServerProbe>())
{
    if (accounts)
        connect(accounts, &Client::AccountManager::secretsPersistentChanged, this,
                &SignInViewModel::sessionOnlyNoticeChanged);
    connect(&context, &ViewContext::textsChanged, this, [this] {
        clearError();
        Q_EMIT sessionOnlyNoticeChanged();
        Q_EMIT lostListNoticeChanged();
    });
    connect(this, &SignInViewModel::signedIn, this, [this] { setIsListLost(false); });
}

SignInViewModel::~SignInViewModel() = default;

void SignInViewModel::begin(const QUrl &server, const QString &username)
{
    abandon();
    setAddress(server.isEmpty() ? QString() : server.toDisplayString());
    setUsername(username);
    setFullName({});
    setPassword({});
    setServer(server, server.isEmpty() ? SignInStep::Value::Server : SignInStep::Value::SignIn);
}

void SignInViewModel::setServer(const QUrl &server, SignInStep::Value step)
{
    m_server = server;
    m_step = step;
    clearError();
    Q_EMIT stepChanged();
    Q_EMIT canContinueChanged();
}

void SignInViewModel::setStep(SignInStep::Value step)
{
    setServer(m_server, step);
}

void SignInViewModel::setCanCancel(bool canCancel)
{
    if (m_canCancel == canCancel)
        return;
    m_canCancel = canCancel;
    Q_EMIT canCancelChanged();
}

bool SignInViewModel::isExposed() const
{
    return !isEncrypted() && !Client::isThisMachine(m_server);
}

void SignInViewModel::setBusy(bool busy)
{
    if (m_isBusy == busy)
        return;
    m_isBusy = busy;
    Q_EMIT isBusyChanged();
    Q_EMIT canContinueChanged();
}

void SignInViewModel::abandon()
{
    ++m_attempt;
    m_probe->cancel();
    m_entering.cancel();
    setBusy(false);
    clearError();
}

void SignInViewModel::clearError()
{
    if (m_errors.isEmpty())
        return;
    m_errors.clear();
    Q_EMIT errorChanged();
}

void SignInViewModel::clearError(Field mended)
{
    if (m_step != SignInStep::Value::Register)
        return clearError(); // name and password go together
    if (m_errors.remove(mended) + m_errors.remove(Field::None) > 0)
        Q_EMIT errorChanged();
}

void SignInViewModel::fail(const Error &error, ErrorText::Context context)
{
    m_errors.clear();
    addError(error, context);
    for (const FieldFault &fault : error.others)
        addError(Error::invalid(fault.field, fault.message), context);
    Q_EMIT errorChanged();
    Q_EMIT refused();
}

void SignInViewModel::addError(const Error &error, ErrorText::Context context)
{
    const auto field = fieldOf(error, context);
    const QString text = ErrorText::of(error, context);
    if (!text.isEmpty() && !m_errors.contains(field))
        m_errors.insert(field, text);
}

SignInViewModel::Field SignInViewModel::fieldOf(const Error &error, ErrorText::Context context)
{
    if (context == ErrorText::Context::CheckServer)
        return Field::Address;
    if (error.code == ErrorCode::Unauthenticated)
        return Field::Password;
    if (error.code == ErrorCode::Conflict || error.field == QLatin1StringView("username"))
        return Field::Username;
    if (error.field == QLatin1StringView("password"))
        return Field::Password;
    return error.field == QLatin1StringView("fullName") ? Field::FullName : Field::None;
}

// Steps

void SignInViewModel::checkServer()
{
    if (!canContinue() || m_step != SignInStep::Value::Server)
        return;
    abandon();
    setBusy(true);
    Client::whenAnswered(m_probe->check(m_address.trimmed()), this,
                         [this, attempt = m_attempt](const Result<Client::ServerInfo> &found) {
                             if (attempt != m_attempt)
                                 return;
                             setBusy(false);
                             if (found)
                                 setServer(found->url, SignInStep::Value::SignIn);
                             else
                                 fail(found.error(), ErrorText::Context::CheckServer);
                         });
}

void SignInViewModel::enter(const Client::Future<Client::Account *> &answer, ErrorText::Context context)
{
    setBusy(true);
    m_entering = answer;
    Client::whenAnswered(answer, this, [this, attempt = m_attempt, context](const Result<Client::Account *> &account) {
        if (attempt != m_attempt)
            return;
        setBusy(false);
        if (!account)
            return fail(account.error(), context);
        const auto id = (*account)->info().accountId;
        begin();
        Q_EMIT signedIn(id);
    });
}

void SignInViewModel::signIn()
{
    if (!canContinue() || m_step != SignInStep::Value::SignIn || !m_accounts)
        return;
    abandon();
    enter(m_accounts->signIn(m_server, m_username.trimmed(), m_password), ErrorText::Context::SignIn);
}

void SignInViewModel::registerAccount()
{
    if (!canContinue() || m_step != SignInStep::Value::Register || !m_accounts)
        return;
    abandon();
    enter(m_accounts->registerAccount(m_server, m_username.trimmed(), m_fullName.trimmed(), m_password),
          ErrorText::Context::Register);
}

void SignInViewModel::showRegister()
{
    if (m_step != SignInStep::Value::SignIn)
        return;
    abandon();
    setStep(SignInStep::Value::Register);
}

void SignInViewModel::showSignIn()
{
    if (m_step != SignInStep::Value::Register)
        return;
    abandon();
    setStep(SignInStep::Value::SignIn);
}

void SignInViewModel::back()
{
    abandon();
    switch (m_step) {
    case SignInStep::Value::Server:
        return cancel();
    case SignInStep::Value::SignIn:
        setPassword({});
        return setStep(SignInStep::Value::Server);
    case SignInStep::Value::Register:
        return setStep(SignInStep::Value::SignIn);
    }
}

void SignInViewModel::cancel()
{
    abandon();
    if (!m_canCancel)
        return;
    begin();
    Q_EMIT cancelled();
}

// Fields

void SignInViewModel::setField(Field which, QString &field, const QString &value, void (SignInViewModel::*changed)())
{
    if (field == value)
        return;
    field = value;
    clearError(which);
    Q_EMIT(this->*changed)();
    Q_EMIT canContinueChanged();
}

void SignInViewModel::setAddress(const QString &address)
{
    setField(Field::Address, m_address, address, &SignInViewModel::addressChanged);
}

void SignInViewModel::setUsername(const QString &username)
{
    setField(Field::Username, m_username, username, &SignInViewModel::usernameChanged);
}

void SignInViewModel::setFullName(const QString &fullName)
{
    setField(Field::FullName, m_fullName, fullName, &SignInViewModel::fullNameChanged);
}

void SignInViewModel::setPassword(const QString &password)
{
    setField(Field::Password, m_password, password, &SignInViewModel::passwordChanged);
}

QString SignInViewModel::serverName() const
{
    const auto port = m_server.port();
    return m_server.host() + (port < 0 ? QString() : u':' + QString::number(port));
}

bool SignInViewModel::canContinue() const
{
    if (m_isBusy)
        return false;
    switch (m_step) {
    case SignInStep::Value::Server:
        return !m_address.trimmed().isEmpty();
    case SignInStep::Value::SignIn:
        return !m_username.trimmed().isEmpty() && !m_password.isEmpty();
    case SignInStep::Value::Register:
        return !m_username.trimmed().isEmpty() && !isBlank(m_fullName) && !m_password.isEmpty();
    }
    return false;
}

void SignInViewModel::setIsListLost(bool isLost)
{
    if (std::exchange(m_isListLost, isLost) != isLost)
        Q_EMIT lostListNoticeChanged();
}

QString SignInViewModel::lostListNotice() const
{
    return m_isListLost
        ? tr("The list of accounts on this computer cannot be read. Sign in again: your messages are on "
             "the server.")
        : QString();
}

QString SignInViewModel::sessionOnlyNotice() const
{
    if (!m_accounts || m_accounts->areSecretsPersistent())
        return {};
    return tr("This computer has no safe place for your sign-in, so it is kept until you quit Tertulia. A keyring such "
              "as GNOME Keyring or KWallet changes that.");
}

} // namespace Tertulia::ViewModels
