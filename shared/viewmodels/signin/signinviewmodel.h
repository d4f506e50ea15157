// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/async.h"
#include "viewmodels/enums.h"
#include "viewmodels/errortext.h"

#include <QMap>
#include <QUrl>

#include <memory>

namespace Tertulia::Client {
class Account;
class AccountManager;
class ServerProbe;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

class ViewContext;

/// The way in: first the server, then who one is.
class SignInViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of the application.")
    Q_PROPERTY(Tertulia::ViewModels::SignInStep::Value step READ step NOTIFY stepChanged)
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY addressChanged)
    Q_PROPERTY(QString serverName READ serverName NOTIFY stepChanged)
    Q_PROPERTY(bool isEncrypted READ isEncrypted NOTIFY stepChanged)
    Q_PROPERTY(bool isExposed READ isExposed NOTIFY stepChanged)
    Q_PROPERTY(QString username READ username WRITE setUsername NOTIFY usernameChanged)
    Q_PROPERTY(QString fullName READ fullName WRITE setFullName NOTIFY fullNameChanged)
    Q_PROPERTY(QString password READ password WRITE setPassword NOTIFY passwordChanged)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY isBusyChanged)
    Q_PROPERTY(bool canContinue READ canContinue NOTIFY canContinueChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorChanged)
    Q_PROPERTY(QString addressError READ addressError NOTIFY errorChanged)
    Q_PROPERTY(QString usernameError READ usernameError NOTIFY errorChanged)
    Q_PROPERTY(QString fullNameError READ fullNameError NOTIFY errorChanged)
    Q_PROPERTY(QString passwordError READ passwordError NOTIFY errorChanged)
    Q_PROPERTY(bool canCancel READ canCancel NOTIFY canCancelChanged)
    Q_PROPERTY(QString sessionOnlyNotice READ sessionOnlyNotice NOTIFY sessionOnlyNoticeChanged)
    Q_PROPERTY(QString lostListNotice READ lostListNotice NOTIFY lostListNoticeChanged)

public:
    /// @param accounts null: nothing can be done here, only shown (gallery)
    SignInViewModel(Client::AccountManager *accounts, ViewContext &context, QObject *parent = nullptr);
    ~SignInViewModel() override;

    /// Empty fields; begins with the server, or with the sign-in where the server is known.
    void begin(const QUrl &server = {}, const QString &username = {});
    void setCanCancel(bool canCancel);
    /// The list of accounts of this computer cannot be read: said until somebody has signed in.
    void setIsListLost(bool isLost);
    void setServer(const QUrl &server, SignInStep::Value step);
    void setBusy(bool busy);
    void fail(const Error &error, ErrorText::Context context);

    /// Looks whether there is a Tertulia server at the address; then the step is SignIn.
    Q_INVOKABLE void checkServer();
    Q_INVOKABLE void signIn();
    /// Makes an account and signs it in. (`register` is a word of C++.)
    Q_INVOKABLE void registerAccount();
    /// Between SignIn and Register.
    Q_INVOKABLE void showRegister();
    Q_INVOKABLE void showSignIn();
    /// One step back; stops what is going on.
    Q_INVOKABLE void back();
    /// Leaves the page when there is another account to return to.
    Q_INVOKABLE void cancel();

    void setAddress(const QString &address);
    void setUsername(const QString &username);
    void setFullName(const QString &fullName);
    void setPassword(const QString &password);

    [[nodiscard]] SignInStep::Value step() const { return m_step; }
    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] QString serverName() const;
    [[nodiscard]] bool isEncrypted() const { return m_server.scheme() != QLatin1StringView("http"); }
    /// The password would go over the network in clear, which the page says.
    [[nodiscard]] bool isExposed() const;
    [[nodiscard]] QString username() const { return m_username; }
    [[nodiscard]] QString fullName() const { return m_fullName; }
    [[nodiscard]] QString password() const { return m_password; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// The fields of this step are filled in, and nothing is under way.
    [[nodiscard]] bool canContinue() const;
    /// What is wrong with no field of the page in particular.
    [[nodiscard]] QString errorText() const { return errorOf(Field::None); }
    /// What is wrong with each field: all of it at once.
    [[nodiscard]] QString addressError() const { return errorOf(Field::Address); }
    [[nodiscard]] QString usernameError() const { return errorOf(Field::Username); }
    [[nodiscard]] QString fullNameError() const { return errorOf(Field::FullName); }
    [[nodiscard]] QString passwordError() const { return errorOf(Field::Password); }
    [[nodiscard]] bool canCancel() const { return m_canCancel; }
    /// Not empty where there is no safe place for secrets: the account is there until the program ends.
    [[nodiscard]] QString sessionOnlyNotice() const;
    /// Not empty where this computer should know accounts and does not.
    [[nodiscard]] QString lostListNotice() const;

Q_SIGNALS:
    void stepChanged();
    void addressChanged();
    void usernameChanged();
    void fullNameChanged();
    void passwordChanged();
    void isBusyChanged();
    void canContinueChanged();
    void errorChanged();
    void refused(); ///< what is wrong is told; whoever types goes there
    void canCancelChanged();
    void sessionOnlyNoticeChanged();
    void lostListNoticeChanged();
    void signedIn(const QString &accountId);
    void cancelled();

private:
    /// Where an error is shown.
    enum class Field { None, Address, Username, FullName, Password };

    void setStep(SignInStep::Value step);
    void setField(Field which, QString &field, const QString &value, void (SignInViewModel::*changed)());
    void clearError();
    /// That of a field which is being mended. The others stay where each stands for itself.
    void clearError(Field mended);
    /// Whatever is under way no longer counts.
    void abandon();
    void enter(const Client::Future<Client::Account *> &answer, ErrorText::Context context);
    [[nodiscard]] QString errorOf(Field field) const { return m_errors.value(field); }
    void addError(const Error &error, ErrorText::Context context);
    [[nodiscard]] static Field fieldOf(const Error &error, ErrorText::Context context);

    Client::AccountManager *m_accounts;
    std::unique_ptr<Client::ServerProbe> m_probe;
    SignInStep::Value m_step = SignInStep::Value::Server;
    QUrl m_server;
    QString m_address, m_username, m_fullName, m_password;
    QMap<Field, QString> m_errors;
    Client::Future<Client::Account *> m_entering; ///< cancelled when the person goes back
    quint64 m_attempt = 0; ///< answers of earlier ones are dropped
    bool m_isBusy = false;
    bool m_canCancel = false;
    bool m_isListLost = false;
};

} // namespace Tertulia::ViewModels
