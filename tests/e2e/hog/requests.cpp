// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/hog/stage.h"

#include <QJsonArray>

namespace Tertulia::Test::Hogs {

using namespace Qt::StringLiterals;

namespace {

QByteArray messageOf(int size)
{
    return json({{u"recipientId"_s, Town::person(hog + 1).toString()}, {u"content"_s, QString(size, u'x')}});
}

/// One of the hog's own.
const QByteArray &conversationOf(Hand &hand)
{
    static const QByteArray conversation = [&hand] {
        hand.client().send(request("GET", "/api/Chat/conversations?limit=1", hand.token(), hogsNetwork));
        return QJsonDocument::fromJson(hand.client().answer().body)
            .object()[u"data"_s][0][u"id"_s]
            .toString()
            .toLatin1();
    }();
    return conversation;
}

QByteArray networkOfHogs64(int n)
{
    return "2001:db8:0:7::" + QByteArray::number(n % 65'535 + 1, 16);
}

QByteArray sessionsSignIn()
{
    return json({{u"username"_s, u"collector"_s}, {u"password"_s, u"correct horse battery"_s}});
}

} // namespace

int askSearch(Hand &hand, int n)
{
    return hand.ask("GET", n % 2 == 0 ? "/api/friends/search?q=f" : "/api/friends/search?q=name");
}

int askList(Hand &hand, int n)
{
    constexpr std::array targets{"/api/Chat/conversations?search=9", "/api/Chat/conversations?type=direct",
                                 "/api/Chat/conversations?limit=100&includeArchived=true", "/api/Chat/unread-count"};
    return hand.ask("GET", targets[size_t(n) % targets.size()]);
}

int askHistory(Hand &hand, int n)
{
    return hand.ask("GET",
                    n % 2 == 0 ? "/api/Chat/sync?take=500"
                               : "/api/Chat/messages?take=100&conversationId=" + conversationOf(hand));
}

int askOpening(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Chat/conversations",
                    json({{u"recipientId"_s, Town::person(hog + hogsConversations + 1 + n % 5'000).toString()}}));
}

int askSend(Hand &hand, int)
{
    return hand.ask("POST", "/api/Chat/messages", messageOf(5'000));
}

int askMark(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Chat/conversations/" + conversationOf(hand) + (n % 2 == 0 ? "/typing" : "/read"),
                    n % 2 == 0 ? "{\"isTyping\":true}" : "");
}

int askMarkOfMany(Hand &hand, int)
{
    static const QByteArray many = [] {
        QJsonArray ids;
        for (int i = 0; i < 500; ++i)
            ids.append(Uuid::generate().toString());
        return json({{u"messageIds"_s, ids}});
    }();
    return hand.ask("POST", "/api/Chat/conversations/" + conversationOf(hand) + "/read", many);
}

int askSignIn(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Authentication/login",
                    json({{u"username"_s, u"person%1"_s.arg(n % people)}, {u"password"_s, u"not the one"_s}}),
                    networkOfHogs64(n));
}

int askSession(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Authentication/login", sessionsSignIn(), network(2'000 + n));
}

bool takeSignIns(Stage &stage)
{
    Hand hand(stage.port, {});
    int tried = 0;
    while (tried < 100 && askSignIn(hand, tried) == 401)
        ++tried;
    int registered = 0;
    const auto registers = [&](int n) {
        const QString name = u"guest%1"_s.arg(n);
        return hand.ask(
            "POST", "/api/Authentication/register",
            json({{u"username"_s, name}, {u"fullName"_s, name}, {u"password"_s, u"correct horse battery"_s}}),
            networkOfHogs64(n));
    };
    while (registered < 100 && registers(registered) / 100 == 2)
        ++registered;
    // Somebody else's network has its own.
    return tried == 10 && registered == 3
        && hand.ask("POST", "/api/Authentication/login",
                    json({{u"username"_s, u"guest0"_s}, {u"password"_s, u"correct horse battery"_s}}), "203.0.113.77")
        == 200;
}

bool takeSessions(Stage &stage)
{
    Hand hand(stage.port, {});
    const QByteArray account = json({{u"username"_s, u"collector"_s},
                                     {u"fullName"_s, u"Collector"_s},
                                     {u"password"_s, u"correct horse battery"_s}});
    if (hand.ask("POST", "/api/Authentication/register", account, "203.0.113.78") / 100 != 2)
        return false;
    QByteArray token;
    for (int i = 0; i < 60; ++i) {
        hand.client().send(request("POST", "/api/Authentication/login", {}, network(1'000 + i), sessionsSignIn()));
        const auto answer = hand.client().answer();
        if (answer.status != 200)
            return false;
        token = QJsonDocument::fromJson(answer.body).object()[u"data"_s][u"accessToken"_s].toString().toLatin1();
    }
    hand.client().send(request("GET", "/api/Authentication/sessions", token, hogsNetwork));
    return QJsonDocument::fromJson(hand.client().answer().body).object()[u"data"_s].toArray().size() == 50;
}

} // namespace Tertulia::Test::Hogs
