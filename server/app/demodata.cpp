// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demodata.h"

#include "app/waiting.h"
#include "store/transaction.h"

#include <map>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

struct Line
{
    int from, to;
    const char16_t *text;
};

constexpr Line talk[] = {
    {0, 1, u"Hi Ben! The server is up. Took me one command."},
    {1, 0, u"No way. Where is the catch?"},
    {0, 1, u"Have not found one yet. Chloe wants to try it on her phone tonight."},
    {2, 0, u"Is this the new chat? I like it already."},
    {0, 2, u"It is! Everything stays on our own machine."},
    {2, 1, u"Ben, Ada says you are still looking for the catch :)"},
    {1, 2, u"Give me until tomorrow."},
};

using People = std::vector<Actor>;

Result<People> addPeople(Transaction &tx, const AccountService &accounts, const QByteArray &hash)
{
    const std::pair<QString, QString> names[] = {
        {u"ada"_s, u"Ada Fernández"_s}, {u"ben"_s, u"Ben Okafor"_s}, {u"chloe"_s, u"Chloé Marchand"_s}};
    People people;
    for (const auto &[username, fullName] : names) {
        RegisterRequest request;
        request.username = username;
        request.fullName = fullName;
        const Result<Account> account = accounts.create(tx, request, hash);
        if (!account)
            return failure(account.error());
        people.push_back({account->id, {}, account->role});
    }
    return people;
}

} // namespace

Result<void> addDemoData(Executor &executor, const PasswordHasher &hasher, const AccountService &accounts,
                         const MessageService &messages)
{
    LoginRequest ada;
    ada.username = u"ada"_s;
    const Result<bool> isThere = waitForRead<bool>(
        executor, [&](ReadTransaction &tx) -> Result<bool> { return accounts.forLogin(tx, ada).has_value(); });
    if (!isThere)
        return failure(isThere.error());
    if (*isThere)
        return {};
    const Result<QByteArray> hash = hasher.hashNow(u"tertulia-demo"_s);
    if (!hash)
        return failure(hash.error());
    const Result<People> people =
        waitForWrite<People>(executor, [&](Transaction &tx) { return addPeople(tx, accounts, *hash); });
    if (!people)
        return failure(people.error());
    std::map<std::pair<int, int>, MessageId> unread; // from whom to whom
    for (const Line &line : talk) {
        // Who answers has read.
        if (const auto read = unread.extract({line.to, line.from})) {
            const auto marked = waitForWrite<MarkReadResult>(executor, [&](Transaction &tx) {
                return messages.markRead(tx, (*people)[size_t(line.from)], read.mapped().toString(), std::nullopt);
            });
            if (!marked)
                return failure(marked.error());
        }
        SendMessageRequest request;
        request.recipientId = (*people)[size_t(line.to)].id.toString();
        request.content = QString::fromUtf16(line.text);
        const auto sent = waitForWrite<SentMessage>(
            executor, [&](Transaction &tx) { return messages.send(tx, (*people)[size_t(line.from)], request); });
        if (!sent)
            return failure(sent.error());
        unread[{line.from, line.to}] = sent->message.id;
    }
    return {};
}

} // namespace Tertulia::Server
