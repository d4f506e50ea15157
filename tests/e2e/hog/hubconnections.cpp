// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/hog/stage.h"

#include <QJsonArray>

#include <atomic>
#include <thread>

namespace Tertulia::Test::Hogs {

using namespace Qt::StringLiterals;

namespace {

/// A poll or an event stream that has shaken hands; the waiting poll's connection is kept.
bool takesByHttp(Stage &stage, Hand &hand, bool asEvents)
{
    hand.client().send(request("POST", "/hubs/chat/negotiate?negotiateVersion=1", hand.token(), hogsNetwork));
    const QJsonObject answer = QJsonDocument::fromJson(hand.client().answer().body).object();
    const QByteArray target = "/hubs/chat?id=" + answer[u"connectionToken"_s].toString().toLatin1();
    NetClient client = stage.client();
    client.send(request("GET", target, hand.token(), hogsNetwork, {}, asEvents ? "Accept: text/event-stream\r\n" : ""));
    if (client.answer().status != 200 || hand.ask("POST", target, "{\"protocol\":\"json\",\"version\":1}\x1e") != 200)
        return false;
    if (!asEvents) {
        client.send(request("GET", target, hand.token(), hogsNetwork));
        return client.answer().body.startsWith("{}\x1e"); // and it polls no more: it keeps what it is told
    }
    const bool isOpen = !client.readUntil("{}\x1e").isEmpty();
    stage.held.push_back(std::move(client));
    return isOpen;
}

/// Hub connections, as many as there are, each of which has said so much that `last` is answered at its end.
bool takesHub(Stage &stage, const QByteArray &hub, const QByteArray &records, const QByteArray &last)
{
    const QByteArray token = stage.town.token(hog);
    for (int i = 0; i < 100; ++i) {
        stage.held.push_back(stage.client());
        NetClient &socket = stage.held.back();
        if (!joins(socket, hub, token, hogsNetwork) || !socket.send(clientFrame(0x81, records))
            || socket.readUntil(last).isEmpty())
            return false;
    }
    Hand hand(stage.port, token);
    return askNegotiation(hand, 0) == 429;
}

QByteArray hubCall(int id, const char *target, const QJsonValue &argument)
{
    return json({{u"type"_s, 1},
                 {u"invocationId"_s, QString::number(id)},
                 {u"target"_s, QLatin1StringView(target)},
                 {u"arguments"_s, QJsonArray{argument}}})
        + '\x1e';
}

} // namespace

bool takeNegotiations(Stage &stage)
{
    constexpr int sockets = 8, each = 6'250, inOne = 50; // together all there are for everybody
    const QByteArray one =
        request("POST", "/hubs/chat/negotiate?negotiateVersion=1", stage.town.token(hog), hogsNetwork);
    std::atomic<int> given = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < sockets; ++i) {
        threads.emplace_back([&] {
            NetClient client = stage.client();
            for (int n = 0; n < each; n += inOne) {
                client.send(one.repeated(inOne));
                for (int k = 0; k < inOne; ++k)
                    given += client.answer().status == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return given == sockets * each;
}

bool takeEarlyBytes(Stage &stage)
{
    constexpr int ids = 5'000;
    Hand hand(stage.port, stage.town.token(hog));
    for (int i = 0; i < ids; ++i) {
        hand.client().send(request("POST", "/hubs/chat/negotiate?negotiateVersion=1", hand.token(), hogsNetwork));
        const QJsonObject answer = QJsonDocument::fromJson(hand.client().answer().body).object();
        if (hand.ask("POST", "/hubs/chat?id=" + answer[u"connectionToken"_s].toString().toLatin1(),
                     QByteArray(4'096, 'x'))
            != 200)
            return false;
    }
    return true;
}

bool takeHubConnections(Stage &stage)
{
    constexpr int hogs = 3, each = 100, messages = 28;
    for (int who = hog; who < hog + hogs; ++who) {
        const QByteArray token = stage.town.token(who);
        Hand hand(stage.port, token);
        for (int i = 0; i < each; ++i) {
            bool isOpen = false;
            if (i < 10) {
                stage.held.push_back(stage.client());
                isOpen = joins(stage.held.back(), "/hubs/chat", token, hogsNetwork);
            } else {
                isOpen = takesByHttp(stage, hand, i < 20);
            }
            if (!isOpen)
                return false;
        }
        if (askNegotiation(hand, 0) != 429)
            return false;
        // Another tells them much, which they do not take.
        Hand friendly(stage.port, stage.town.token(ordinary + 900 + who));
        const QByteArray message =
            json({{u"recipientId"_s, Town::person(who).toString()}, {u"content"_s, u"\U0001F600"_s.repeated(4'000)}});
        for (int i = 0; i < messages; ++i) {
            if (friendly.ask("POST", "/api/Chat/messages", message, network(who)) != 201)
                return false;
        }
    }
    return true;
}

bool takeInput(Stage &stage)
{
    const QByteArray token = stage.town.token(hog);
    for (int i = 0; i < 100; ++i) {
        stage.held.push_back(stage.client());
        if (!joins(stage.held.back(), "/hubs/chat", token, hogsNetwork))
            return false;
        stage.held.back().send(clientFrame(0x81, R"({"type":1,"target":")" + QByteArray(30'000, 'x')));
    }
    Hand hand(stage.port, token);
    return askNegotiation(hand, 0) == 429;
}

bool takeJoined(Stage &stage)
{
    Hand hand(stage.port, stage.town.token(hog));
    QByteArray all;
    for (int joined = 0; joined < mostJoined;) {
        hand.client().send(request("GET", "/api/Chat/conversations?take=100&skip=" + QByteArray::number(joined),
                                   hand.token(), hogsNetwork));
        const QJsonObject page = QJsonDocument::fromJson(hand.client().answer().body).object();
        for (const QJsonValue &conversation : page[u"data"_s].toArray())
            all += hubCall(++joined, "JoinConversation", conversation[u"id"_s]);
    }
    all += hubCall(mostJoined + 1, "JoinConversation", Uuid::generate().toString());
    return takesHub(stage, "/hubs/chat", all, "CONFLICT");
}

bool takeWatched(Stage &stage)
{
    QJsonArray partners;
    for (int i = 1; i <= mostJoined; ++i)
        partners.append(Town::person(hog + i).toString());
    return takesHub(stage, "/hubs/chat-online", hubCall(1, "SubscribePresence", partners), "\"invocationId\":\"1\"");
}

int askNegotiation(Hand &hand, int)
{
    return hand.ask("POST", "/hubs/chat/negotiate?negotiateVersion=1");
}

int askStatus(Hand &hand, int n)
{
    NetClient &socket = hand.client();
    if (!hand.isOnHub) {
        hand.isOnHub = joins(socket, "/hubs/chat-online", hand.token(), hogsNetwork);
        if (!hand.isOnHub)
            return -1;
    }
    const QByteArray id = "\"invocationId\":\"" + QByteArray::number(n) + '"';
    socket.send(clientFrame(0x81,
                            "{\"type\":1," + id + R"(,"target":"SetStatus","arguments":[")"
                                + (n % 2 == 0 ? "away" : "online") + "\"]}\x1e"));
    if (socket.readUntil(id).isEmpty())
        return -1;
    return socket.readUntil("\x1e").contains("RATE_LIMITED") ? 429 : 200;
}

} // namespace Tertulia::Test::Hogs
