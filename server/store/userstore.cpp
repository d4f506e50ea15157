// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/userstore.h"

#include "store/lookalikes.h"
#include "text/searchwords.h"

namespace Tertulia::Server::UserStore {

namespace {

/// Words of the index that one search looks at: what it costs at most.
constexpr int maxSearched = 1'000;

Account account(const Rows &rows)
{
    Account found;
    found.id = rows.id<UserId>(0);
    found.username = rows.text(1);
    found.fullName = rows.text(2);
    found.email = rows.optionalText(3);
    found.avatar = rows.optionalText(4);
    found.bio = rows.optionalText(5);
    found.location = rows.optionalText(6);
    found.website = rows.optionalText(7);
    found.role = Role(rows.number(8));
    found.passwordHash = rows.text(9).toUtf8();
    found.isDisabled = rows.flag(10);
    found.externalIssuer = rows.text(11);
    found.externalSubject = rows.text(12);
    found.createdAt = rows.time(13);
    found.deviceEpoch = rows.number(14);
    return found;
}

std::optional<Account> one(Rows rows)
{
    return rows.next() ? std::optional(account(rows)) : std::nullopt;
}

#define TERTULIA_USER_COLUMNS                                                                                          \
    "SELECT id, username, full_name, email, avatar, bio, location, website, role, password_hash, status,"              \
    " external_issuer, external_subject, created_at, device_epoch FROM users "

std::optional<QString> orNull(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

/// After all words that begin with `prefix`.
QString endOf(const QString &prefix)
{
    return prefix + QString::fromUcs4(U"\U0010FFFF");
}

QStringList wordsOf(const QString &fullName, const QString &username)
{
    return distinctFoldedWords(fullName + QLatin1Char(' ') + username);
}

void addWords(Transaction &tx, UserId user, const QStringList &words)
{
    for (const QString &word : words)
        tx.execute("INSERT INTO user_words (word, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING", word, user);
}

void removeWords(Transaction &tx, UserId user)
{
    tx.execute("DELETE FROM user_words WHERE user_id = ?", user);
}

QStringList storedWords(ReadTransaction &tx, UserId user)
{
    QStringList words;
    for (auto rows = tx.query("SELECT word FROM user_words WHERE user_id = ?", user); rows.next();)
        words.append(rows.text(0));
    return words;
}

bool hasWord(ReadTransaction &tx, UserId user, const QString &prefix)
{
    return tx
        .query("SELECT 1 FROM user_words WHERE user_id = ? AND word >= ? AND word < ?", user, prefix, endOf(prefix))
        .next();
}

} // namespace

QString nameKey(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

bool insert(Transaction &tx, const Account &account)
{
    const QString skeleton = Lookalikes::skeleton(account.username);
    // Two that look alike may come at the same moment, and no rule of the database tells: who holds this row compares.
    // SQLite has one writer.
    std::ignore = tx.query(Sql({.sqlite = "SELECT 1 FROM store_state WHERE name = 'skeletons'",
                                .postgresql = "SELECT 1 FROM store_state WHERE name = 'skeletons' FOR UPDATE"}))
                      .next();
    if (tx.query("SELECT 1 FROM users WHERE username_skeleton = ?", skeleton).next())
        return false;
    const std::optional<QString> emailKey = account.email ? std::optional(nameKey(*account.email)) : std::nullopt;
    const int added =
        tx.execute("INSERT INTO users (id, username, username_key, full_name, email, email_key, avatar, role,"
                   " password_hash, external_issuer, external_subject, created_at, username_skeleton)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                   account.id, account.username, nameKey(account.username), account.fullName, account.email, emailKey,
                   account.avatar, account.role, orNull(QString::fromUtf8(account.passwordHash)),
                   orNull(account.externalIssuer), orNull(account.externalSubject), account.createdAt, skeleton);
    if (added == 1)
        addWords(tx, account.id, wordsOf(account.fullName, account.username));
    return added == 1;
}

std::optional<Account> byId(ReadTransaction &tx, UserId id)
{
    return one(tx.query(TERTULIA_USER_COLUMNS "WHERE id = ?", id));
}

std::optional<Account> byUsername(ReadTransaction &tx, const QString &username)
{
    return one(tx.query(TERTULIA_USER_COLUMNS "WHERE username_key = ?", nameKey(username)));
}

std::optional<Account> byEmail(ReadTransaction &tx, const QString &email)
{
    return one(tx.query(TERTULIA_USER_COLUMNS "WHERE email_key = ?", nameKey(email)));
}

std::vector<Account> all(ReadTransaction &tx)
{
    std::vector<Account> accounts;
    for (auto rows = tx.query(TERTULIA_USER_COLUMNS "ORDER BY username_key"); rows.next();)
        accounts.push_back(account(rows));
    return accounts;
}

std::vector<std::pair<UserId, Role>> foreignRoles(ReadTransaction &tx)
{
    std::vector<std::pair<UserId, Role>> roles;
    for (auto rows = tx.query("SELECT id, role FROM users WHERE external_subject IS NOT NULL"); rows.next();)
        roles.emplace_back(rows.id<UserId>(0), Role(rows.number(1)));
    return roles;
}

std::vector<UserId> disabled(ReadTransaction &tx)
{
    std::vector<UserId> users;
    for (auto rows = tx.query("SELECT id FROM users WHERE status <> 0"); rows.next();)
        users.push_back(rows.id<UserId>(0));
    return users;
}

std::vector<UserCard> search(ReadTransaction &tx, const QString &term, UserId except, int limit)
{
    QStringList words = distinctFoldedWords(term);
    if (words.isEmpty())
        return {};
    // The longest word is likely the rarest: it finds, the others sift.
    const auto longest = std::max_element(words.begin(), words.end(),
                                          [](const QString &a, const QString &b) { return a.size() < b.size(); });
    std::swap(*longest, words.last());
    const QString prefix = words.takeLast();
    std::vector<UserCard> people;
    for (auto rows =
             tx.query("SELECT u.id, u.full_name, u.username, u.avatar"
                      " FROM (SELECT DISTINCT user_id FROM"
                      "       (SELECT user_id FROM user_words WHERE word >= ? AND word < ? LIMIT ?) words) found"
                      " CROSS JOIN users u"
                      " WHERE u.id = found.user_id AND u.status = 0 AND u.id <> ? ORDER BY u.username_key",
                      prefix, endOf(prefix), maxSearched, except);
         people.size() < size_t(limit) && rows.next();) {
        const auto user = rows.id<UserId>(0);
        if (std::all_of(words.begin(), words.end(), [&](const QString &word) { return hasWord(tx, user, word); }))
            people.push_back({user, rows.text(1), rows.text(2), rows.optionalText(3)});
    }
    return people;
}

void completeSkeletons(Transaction &tx)
{
    if (tx.query("SELECT 1 FROM store_state WHERE name = 'skeletons' AND value = ?", Lookalikes::edition()).next())
        return;
    std::vector<std::pair<UserId, QString>> people;
    for (auto rows = tx.query("SELECT id, username FROM users"); rows.next();)
        people.emplace_back(rows.id<UserId>(0), rows.text(1));
    for (const auto &[id, name] : people)
        tx.execute("UPDATE users SET username_skeleton = ? WHERE id = ?", Lookalikes::skeleton(name), id);
    tx.execute("UPDATE store_state SET value = ? WHERE name = 'skeletons'", Lookalikes::edition());
}

bool hasPresentWords(ReadTransaction &tx)
{
    return tx.query("SELECT 1 FROM store_state WHERE name = 'words' AND value = ?", foldingEdition).next();
}

std::optional<UserId> completeWords(Transaction &tx, UserId after, int count)
{
    std::vector<std::tuple<UserId, QString, QString>> people;
    for (auto rows =
             tx.query("SELECT id, full_name, username FROM users WHERE id > ? ORDER BY id LIMIT ?", after, count);
         rows.next();)
        people.emplace_back(rows.id<UserId>(0), rows.text(1), rows.text(2));
    for (const auto &[user, fullName, username] : people) {
        QStringList words = wordsOf(fullName, username);
        words.sort();
        QStringList stored = storedWords(tx, user);
        stored.sort();
        if (words == stored)
            continue; // nearly everybody
        removeWords(tx, user);
        addWords(tx, user, words);
    }
    if (people.size() == size_t(count))
        return std::get<UserId>(people.back());
    tx.execute("UPDATE store_state SET value = ? WHERE name = 'words'", foldingEdition);
    return std::nullopt;
}

void setPasswordHash(Transaction &tx, UserId id, const QByteArray &hash)
{
    tx.execute("UPDATE users SET password_hash = ? WHERE id = ?", QString::fromUtf8(hash), id);
}

void forgetDevices(Transaction &tx, UserId id)
{
    tx.execute("UPDATE users SET device_epoch = device_epoch + 1 WHERE id = ?", id);
}

void setProfile(Transaction &tx, const Account &account)
{
    tx.execute("UPDATE users SET full_name = ?, bio = ?, location = ?, website = ? WHERE id = ?", account.fullName,
               account.bio, account.location, account.website, account.id);
    removeWords(tx, account.id);
    addWords(tx, account.id, wordsOf(account.fullName, account.username));
}

void setRole(Transaction &tx, UserId id, Role role)
{
    tx.execute("UPDATE users SET role = ? WHERE id = ?", role, id);
}

void setDisabled(Transaction &tx, UserId id, bool disabled)
{
    tx.execute("UPDATE users SET status = ? WHERE id = ?", disabled ? 1 : 0, id);
}

void noteChange(Transaction &tx, UserId id, Timestamp at)
{
    tx.execute("INSERT INTO account_changes (user_id, at) VALUES (?, ?)", id, at);
}

std::vector<Change> changesAfter(ReadTransaction &tx, qint64 number)
{
    std::vector<Change> changes;
    for (auto rows =
             tx.query("SELECT number, user_id, at FROM account_changes WHERE number > ? ORDER BY number", number);
         rows.next();)
        changes.push_back({rows.integer(0), rows.id<UserId>(1), rows.time(2)});
    return changes;
}

qint64 lastChange(ReadTransaction &tx)
{
    auto rows = tx.query("SELECT coalesce(max(number), 0) FROM account_changes");
    return rows.next() ? rows.integer(0) : 0;
}

void removeOldChanges(Transaction &tx, Timestamp before)
{
    tx.execute("DELETE FROM account_changes WHERE at < ? AND number < (SELECT max(number) FROM account_changes)",
               before);
}

#undef TERTULIA_USER_COLUMNS

} // namespace Tertulia::Server::UserStore
