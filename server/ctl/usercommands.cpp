// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/usercommands.h"

#include "auth/passwordhasher.h"
#include "ctl/passwordinput.h"
#include "ctl/toolstore.h"
#include "services/accountservice.h"
#include "store/transaction.h"
#include "store/userstore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace Tertulia::Server::Ctl {

using namespace Qt::StringLiterals;

namespace {

void say(const QString &text)
{
    std::printf("%s\n", text.toUtf8().constData());
}

QString roleName(Role role)
{
    const auto name = EnumNames<Role>::names[size_t(role)];
    return QString::fromLatin1(name.data(), qsizetype(name.size())).toLower();
}

Result<Role> readRole(const QString &text)
{
    for (const Role role : {Role::User, Role::Moderator, Role::Admin}) {
        if (roleName(role) == text.toLower())
            return role;
    }
    return failure(Error::invalid(u"arguments"_s, u"'%1' is no role: user, moderator or admin."_s.arg(text)));
}

/// By username, e-mail address or id.
Result<Account> findUser(ReadTransaction &tx, const AccountService &accounts, const QString &name)
{
    LoginRequest request;
    request.username = name;
    auto found = accounts.forLogin(tx, request);
    if (!found) {
        if (const auto id = UserId::parse(name))
            found = UserStore::byId(tx, *id);
    }
    if (!found)
        return failure(Error::notFound(u"There is no user '%1'."_s.arg(name)));
    return *found;
}

/// What the commands have in common.
struct Desk
{
    Desk(const CommandLine &theLine, const Config &theConfig)
        : line(theLine)
        , config(theConfig)
        , accounts(clock, theConfig.auth, {}) // makes no sessions, so it needs no key
    {
    }

    const CommandLine &line;
    const Config &config;
    SystemClock clock;
    AccountService accounts;

    [[nodiscard]] QString name() const { return line.words.value(2); }
    [[nodiscard]] Result<void> add();
    [[nodiscard]] Result<void> list();
    [[nodiscard]] Result<void> setPassword();
    [[nodiscard]] Result<void> setRole();
    [[nodiscard]] Result<void> setDisabled(bool isDisabled);

    /// `change` is `Result<void>(Transaction &, const Account &)`; a running server is told.
    template <class Change> Result<Account> change(Change change)
    {
        auto store = ToolStore::open(config, false);
        if (!store)
            return failure(store.error());
        return store->write([&](Transaction &tx) -> Result<Account> {
            auto account = findUser(tx, accounts, name());
            if (!account)
                return account;
            if (auto done = change(tx, *account); !done)
                return failure(done.error());
            UserStore::noteChange(tx, account->id, clock.now());
            return account;
        });
    }
};

void sayPassword(const NewPassword &password)
{
    if (password.isMade)
        say(u"The password is %1"_s.arg(password.text));
}

Result<void> Desk::add()
{
    const auto role = line.role.isEmpty() ? Result<Role>(Role::User) : readRole(line.role);
    if (!role)
        return failure(role.error());
    const auto password = readPassword(line);
    if (!password)
        return failure(password.error());
    RegisterRequest request;
    request.username = name();
    request.fullName = line.fullName.isEmpty() ? name() : line.fullName;
    request.password = password->text;
    if (!line.email.isEmpty())
        request.email = line.email;
    if (auto good = accounts.check(request); !good)
        return good;
    auto store = ToolStore::open(config, true);
    if (!store)
        return failure(store.error());
    const auto hash = PasswordHasher(config.auth.password).hashNow(password->text);
    if (!hash)
        return failure(hash.error());
    const auto account = store->write([&](Transaction &tx) { return accounts.create(tx, request, *hash, *role); });
    if (!account)
        return failure(account.error());
    say(u"Added %1 (%2), role %3."_s.arg(account->username, account->fullName, roleName(account->role)));
    sayPassword(*password);
    return {};
}

Result<void> Desk::list()
{
    auto store = ToolStore::open(config, false);
    if (!store)
        return failure(store.error());
    const auto found = store->write([](Transaction &tx) -> Result<std::vector<Account>> { return UserStore::all(tx); });
    if (!found)
        return failure(found.error());
    QJsonArray json;
    if (!line.asJson && !found->empty())
        std::printf("%-24s %-10s %-9s %-20s %s\n", "USERNAME", "ROLE", "STATE", "CREATED", "FULL NAME");
    for (const Account &account : *found) {
        const QString state = account.isDisabled ? u"disabled"_s : u"active"_s;
        const QByteArray created = toIso8601(account.createdAt);
        if (line.asJson) {
            json.append(QJsonObject{{u"id"_s, account.id.toString()},
                                    {u"username"_s, account.username},
                                    {u"fullName"_s, account.fullName},
                                    {u"email"_s, account.email ? QJsonValue(*account.email) : QJsonValue()},
                                    {u"role"_s, roleName(account.role)},
                                    {u"state"_s, state},
                                    {u"issuer"_s, account.externalIssuer},
                                    {u"createdAt"_s, QString::fromLatin1(created)}});
        } else {
            say(u"%1 %2 %3 %4 %5"_s.arg(account.username, -24)
                    .arg(roleName(account.role), -10)
                    .arg(state, -9)
                    .arg(QString::fromLatin1(created.left(19)) + u'Z', -20)
                    .arg(account.fullName));
        }
    }
    if (line.asJson)
        std::printf("%s", QJsonDocument(json).toJson().constData());
    else if (found->empty())
        say(u"Nobody has an account yet."_s);
    return {};
}

Result<void> Desk::setPassword()
{
    const auto password = readPassword(line);
    if (!password)
        return failure(password.error());
    if (auto good = accounts.checkPassword(password->text, u"The password"_s); !good)
        return good;
    const auto hash = PasswordHasher(config.auth.password).hashNow(password->text);
    if (!hash)
        return failure(hash.error());
    const auto account =
        change([&](Transaction &tx, const Account &whose) { return accounts.setPassword(tx, whose.id, *hash, {}); });
    if (!account)
        return failure(account.error());
    say(u"%1 has a new password; all sessions have ended."_s.arg(account->username));
    sayPassword(*password);
    return {};
}

Result<void> Desk::setRole()
{
    const auto role = readRole(line.words.value(3));
    if (!role)
        return failure(role.error());
    const auto account =
        change([&](Transaction &tx, const Account &whose) { return accounts.setRole(tx, whose.id, *role); });
    if (!account)
        return failure(account.error());
    say(u"%1 has the role %2 now."_s.arg(account->username, roleName(*role)));
    return {};
}

Result<void> Desk::setDisabled(bool isDisabled)
{
    const auto account =
        change([&](Transaction &tx, const Account &whose) { return accounts.setDisabled(tx, whose.id, isDisabled); });
    if (!account)
        return failure(account.error());
    say(isDisabled ? u"%1 is disabled; all sessions have ended."_s.arg(account->username)
                   : u"%1 may sign in again."_s.arg(account->username));
    return {};
}

} // namespace

Result<void> runUserCommand(const CommandLine &line, const Config &config)
{
    Desk desk(line, config);
    const QString command = line.words.value(1);
    if (command == u"add"_s)
        return desk.add();
    if (command == u"list"_s)
        return desk.list();
    if (command == u"passwd"_s)
        return desk.setPassword();
    if (command == u"role"_s)
        return desk.setRole();
    return desk.setDisabled(command == u"disable"_s);
}

} // namespace Tertulia::Server::Ctl
