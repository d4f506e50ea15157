// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/handshake.h"
#include "protocol/hubprotocol.h"
#include "protocol/wiretexts.h"

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {

/// The known properties of a message object. The reference checks their types whatever the message's type.
struct Envelope
{
    std::optional<qint32> type;
    std::optional<QByteArray> invocationId, target;
    std::optional<QString> error;
    bool hasArguments = false, hasItem = false, hasResult = false;
    Value arguments, item, result;
    std::vector<QByteArray> streamIds;
    std::optional<qint64> sequenceId;
    bool allowReconnect = false;
};

tl::unexpected<Error> broken(const QString &message)
{
    return failure(Error::invalid({}, message));
}

bool readText(Value value, std::optional<QByteArray> &out)
{
    if (!value.isString() || !value.isWellFormed())
        return false;
    const auto bytes = value.bytes();
    out = QByteArray(bytes.data(), qsizetype(bytes.size()));
    return true;
}

bool readType(Value value, Envelope &out)
{
    if (!value.isInteger() || !std::in_range<qint32>(value.toInteger()))
        return false;
    out.type = qint32(value.toInteger());
    return true;
}

bool readError(Value value, Envelope &out)
{
    out.error = value.toString();
    return value.isString() && value.isWellFormed();
}

bool readArgumentList(Value value, Envelope &out)
{
    out.arguments = value;
    out.hasArguments = true;
    return value.isArray();
}

bool readItem(Value value, Envelope &out)
{
    out.item = value;
    out.hasItem = true;
    return true;
}

bool readResult(Value value, Envelope &out)
{
    out.result = value;
    out.hasResult = true;
    return true;
}

bool readStreamIds(Value value, Envelope &out)
{
    out.streamIds.clear();
    for (const Value item : value.items()) {
        std::optional<QByteArray> id;
        if (!readText(item, id))
            return false;
        out.streamIds.push_back(std::move(*id));
    }
    return value.isArray();
}

bool readHeaders(Value value, Envelope &)
{
    for (const auto &header : value.entries()) {
        if (!header.value.isString())
            return false;
    }
    return value.isMap();
}

bool readSequenceId(Value value, Envelope &out)
{
    out.sequenceId = value.toInteger();
    return value.isInteger();
}

bool readAllowReconnect(Value value, Envelope &out)
{
    out.allowReconnect = value.toBool();
    return value.isBool();
}

struct Property
{
    std::string_view name;
    const char *type; ///< as the reference calls it where it says what it wants
    bool (*read)(Value, Envelope &);
};

constexpr Property properties[] = {
    {"type", "Number", readType},
    {"target", "String", [](Value value, Envelope &out) { return readText(value, out.target); }},
    {"arguments", "Array", readArgumentList},
    {"invocationId", "String", [](Value value, Envelope &out) { return readText(value, out.invocationId); }},
    {"result", "", readResult},
    {"error", "String", readError},
    {"item", "", readItem},
    {"streamIds", "Array", readStreamIds},
    {"headers", "StartObject", readHeaders},
    {"sequenceId", "Number", readSequenceId},
    {"allowReconnect", "true or false", readAllowReconnect},
};

Result<Envelope> readEnvelope(Value root)
{
    if (!root.isMap())
        return broken(unexpectedToken(root));
    Envelope envelope;
    for (const auto &[key, value] : root.entries()) {
        for (const Property &property : properties) {
            if (property.name != key.bytes())
                continue;
            if (!property.read(value, envelope))
                return broken(unexpectedType(key.toString(), QLatin1StringView(property.type)));
            break;
        }
    }
    if (!envelope.type)
        return broken(missingProperty("type"_L1));
    return envelope;
}

Result<std::optional<HubMessage>> missing(QLatin1StringView name)
{
    return broken(missingProperty(name));
}

template <class Message>
Result<std::optional<HubMessage>> invocation(Envelope &&envelope, const std::shared_ptr<ValueDocument> &document)
{
    if (!envelope.target)
        return missing("target"_L1);
    if (!envelope.hasArguments)
        return missing("arguments"_L1);
    Message message;
    message.invocationId = envelope.invocationId.value_or(QByteArray());
    message.target = std::move(*envelope.target);
    message.arguments = {document, envelope.arguments};
    message.streamIds = std::move(envelope.streamIds);
    return std::optional<HubMessage>(std::move(message));
}

Result<std::optional<HubMessage>> completion(Envelope &&envelope, const std::shared_ptr<ValueDocument> &document)
{
    if (envelope.error && envelope.hasResult)
        return broken(u"The 'error' and 'result' properties are mutually exclusive."_s);
    CompletionMessage message;
    message.invocationId = std::move(*envelope.invocationId);
    message.error = std::move(envelope.error);
    message.hasResult = envelope.hasResult;
    if (envelope.hasResult)
        message.result = {document, envelope.result};
    return std::optional<HubMessage>(std::move(message));
}

Result<std::optional<HubMessage>> message(Envelope &&envelope, const std::shared_ptr<ValueDocument> &document)
{
    const int type = *envelope.type;
    if (type >= 2 && type <= 5 && (!envelope.invocationId || envelope.invocationId->isEmpty()))
        return missing("invocationId"_L1);
    switch (type) {
    case 1:
        return invocation<InvocationMessage>(std::move(envelope), document);
    case 2:
        if (!envelope.hasItem)
            return missing("item"_L1);
        return std::optional<HubMessage>(
            StreamItemMessage{std::move(*envelope.invocationId), {document, envelope.item}});
    case 3:
        return completion(std::move(envelope), document);
    case 4:
        return invocation<StreamInvocationMessage>(std::move(envelope), document);
    case 5:
        return std::optional<HubMessage>(CancelInvocationMessage{std::move(*envelope.invocationId)});
    case 6:
        return std::optional<HubMessage>(PingMessage());
    case 7:
        return std::optional<HubMessage>(CloseMessage{std::move(envelope.error), envelope.allowReconnect});
    case 8:
    case 9:
        if (!envelope.sequenceId)
            return missing("sequenceId"_L1);
        if (type == 8)
            return std::optional<HubMessage>(AckMessage{*envelope.sequenceId});
        return std::optional<HubMessage>(SequenceMessage{*envelope.sequenceId});
    default:
        return std::optional<HubMessage>();
    }
}

/// A record in the making: `{"type":N` and what `more` adds.
template <class More> QByteArray record(int type, More more)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("type");
    writer.integer(type);
    more(writer);
    writer.endObject();
    writer.buffer().put(recordSeparator);
    return writer.take();
}

QByteArray recordOf(int type, std::string_view id)
{
    return record(type, [id](JsonWriter &writer) {
        writer.key("invocationId");
        writer.utf8(id);
    });
}

QByteArray recordOf(int type, std::string_view id, std::string_view name, QByteArrayView value)
{
    return record(type, [=](JsonWriter &writer) {
        writer.key("invocationId");
        writer.utf8(id);
        writer.key(name);
        writer.raw(value);
    });
}

class JsonHubProtocol final : public HubProtocol
{
public:
    QLatin1StringView name() const override { return "json"_L1; }
    WireFormat format() const override { return WireFormat::Json; }

    Result<Record> cut(QByteArrayView bytes, qsizetype searched) const override
    {
        const auto end = bytes.indexOf(recordSeparator, std::min(searched, bytes.size()));
        if (end < 0)
            return Record();
        return Record{bytes.first(end), end + 1};
    }

    Result<std::optional<HubMessage>> parse(QByteArrayView payload) const override
    {
        const auto document = acquireDocument();
        const auto root = parseJson(*document, payload, JsonTail::Ignore);
        if (!root)
            return failure(root.error());
        auto envelope = readEnvelope(*root);
        if (!envelope)
            return failure(envelope.error());
        return message(std::move(*envelope), document);
    }

    QByteArray writeInvocation(const InvocationHead &head, QByteArrayView arguments) const override
    {
        return record(head.isStream ? 4 : 1, [&](JsonWriter &writer) {
            if (!head.invocationId.empty()) {
                writer.key("invocationId");
                writer.utf8(head.invocationId);
            }
            writer.key("target");
            writer.utf8(head.target);
            writer.key("arguments");
            writer.raw(arguments);
            if (head.streamIds.empty())
                return;
            writer.key("streamIds");
            writer.beginArray();
            for (const QByteArray &id : head.streamIds)
                writer.utf8({id.constData(), size_t(id.size())});
            writer.endArray();
        });
    }
    QByteArray writeStreamItem(std::string_view id, QByteArrayView item) const override
    {
        return recordOf(2, id, "item", item);
    }
    QByteArray writeResult(std::string_view id, QByteArrayView result) const override
    {
        return recordOf(3, id, "result", result);
    }
    QByteArray writeError(std::string_view id, QStringView error) const override
    {
        return record(3, [=](JsonWriter &writer) {
            writer.key("invocationId");
            writer.utf8(id);
            writer.key("error");
            writer.string(error);
        });
    }
    QByteArray writeEnd(std::string_view id) const override { return recordOf(3, id); }
    QByteArray writeCancel(std::string_view id) const override { return recordOf(5, id); }
    QByteArray writePing() const override { return QByteArrayLiteral("{\"type\":6}\x1E"); }
    QByteArray writeClose(const std::optional<QString> &error, bool allowReconnect) const override
    {
        return record(7, [&](JsonWriter &writer) {
            if (error) {
                writer.key("error");
                writer.string(*error);
            }
            if (allowReconnect) {
                writer.key("allowReconnect");
                writer.boolean(true);
            }
        });
    }
    QByteArray writeAck(qint64 sequenceId) const override { return numbered(8, sequenceId); }
    QByteArray writeSequence(qint64 sequenceId) const override { return numbered(9, sequenceId); }

private:
    static QByteArray numbered(int type, qint64 sequenceId)
    {
        return record(type, [=](JsonWriter &writer) {
            writer.key("sequenceId");
            writer.integer(sequenceId);
        });
    }
};

} // namespace

const HubProtocol &jsonHubProtocol()
{
    static const JsonHubProtocol protocol;
    return protocol;
}

} // namespace Tertulia
