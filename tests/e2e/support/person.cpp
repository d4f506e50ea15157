// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/support/person.h"

#include <QTest>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 10'000;
}

Device::Device(const QUrl &server, RestClient &rest, const QString &token, const QString &self)
    : hub(server, u"/hubs/chat"_s)
{
    // Events may overtake the fetch: they are kept and applied to what the fetch says, as a client does it.
    isOpen = hub.open(token);
    mirror = Mirror::fetch(rest, self);
    for (const HubEvent &event : hub.events())
        mirror.apply(event);
    QObject::connect(&hub, &HubClient::eventArrived, &hub, [this](const HubEvent &event) { mirror.apply(event); });
}

Person::Person(const QUrl &server, const QString &name, Channel channel)
    : m_server(server)
    , m_name(name)
    , m_channel(channel)
    , m_rest(server)
{
    m_id = m_rest.signIn(name);
    if (m_id.isEmpty())
        qFatal("%s cannot sign in", qPrintable(name));
}

Device &Person::addsDevice()
{
    m_devices.push_back(std::make_unique<Device>(m_server, m_rest, m_rest.token(), m_id));
    return *m_devices.back();
}

void Person::losesDevices()
{
    for (const auto &device : m_devices)
        device->hub.close();
    m_devices.clear();
}

QString Person::perform(const QString &restPath, const QJsonObject &body, const QString &method,
                        const QJsonArray &arguments, QJsonValue *result)
{
    if (m_channel == Channel::Rest) {
        const RestReply reply = m_rest.post(restPath, body);
        if (result)
            *result = reply.data();
        return reply.isOk() ? QString() : reply.code();
    }
    if (m_devices.empty())
        addsDevice();
    const HubAnswer answer = m_devices.front()->hub.invoke(method, arguments);
    if (result)
        *result = answer.result;
    return answer.isOk() ? QString() : answer.arrived ? answer.code() : u"NO_ANSWER"_s;
}

QString Person::sends(const QString &text, const Person &to, const QString &clientMessageId)
{
    QJsonObject request{{u"recipientId"_s, to.id()}, {u"content"_s, text}, {u"type"_s, u"text"_s}};
    if (!clientMessageId.isEmpty())
        request.insert(u"clientMessageId"_s, clientMessageId);
    QJsonValue result;
    const QString code = perform(u"/api/Chat/messages"_s, request, u"SendMessage"_s, {request}, &result);
    if (code.isEmpty())
        m_lastSent = result.toObject();
    return code;
}

QString Person::writesInto(const QString &conversationId, const QString &text)
{
    const QJsonObject request{{u"conversationId"_s, conversationId}, {u"content"_s, text}};
    QJsonValue result;
    const QString code = perform(u"/api/Chat/messages"_s, request, u"SendMessage"_s, {request}, &result);
    if (code.isEmpty())
        m_lastSent = result.toObject();
    return code;
}

QString Person::reads(const QJsonObject &message)
{
    const QString id = message[u"messageId"_s].toString();
    return perform(u"/api/Chat/messages/%1/read"_s.arg(id), {}, u"MarkAsRead"_s,
                   {message[u"conversationId"_s].toString(), QJsonArray{id}});
}

QString Person::readsAll(const QString &conversationId)
{
    return perform(u"/api/Chat/conversations/%1/read"_s.arg(conversationId), {}, u"MarkAsRead"_s,
                   {conversationId, QJsonValue()});
}

QString Person::marksDelivered(const QJsonObject &message)
{
    const QString id = message[u"messageId"_s].toString();
    return perform(u"/api/Chat/messages/%1/delivered"_s.arg(id), {}, u"MarkAsDelivered"_s,
                   QJsonArray{QJsonValue(QJsonArray{id})});
}

QString Person::reacts(const QString &reaction, const QJsonObject &message)
{
    const QString id = message[u"messageId"_s].toString();
    const QString path = u"/api/Chat/messages/%1/reactions"_s.arg(id);
    if (m_channel == Channel::Rest && reaction.isEmpty()) {
        const RestReply reply = m_rest.remove(path);
        return reply.isOk() ? QString() : reply.code();
    }
    const QJsonValue wanted = reaction.isEmpty() ? QJsonValue() : QJsonValue(reaction);
    return perform(path, {{u"reaction"_s, wanted}}, u"ReactToMessage"_s, {id, wanted});
}

QString Person::types(const QString &conversationId, bool isTyping)
{
    return perform(u"/api/Chat/conversations/%1/typing"_s.arg(conversationId), {{u"isTyping"_s, isTyping}},
                   u"SendTypingIndicator"_s, {conversationId, isTyping});
}

QString Person::joins(const QString &conversationId)
{
    for (const auto &device : m_devices) {
        const HubAnswer answer = device->hub.invoke(u"JoinConversation"_s, {conversationId});
        if (!answer.isOk())
            return answer.code();
    }
    return {};
}

QString Person::deletesConversation(const QString &conversationId)
{
    const RestReply reply = m_rest.remove(u"/api/Chat/conversations/"_s + conversationId);
    return reply.isOk() ? QString() : reply.code();
}

bool Person::onEveryDevice(const QString &target, const std::function<bool(const QJsonObject &)> &good)
{
    return std::all_of(m_devices.begin(), m_devices.end(),
                       [&](const auto &device) { return device->hub.waitForEvent(target, good); });
}

bool Person::seesReaction(const QJsonObject &message, const Person &who, const QString &reaction)
{
    return onEveryDevice(u"MessageReaction"_s, [&](const QJsonObject &change) {
        return change[u"messageId"_s] == message[u"messageId"_s] && change[u"userId"_s].toString() == who.id()
            && change[u"reaction"_s].toString() == reaction;
    });
}

bool Person::receives(const QString &text)
{
    return onEveryDevice(u"ReceiveMessage"_s,
                         [&](const QJsonObject &message) { return message[u"content"_s].toString() == text; });
}

bool Person::seesStatus(const QJsonObject &message, const QString &status)
{
    return onEveryDevice(u"MessageStatusUpdated"_s, [&](const QJsonObject &event) {
        const QJsonObject data = event[u"data"_s].toObject();
        return data[u"messageId"_s] == message[u"messageId"_s] && data[u"status"_s].toString() == status
            && event[u"type"_s].toString() == u"message."_s + status;
    });
}

bool Person::seesTyping(const Person &who, bool isTyping)
{
    return onEveryDevice(u"TypingIndicator"_s, [&](const QJsonObject &event) {
        return event[u"userId"_s].toString() == who.id() && event[u"isTyping"_s].toBool() == isTyping;
    });
}

bool Person::hasSeen(const QString &text) const
{
    for (const auto &device : m_devices) {
        for (const QJsonObject &message : device->hub.events(u"ReceiveMessage"_s)) {
            if (message[u"content"_s].toString() == text)
                return true;
        }
    }
    return false;
}

QString Person::converges()
{
    for (const auto &device : m_devices) {
        Mirror fetched;
        const bool isSame = QTest::qWaitFor(
            [&] {
                fetched = Mirror::fetch(m_rest, m_id);
                return fetched == device->mirror;
            },
            patienceMs);
        if (!isSame)
            return u"%1 sees\n%2but there is\n%3"_s.arg(m_name, device->mirror.text(), fetched.text());
    }
    return {};
}

} // namespace Tertulia::Test
