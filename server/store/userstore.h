// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/account.h"
#include "store/transaction.h"

#include <vector>

namespace Tertulia::Server::UserStore {

/// What all spellings of a username or an email address have in common: case and compatibility forms do not count.
[[nodiscard]] QString nameKey(const QString &name);

/// False when the username or the email address is taken (both without regard to case), or when the username looks
/// like one that is.
[[nodiscard]] bool insert(Transaction &tx, const Account &account);

[[nodiscard]] std::optional<Account> byId(ReadTransaction &tx, UserId id);
[[nodiscard]] std::optional<Account> byUsername(ReadTransaction &tx, const QString &username);
[[nodiscard]] std::optional<Account> byEmail(ReadTransaction &tx, const QString &email);
[[nodiscard]] std::vector<Account> all(ReadTransaction &tx);
/// Accounts that came from a foreign identity provider, with their roles.
[[nodiscard]] std::vector<std::pair<UserId, Role>> foreignRoles(ReadTransaction &tx);

[[nodiscard]] std::vector<UserId> disabled(ReadTransaction &tx);

/// Active people of whose names a word begins with each word of `term`, by username; never `except`. Of very many only
/// the first by that word are looked at.
[[nodiscard]] std::vector<UserCard> search(ReadTransaction &tx, const QString &term, UserId except, int limit);

/// Makes anew what names look like, if that was written by other tables of Unicode than today's.
void completeSkeletons(Transaction &tx);

/// The words of everybody's names are folded as searches are today (foldingEdition).
[[nodiscard]] bool hasPresentWords(ReadTransaction &tx);
/// Makes the words of the next people anew, in order of their ids; a null id begins. Returns the last of them, nothing
/// when that was everybody.
[[nodiscard]] std::optional<UserId> completeWords(Transaction &tx, UserId after, int count);

void setPasswordHash(Transaction &tx, UserId id, const QByteArray &hash);
/// No device that was given a device token is known any more.
void forgetDevices(Transaction &tx, UserId id);
void setProfile(Transaction &tx, const Account &account); ///< fullName, bio, location, website
void setRole(Transaction &tx, UserId id, Role role);
void setDisabled(Transaction &tx, UserId id, bool disabled);

/// Tells a running server that an account was changed by another process (tertulia-ctl); see AccountWatch.
void noteChange(Transaction &tx, UserId id, Timestamp at);
struct Change
{
    qint64 number = 0;
    UserId user;
    Timestamp at;
};
[[nodiscard]] std::vector<Change> changesAfter(ReadTransaction &tx, qint64 number);
[[nodiscard]] qint64 lastChange(ReadTransaction &tx);
/// All but the newest one, so that numbers go on rising.
void removeOldChanges(Transaction &tx, Timestamp before);

} // namespace Tertulia::Server::UserStore
