// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/circle.h"

#include <QRegularExpression>

#include <algorithm>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr int unauthorized = 401;
const QString password = u"tertulia-demo"_s;
const QString usernames[] = {u"ada"_s, u"chloe"_s, u"ben"_s, u"daniel"_s};
// The last one's as they are registered by the test: without a full name it is the user name.
const QString fullNames[] = {u"Ada Fernández"_s, u"Chloé Marchand"_s, u"Ben Okafor"_s, u"daniel"_s};

const QString talk[] = {
    u"good morning"_s,
    u"~~no~~ yes"_s,
    u"*really*?"_s,
    u"\U0001F44D"_s,
    u"see https://example.org/page"_s,
    u"a line\nand another\nand one more"_s,
    u"שלום לך"_s,
    u"a long one, that goes on and on until it needs more than one line in the bubble that it gets"_s};

/// Numbers of messages that are named in a text.
QList<int> numbersIn(const QString &text)
{
    static const QRegularExpression number(u"n(\\d+)n"_s);
    QList<int> all;
    for (auto found = number.globalMatch(text); found.hasNext();)
        all += found.next().captured(1).toInt();
    return all;
}

} // namespace

QString Circle::username(int person)
{
    return usernames[person];
}

QString Circle::fullName(int person)
{
    return fullNames[person];
}

int Circle::personCalled(const QString &fullName)
{
    const auto found = std::find(std::begin(fullNames), std::end(fullNames), fullName);
    return found == std::end(fullNames) ? -1 : int(found - std::begin(fullNames));
}

bool Circle::signIn(const QUrl &server)
{
    m_server = server;
    for (const QString &name : usernames) {
        m_devices.push_back(std::make_unique<RestClient>(server));
        m_ids += m_devices.back()->signIn(name, password);
        if (m_ids.last().isEmpty())
            return false;
    }
    for (int account = 0; account < accounts; ++account) {
        bool isOk = false;
        for (const auto &[other, conversation] : conversations(account, &isOk)) {
            Pair &pair = m_pairs[{account, other}];
            pair.inbound.fill(0, conversation[u"unreadCount"_s].toInt());
        }
        if (!isOk)
            return false;
    }
    return true;
}

RestReply Circle::ask(int person, const std::function<RestReply(RestClient &)> &question)
{
    RestReply reply = question(*m_devices[size_t(person)]);
    if (reply.status == 0) { // a connection from before the server's restart
        auto fresh = std::make_unique<RestClient>(m_server);
        fresh->setToken(m_devices[size_t(person)]->token());
        m_devices[size_t(person)] = std::move(fresh);
        reply = question(*m_devices[size_t(person)]);
    }
    if (reply.status == unauthorized && !m_devices[size_t(person)]->signIn(username(person), password).isEmpty())
        reply = question(*m_devices[size_t(person)]);
    return reply;
}

std::map<int, QJsonObject> Circle::conversations(int account, bool *isOk)
{
    std::map<int, QJsonObject> all;
    const RestReply reply = ask(account, [](RestClient &device) { return device.get(u"/api/Chat/conversations"_s); });
    *isOk = reply.isOk();
    const QJsonArray list = reply.data().toArray();
    for (const QJsonValue &conversation : list) {
        const QJsonArray participants = conversation[u"participants"_s].toArray();
        for (const QJsonValue &participant : participants) {
            const auto person = int(m_ids.indexOf(participant[u"id"_s].toString()));
            if (person >= 0 && person != account)
                all[person] = conversation.toObject();
        }
    }
    return all;
}

QString Circle::write(int from, int to)
{
    const int number = ++m_last;
    const QString text = u"n%1n "_s.arg(number) + talk[number % int(std::size(talk))];
    m_between.insert(number, {from, to}); // before: it shows before its answer is read
    const RestReply reply = ask(from, [&](RestClient &device) {
        return device.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, m_ids[to]}, {u"content"_s, text}});
    });
    if (!reply.isOk())
        return u"%1 cannot write to %2: %3"_s.arg(username(from), username(to)).arg(reply.status);
    if (to < accounts)
        m_pairs[{to, from}].inbound += number;
    return u"%1 writes to %2: %3"_s.arg(username(from), username(to), text);
}

QString Circle::acts(QRandomGenerator &dice)
{
    const int account = dice.bounded(accounts);
    int other = dice.bounded(people);
    if (other == account)
        other = people - 1;
    const int what = dice.bounded(20);
    if (what < 15 || other < accounts) {
        QString done;
        for (int more = what == 0 ? 40 : 1; more > 0; --more) // once in a while very many
            done = write(other, account);
        return done;
    }
    if (what < 17)
        return write(account, other); // at another device
    if (what < 19) {
        readsElsewhere(account, other);
        return u"%1 reads all of %2 elsewhere"_s.arg(username(account), username(other));
    }
    const QString path = pathOf(account, other);
    if (!path.isEmpty() && ask(account, [&](RestClient &device) { return device.remove(path); }).isOk())
        m_pairs[{account, other}] = {};
    return u"%1 deletes the conversation with %2 elsewhere"_s.arg(username(account), username(other));
}

QString Circle::pathOf(int account, int other)
{
    bool isOk = false;
    const auto all = conversations(account, &isOk);
    const auto conversation = all.find(other);
    return conversation == all.end() ? QString()
                                     : u"/api/Chat/conversations/"_s + conversation->second[u"id"_s].toString();
}

bool Circle::readsElsewhere(int account, int other)
{
    const QString path = pathOf(account, other);
    if (path.isEmpty())
        return true; // nothing to read
    if (!ask(account, [&](RestClient &device) { return device.post(path + u"/read"_s); }).isOk())
        return false;
    Pair &pair = m_pairs[{account, other}];
    pair.read = pair.seen = int(pair.inbound.size());
    return true;
}

QString Circle::wrongIn(const Sight &sight) const
{
    const int account = personCalled(sight.account);
    if (account < 0)
        return {};
    const auto isBetween = [this](int number, int one, int two) {
        const auto pair = m_between.value(number, {-1, -1});
        return pair == std::pair(one, two) || pair == std::pair(two, one);
    };
    if (const int other = personCalled(sight.heading); other >= 0) {
        for (const QString &row : sight.messages) {
            for (const int number : numbersIn(row)) {
                if (!isBetween(number, account, other))
                    return u"%1's conversation with %2 shows: %3"_s.arg(sight.account, sight.heading, row);
            }
        }
    }
    for (const QString &row : sight.conversations) {
        const int other = personCalled(row.section(u',', 0, 0));
        for (const int number : numbersIn(row)) {
            if (other >= 0 && !isBetween(number, account, other))
                return u"%1's list shows: %2"_s.arg(sight.account, row);
        }
    }
    return {};
}

void Circle::notice(const Sight &sight, bool isLooking)
{
    m_sight = sight;
    m_wasLooking = isLooking;
    const int account = personCalled(sight.account), other = personCalled(sight.heading);
    if (account < 0 || other < 0 || !isLooking)
        return;
    Pair &pair = m_pairs[{account, other}];
    for (const QString &row : sight.messages) {
        for (const int number : numbersIn(row))
            pair.seen = std::max(pair.seen, int(pair.inbound.indexOf(number)) + 1);
    }
    // What is below nothing else was in sight, also what has no number: written before there were any.
    if (sight.isMarkingOffered || (sight.isAtEnd && !sight.messages.isEmpty()))
        pair.seen = std::max(pair.seen, int(pair.inbound.size()));
}

QString Circle::readUnseen()
{
    for (int account = 0; account < accounts; ++account) {
        bool isOk = false;
        const auto all = conversations(account, &isOk);
        for (const auto &[other, conversation] : all) {
            Pair &pair = m_pairs[{account, other}];
            const int read = int(pair.inbound.size()) - conversation[u"unreadCount"_s].toInt();
            if (read > pair.read && read > pair.seen)
                return u"%1 has read %2 of %3's %4 messages, and has seen %5"_s.arg(fullName(account))
                    .arg(read)
                    .arg(fullName(other))
                    .arg(pair.inbound.size())
                    .arg(pair.seen);
            pair.read = std::max(pair.read, read);
        }
    }
    return {};
}

QStringList Circle::latest(int account, int other, int most, int *unread)
{
    bool isOk = false;
    const auto all = conversations(account, &isOk);
    const auto conversation = all.find(other);
    if (conversation == all.end())
        return {};
    *unread = conversation->second[u"unreadCount"_s].toInt();
    const RestReply reply = ask(account, [&](RestClient &device) {
        return device.get(
            u"/api/Chat/messages?conversationId=%1&pageSize=%2"_s.arg(conversation->second[u"id"_s].toString())
                .arg(most));
    });
    QStringList texts;
    const QJsonArray messages = reply.data()[u"messages"_s].toArray(); // the oldest first
    for (const QJsonValue &message : messages)
        texts.prepend(message[u"content"_s].toString());
    return texts.first(std::min<qsizetype>(most, texts.size()));
}

} // namespace Tertulia::Test
