// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/watcher.h"

#include "unit/signalr/hubtalk.h"

#include <QElapsedTimer>
#include <QJsonArray>

#include <poll.h>

namespace Tertulia::Walks {

using namespace Tertulia::Test;

Watcher::Watcher(quint16 port, const QByteArray &name, const std::vector<QByteArray> &people)
    : m_pipe(0, port)
{
    for (const QByteArray &person : people)
        m_names[HubStage::person(person).toString().toLatin1()] = person;
    const auto heard = [this](const QByteArray &payload) {
        for (const QByteArray &text : payload.chopped(1).split('\x1e'))
            record(text);
    };
    m_pipe.request(socketRequest({}, name + ".0").replace("/hub?", "/hubs/chat-online?"),
                   {.what = "the watcher", .allowed = {101}, .stream = heard}, false);
    m_pipe.say(clientFrame(0x81, handshake()), false);
    waitUntil(m_isWatching, "the list of those who are here");
}

void Watcher::live()
{
    m_isAnswered = false;
    m_pipe.say(clientFrame(0x81,
                           R"({"type":1,"invocationId":"1","target":"Heartbeat","arguments":[]})"
                           "\x1e"),
               false);
    waitUntil(m_isAnswered, "the answer to its heartbeat");
}

QByteArray Watcher::whoIsHere() const
{
    QByteArray here;
    for (const auto &[id, name] : m_names) {
        if (const auto told = m_isHere.find(id); told != m_isHere.end() && told->second)
            here += name + ' ';
    }
    return here;
}

void Watcher::waitUntil(const bool &happened, const char *what)
{
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        m_pipe.read(true);
        if (happened)
            return;
        if (!m_pipe.isOpen() || waited.elapsed() > patience)
            fail(QByteArray("the watcher does not get ") + what);
        pollfd watched{m_pipe.fd(), POLLIN, 0};
        ::poll(&watched, 1, 10);
    }
}

void Watcher::record(const QByteArray &text)
{
    const QJsonObject message = QJsonDocument::fromJson(text).object();
    const QString target = message.value(QLatin1StringView("target")).toString();
    const QJsonValue told = message.value(QLatin1StringView("arguments")).toArray().first();
    if (message.value(QLatin1StringView("type")).toInt() == 3)
        m_isAnswered = true;
    if (target == QLatin1StringView("OnlineUsers")) {
        m_isWatching = true;
        if (!told.toArray().isEmpty())
            fail("the watcher finds somebody who has not come yet: " + text);
    }
    const bool comes = target == QLatin1StringView("UserOnline");
    if (!comes && target != QLatin1StringView("UserOffline"))
        return;
    const QByteArray id = told.toObject().value(QLatin1StringView("userId")).toString().toLatin1();
    if (!m_names.contains(id))
        fail("the watcher is told of a stranger: " + text);
    note("the watcher hears that " + m_names[id] + (comes ? " comes" : " goes"));
    if (std::exchange(m_isHere[id], comes) == comes)
        fail("the watcher was told that before: " + text);
}

} // namespace Tertulia::Walks
