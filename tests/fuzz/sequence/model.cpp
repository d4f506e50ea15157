// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/model.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Tertulia::Walks {

namespace {

int firstStatus(Line::Use use)
{
    return use == Line::Use::WebSocket ? 101 : 200;
}

} // namespace

Statuses answersToGet(const Line &line, Line::Use as)
{
    if (line.isForgotten)
        return {404};
    Statuses allowed;
    if (line.use == Line::Use::Unused)
        allowed = {firstStatus(as)};
    else if (line.use != as)
        allowed = {400};
    else if (as == Line::Use::Polling)
        allowed = {200, 204};
    else
        allowed = {409};
    if (as == Line::Use::WebSocket && line.mayBeResumed)
        allowed.insert(101);
    if (line.mayBeOver)
        allowed.insert(404);
    if (line.inFlight > 0)
        allowed.insert({firstStatus(as), 204, 400, 404, 409});
    return allowed;
}

Statuses answersToPost(const Line &line)
{
    if (line.isForgotten)
        return {404};
    Statuses allowed;
    if (line.use == Line::Use::WebSocket)
        allowed = {405};
    else if (line.use == Line::Use::Unused)
        allowed = {200, 413}; // kept for the first GET, within a bound
    else
        allowed = {200};
    if (line.mayBeOver)
        allowed.insert(404);
    if (line.inFlight > 0)
        allowed.insert({200, 404, 405, 413});
    return allowed;
}

Statuses answersToDelete(const Line &line)
{
    if (line.isForgotten)
        return {404};
    Statuses allowed{line.use == Line::Use::Polling ? 202 : 400};
    if (line.mayBeOver)
        allowed.insert(404);
    if (line.inFlight > 0)
        allowed.insert({202, 400, 404});
    return allowed;
}

void Listener::heard(const QByteArray &payload)
{
    if (m_line->isBinary || payload.isEmpty())
        return;
    if (!payload.endsWith('\x1e'))
        fail(m_line->name() + " got half a record: " + payload.right(80));
    for (const QByteArray &text : payload.chopped(1).split('\x1e'))
        record(text);
}

void Listener::heardEvents(const QByteArray &bytes)
{
    m_events += bytes;
    for (qsizetype end = 0; (end = m_events.indexOf("\r\n")) >= 0;) {
        const QByteArray line = m_events.first(end);
        m_events.remove(0, end + 2);
        if (line.startsWith("data: "))
            heard(line.sliced(6));
        else if (!line.isEmpty() && line != ":")
            fail(m_line->name() + " got an event that is none: " + line);
    }
}

void Listener::record(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        fail(m_line->name() + " got what is no object: " + text);
    if (m_closed)
        fail(m_line->name() + " got something after the Close: " + text);
    const QJsonObject message = document.object();
    const int type = message.value(QLatin1StringView("type")).toInt();
    const QByteArray id = message.value(QLatin1StringView("invocationId")).toString().toUtf8();
    const QByteArray own = QByteArray::number(m_line->serial) + '-';
    if (!id.isEmpty() && !id.startsWith(own))
        fail(m_line->name() + " got the answer of another: " + text);
    switch (type) {
    case 0: // the handshake's answer has no type
        if (std::exchange(m_shookHands, true))
            fail(m_line->name() + " got two answers to the handshake");
        break;
    case 1:
        if (message.value(QLatin1StringView("arguments")).toArray().first().toString().toUtf8() != m_line->person())
            fail(m_line->name() + " was told what is for somebody else: " + text);
        break;
    case 2: {
        int &next = m_line->nextItem[id];
        const int item = message.value(QLatin1StringView("item")).toInt();
        if (item != next && !m_line->wasResumed)
            fail(m_line->name() + " missed an item: " + text);
        next = item + 1;
        break;
    }
    case 3: {
        if (m_line->nextItem.contains(id))
            break;
        const int number = id.sliced(own.size()).toInt();
        if (!m_line->answered.insert(number).second && !m_line->wasResumed)
            fail(m_line->name() + " got an answer twice: " + text);
        // POSTs that are under way together come in any order.
        if (number < m_line->lastAnswer && !m_line->wasResumed && m_line->use == Line::Use::WebSocket)
            fail(m_line->name() + " got an answer late: " + text);
        m_line->lastAnswer = number;
        const QJsonValue result = message.value(QLatin1StringView("result"));
        if (result.isString() && result.toString().toUtf8() != "text " + id)
            fail(m_line->name() + " got the result of another call: " + text);
        break;
    }
    case 7:
        m_closed = true;
        m_line->mayBeOver = true;
        break;
    case 6:
    case 8:
    case 9:
        break;
    default:
        fail(m_line->name() + " got a message of an unknown type: " + text);
    }
}

} // namespace Tertulia::Walks
