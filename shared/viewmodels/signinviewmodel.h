// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

namespace Tertulia::ViewModels {

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
    Q_PROPERTY(QString username READ username WRITE setUsername NOTIFY usernameChanged)
    Q_PROPERTY(QString fullName READ fullName WRITE setFullName NOTIFY fullNameChanged)
    Q_PROPERTY(QString password READ password WRITE setPassword NOTIFY passwordChanged)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY isBusyChanged)
    Q_PROPERTY(bool canContinue READ canContinue NOTIFY canContinueChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorChanged)
    Q_PROPERTY(Tertulia::ViewModels::SignInField::Value errorField READ errorField NOTIFY errorChanged)
    Q_PROPERTY(bool canCancel READ canCancel NOTIFY canCancelChanged)
    Q_PROPERTY(QString sessionOnlyNotice READ sessionOnlyNotice NOTIFY sessionOnlyNoticeChanged)

public:
    explicit SignInViewModel(QObject *parent = nullptr);

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

    [[nodiscard]] SignInStep::Value step() const { return SignInStep::Value::Server; }
    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] QString serverName() const { return {}; }
    /// False: the password would go over the network in clear, which the page says.
    [[nodiscard]] bool isEncrypted() const { return true; }
    [[nodiscard]] QString username() const { return m_username; }
    [[nodiscard]] QString fullName() const { return m_fullName; }
    [[nodiscard]] QString password() const { return m_password; }
    [[nodiscard]] bool isBusy() const { return false; }
    /// The fields of this step are filled in.
    [[nodiscard]] bool canContinue() const { return false; }
    [[nodiscard]] QString errorText() const { return {}; }
    [[nodiscard]] SignInField::Value errorField() const { return SignInField::Value::None; }
    [[nodiscard]] bool canCancel() const { return false; }
    /// Not empty where there is no safe place for secrets: the account is there until the program ends.
    [[nodiscard]] QString sessionOnlyNotice() const { return {}; }

Q_SIGNALS:
    void stepChanged();
    void addressChanged();
    void usernameChanged();
    void fullNameChanged();
    void passwordChanged();
    void isBusyChanged();
    void canContinueChanged();
    void errorChanged();
    void canCancelChanged();
    void sessionOnlyNoticeChanged();

private:
    QString m_address, m_username, m_fullName, m_password;
};

} // namespace Tertulia::ViewModels
