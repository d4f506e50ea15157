// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/model.h"

#include "protocol/codec.h"

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
    if (line.mayBeOver && as == Line::Use::Polling)
        allowed.insert(204); // also the first, when what was said before it ends all
    if (line.isUnsettled())
        allowed.insert({firstStatus(as), 204, 400, 404, 409});
    return allowed;
}

Statuses answersToPost(const Line &line, bool isTokenOver)
{
    if (line.isForgotten)
        return {404};
    const bool isKept = line.use == Line::Use::Unused; // for the first GET
    Statuses allowed;
    if (line.use == Line::Use::WebSocket)
        allowed = {405};
    else
        allowed = {isKept && isTokenOver ? 401 : 200};
    if (line.mayBeOver)
        allowed.insert(404);
    if (line.isUnsettled())
        allowed.insert({200, 404, 405, 413});
    if (line.isUnsettled() && isTokenOver)
        allowed.insert(401);
    return allowed;
}

Statuses answersToDelete(const Line &line)
{
    if (line.isForgotten)
        return {404};
    Statuses allowed{line.use == Line::Use::Polling ? 202 : 400};
    if (line.mayBeOver)
        allowed.insert(404);
    if (line.isUnsettled())
        allowed.insert({202, 400, 404});
    return allowed;
}

bool Line::owesAnswers() const
{
    const bool isHealthy = saidHello && !mayBeOver && !isUnclear && !isUnsure && !isPatchy && unsaid.isEmpty();
    // What is told to a stateful one waits until it acknowledges what it was told before, which it does by chance.
    if (!isHealthy || use != Use::WebSocket || mayBeResumed)
        return false;
    // An upload holds up the calls behind it until it ends.
    for (const auto &[call, upload] : uploads) {
        if (!upload.hasEnded && !upload.isBroken)
            return false;
    }
    // Those of streams are not kept in `answered`.
    return !isHere || answered.size() + nextItem.size() < size_t(calls);
}

void Listener::heard(const QByteArray &payload)
{
    judge(read(payload));
}

void Listener::heardPoll(const QByteArray &body)
{
    m_bodies.push_back(read(body));
    for (const Heard &heard : m_bodies.back()) {
        if (heard.type == 7 || (heard.type == 0 && heard.isError))
            m_line->mayBeOver = true; // also as long as it is not judged
    }
}

void Listener::pollIsBack()
{
    if (--m_line->pollsOut > 0)
        return;
    while (!m_bodies.empty()) {
        auto next =
            std::find_if(m_bodies.begin(), m_bodies.end(), [this](const Records &body) { return mayBeNext(body); });
        if (next == m_bodies.end())
            next = m_bodies.begin();
        const Records body = std::move(*next);
        m_bodies.erase(next);
        judge(body);
    }
}

bool Listener::mayBeNext(const Records &body) const
{
    const auto has = [](const Records &records, int type) {
        return std::any_of(records.begin(), records.end(), [type](const Heard &heard) { return heard.type == type; });
    };
    const bool areHandsShaken = m_line->isHere || has(body, 0)
        || std::none_of(m_bodies.begin(), m_bodies.end(), [&has](const Records &other) { return has(other, 0); });
    if (!areHandsShaken || (has(body, 7) && m_bodies.size() > 1))
        return false;
    std::set<QByteArray> streams;
    return std::none_of(body.begin(), body.end(), [&](const Heard &heard) {
        if (heard.type != 2 || !streams.insert(heard.id).second)
            return false;
        const auto stream = m_line->nextItem.find(heard.id);
        return stream != m_line->nextItem.end() && stream->second != heard.number;
    });
}

Listener::Records Listener::read(const QByteArray &payload) const
{
    Records records;
    if (m_line->isUnclear || payload.isEmpty())
        return records;
    if (!m_line->isBinary) {
        if (!payload.endsWith('\x1e'))
            fail(m_line->name() + " got half a record: " + payload.right(80));
        for (const QByteArray &text : payload.chopped(1).split('\x1e'))
            records.push_back(record(text));
        return records;
    }
    // Hands are shaken in JSON, whatever is spoken then.
    const bool isHandshake = payload.startsWith("{}\x1e") || payload.startsWith("{\"error\"");
    const qsizetype start = isHandshake ? payload.indexOf('\x1e') + 1 : 0;
    if (isHandshake)
        records.push_back(record(payload.first(start - 1)));
    binaryRecords(QByteArrayView(payload).sliced(start), records);
    return records;
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

Listener::Heard Listener::record(const QByteArray &text) const
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        fail(m_line->name() + " got what is no object: " + text);
    const QJsonObject message = document.object();
    Heard heard;
    heard.source = text;
    heard.type = message.value(QLatin1StringView("type")).toInt();
    heard.isError = message.contains(QLatin1StringView("error"));
    if (heard.type == 0 && !heard.isError && !message.isEmpty())
        fail(m_line->name() + " got a message without a type: " + text);
    heard.id = message.value(QLatin1StringView("invocationId")).toString().toUtf8();
    const QJsonValue result = heard.type == 1 ? message.value(QLatin1StringView("arguments")).toArray().first()
        : heard.type == 2                     ? message.value(QLatin1StringView("item"))
                                              : message.value(QLatin1StringView("result"));
    heard.text = result.toString().toUtf8();
    heard.hasText = result.isString();
    heard.number = result.toInt(-1);
    return heard;
}

void Listener::binaryRecords(QByteArrayView bytes, Records &records) const
{
    const HubProtocol &protocol = m_line->protocol();
    while (!bytes.isEmpty()) {
        const auto record = protocol.cut(bytes, 0);
        if (!record || record->size == 0)
            fail(m_line->name() + " got half a record: " + bytes.toByteArray().toHex());
        const auto message = protocol.parse(record->payload);
        if (!message || !*message)
            fail(m_line->name() + " got what is no message: " + bytes.toByteArray().toHex());
        Heard heard;
        heard.type = int((*message)->index());
        const auto take = [&heard](Value value) {
            const auto text = readValue<QString>(value);
            heard.hasText = text.has_value();
            heard.text = text.value_or(QString()).toUtf8();
            heard.number = readValue<int>(value).value_or(-1);
        };
        if (const auto *const told = std::get_if<InvocationMessage>(&**message)) {
            heard.type = 1;
            if (const auto arguments = readArguments<QString>(told->arguments.value))
                heard.text = std::get<0>(*arguments).toUtf8();
        } else if (const auto *const item = std::get_if<StreamItemMessage>(&**message)) {
            heard.type = 2;
            heard.id = item->invocationId;
            take(item->item.value);
        } else if (const auto *const end = std::get_if<CompletionMessage>(&**message)) {
            heard.type = 3;
            heard.id = end->invocationId;
            heard.isError = end->error.has_value();
            if (end->hasResult)
                take(end->result.value);
        } else {
            heard.type = std::holds_alternative<CloseMessage>(**message) ? 7
                : std::holds_alternative<PingMessage>(**message)         ? 6
                : std::holds_alternative<AckMessage>(**message)          ? 8
                : std::holds_alternative<SequenceMessage>(**message)     ? 9
                                                                         : -1;
        }
        heard.source = record->payload.toByteArray().toHex();
        records.push_back(heard);
        bytes = bytes.sliced(record->size);
    }
}

void Listener::judge(const Records &records)
{
    for (const Heard &heard : records)
        judge(heard);
}

void Listener::judgeHandshake(const Heard &heard)
{
    if (heard.isError)
        m_line->mayBeOver = true;
    else if (std::exchange(m_line->isHere, true))
        fail(m_line->name() + " got two answers to the handshake");
}

void Listener::judge(const Heard &heard)
{
    const QByteArray &text = heard.source;
    if (m_closed)
        fail(m_line->name() + " got something after the Close: " + text);
    if (heard.type == 0) {
        judgeHandshake(heard);
        return;
    }
    // A socket that resumes at once may miss it.
    if (m_line->isBinary && !m_line->isHere && !m_line->mayBeResumed)
        fail(m_line->name() + " got something before the handshake's answer: " + text);
    const QByteArray own = QByteArray::number(m_line->serial) + '-';
    if (!heard.id.isEmpty() && !heard.id.startsWith(own))
        fail(m_line->name() + " got the answer of another: " + text);
    switch (heard.type) {
    case 1:
        if (heard.text != m_line->person())
            fail(m_line->name() + " was told what is for somebody else: " + text);
        break;
    case 2: {
        int &next = m_line->nextItem[heard.id];
        if (heard.number != next && !m_line->isPatchy)
            fail(m_line->name() + " missed an item: " + text);
        next = heard.number + 1;
        break;
    }
    case 3: {
        if (m_line->nextItem.contains(heard.id))
            break;
        const int number = heard.id.sliced(own.size()).toInt();
        if (!m_line->answered.insert(number).second && !m_line->isPatchy)
            fail(m_line->name() + " got an answer twice: " + text);
        if (m_line->uploads.contains(heard.id)) {
            judgeUpload(heard);
            break;
        }
        if (heard.isError)
            break; // a method that there is not is answered before those that wait for their turn
        // POSTs that are under way together come in any order.
        if (number < m_line->lastAnswer && !m_line->isPatchy && m_line->use == Line::Use::WebSocket)
            fail(m_line->name() + " got an answer late: " + text);
        m_line->lastAnswer = number;
        if (heard.hasText && heard.text != "text " + heard.id)
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

void Listener::judgeUpload(const Heard &heard)
{
    // What is said on a new socket before its sequence is not heard, and POSTs come in any order.
    if (m_line->isPatchy || m_line->isUnsure || m_line->use != Line::Use::WebSocket)
        return;
    const Upload &upload = m_line->uploads.at(heard.id);
    const bool isGood =
        upload.isBroken ? heard.isError : upload.hasEnded && !heard.isError && heard.number == upload.sum;
    if (!isGood)
        fail(m_line->name() + " got another sum than " + QByteArray::number(upload.sum) + ": " + heard.source);
}

} // namespace Tertulia::Walks
