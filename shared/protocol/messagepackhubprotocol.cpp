// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hubprotocol.h"

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Bytes of a length prefix: 7 bits each, so five for 31 bits.
constexpr qsizetype maxPrefix = 5;

tl::unexpected<Error> malformed(const QString &message)
{
    return failure(Error::invalid({}, message));
}

/// Takes the items of a message's array one after another and remembers whether all were as expected.
class ItemReader
{
public:
    explicit ItemReader(Value array)
        : m_left(array.isArray() ? array.size() : 0)
        , m_at(array.items().begin())
    {
    }

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] qsizetype left() const { return m_left; }

    Value any()
    {
        if (m_left == 0) {
            m_ok = false;
            return {};
        }
        const Value item = *m_at;
        ++m_at;
        --m_left;
        return item;
    }
    qint64 integer()
    {
        const Value item = any();
        m_ok = m_ok && item.isInteger();
        return item.toInteger();
    }
    bool boolean()
    {
        const Value item = any();
        m_ok = m_ok && item.isBool();
        return item.toBool();
    }
    /// A string or nil, which is the empty string. What is no UTF-8 is read as .NET does, with U+FFFD in its place.
    QByteArray text()
    {
        const Value item = any();
        m_ok = m_ok && (item.isString() || item.isNull());
        const QByteArrayView bytes(item.bytes().data(), qsizetype(item.bytes().size()));
        return item.isWellFormed() ? bytes.toByteArray() : QString::fromUtf8(bytes).toUtf8();
    }
    /// A string that is not empty.
    QByteArray id()
    {
        QByteArray value = text();
        m_ok = m_ok && !value.isEmpty();
        return value;
    }
    Value array()
    {
        const Value item = any();
        m_ok = m_ok && item.isArray();
        return item;
    }
    /// Whatever stands for the arguments. What is no list is refused when it is bound: the caller then gets a
    /// Completion with an error and the connection lives on, as with the reference.
    Value arguments() { return m_left > 0 ? any() : Value(); }
    /// A map of strings to strings, whose content nobody uses.
    void headers()
    {
        const Value item = any();
        m_ok = m_ok && item.isMap();
        for (const auto &[key, value] : item.entries())
            m_ok = m_ok && key.isString() && (value.isString() || value.isNull());
    }
    std::vector<QByteArray> streamIds()
    {
        std::vector<QByteArray> ids;
        if (m_left == 0)
            return ids;
        ItemReader list(array());
        while (list.left() > 0)
            ids.push_back(list.id());
        m_ok = m_ok && list.ok();
        return ids;
    }

private:
    bool m_ok = true;
    qsizetype m_left;
    Value::Iterator m_at;
};

template <class Message>
HubMessage readInvocation(ItemReader &items, const std::shared_ptr<ValueDocument> &document, bool needsId)
{
    Message message;
    items.headers();
    message.invocationId = needsId ? items.id() : items.text();
    message.target = items.id();
    message.arguments = {document, items.arguments()};
    if (message.arguments->isArray())
        message.streamIds = items.streamIds();
    return message;
}

HubMessage readStreamItem(ItemReader &items, const std::shared_ptr<ValueDocument> &document)
{
    StreamItemMessage message;
    items.headers();
    message.invocationId = items.id();
    if (items.left() > 0) // else it is missing, and nothing can be made of it
        message.item = {document, items.any()};
    return message;
}

/// Nothing when the kind of result is unknown.
std::optional<HubMessage> readCompletion(ItemReader &items, const std::shared_ptr<ValueDocument> &document)
{
    CompletionMessage message;
    items.headers();
    message.invocationId = items.id();
    switch (items.integer()) {
    case 1:
        message.error = QString::fromUtf8(items.text());
        break;
    case 2:
        break;
    case 3:
        message.hasResult = true;
        message.result = {document, items.any()};
        break;
    default:
        return std::nullopt;
    }
    return message;
}

HubMessage readCancel(ItemReader &items)
{
    items.headers();
    return CancelInvocationMessage{items.id()};
}

HubMessage readClose(ItemReader &items)
{
    CloseMessage message;
    const QByteArray error = items.text();
    if (!error.isEmpty())
        message.error = QString::fromUtf8(error);
    message.allowReconnect = items.left() > 0 && items.boolean();
    return message;
}

/// Puts the length in front, as short as can be.
QByteArray framed(MessagePackWriter &writer)
{
    const QByteArray payload = writer.take();
    char prefix[maxPrefix];
    qsizetype size = 0;
    auto rest = quint32(payload.size());
    do {
        prefix[size++] = char((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
        rest >>= 7;
    } while (rest);
    QByteArray out(size + payload.size(), Qt::Uninitialized);
    std::memcpy(out.data(), prefix, size_t(size));
    std::memcpy(out.data() + size, payload.constData(), size_t(payload.size()));
    return out;
}

/// The start of messages 1 to 5: type, no headers, id.
void begin(MessagePackWriter &writer, qsizetype items, int type, std::string_view id)
{
    writer.beginArray(items);
    writer.integer(type);
    writer.beginObject(0);
    if (id.empty())
        writer.null();
    else
        writer.utf8(id);
}

class MessagePackHubProtocol final : public HubProtocol
{
public:
    QLatin1StringView name() const override { return "messagepack"_L1; }
    WireFormat format() const override { return WireFormat::MessagePack; }

    Result<Record> cut(QByteArrayView bytes, qsizetype /*searched*/) const override
    {
        quint32 length = 0;
        for (qsizetype i = 0; i < std::min(bytes.size(), maxPrefix); ++i) {
            const auto byte = quint8(bytes[i]);
            if (i == maxPrefix - 1 && byte > 7)
                return malformed(u"a hub message of 2 GiB or more"_s);
            length |= quint32(byte & 0x7F) << (7 * i);
            if (byte & 0x80)
                continue;
            const qsizetype start = i + 1;
            if (bytes.size() - start < qsizetype(length))
                return Record();
            return Record{bytes.sliced(start, qsizetype(length)), start + qsizetype(length)};
        }
        return Record();
    }

    Result<std::optional<HubMessage>> parse(QByteArrayView payload) const override
    {
        const auto document = acquireDocument();
        const auto root = parseMessagePack(*document, payload, MessagePackTail::Ignore);
        if (!root)
            return salvage(payload, root.error());
        if (!root->isArray())
            return malformed(u"a hub message must be an array"_s);
        ItemReader items(*root);
        const qint64 type = items.integer();
        if (!items.ok() || !std::in_range<qint32>(type))
            return malformed(u"a hub message's type must be a number"_s);
        auto message = read(type, items, document);
        if (message && !items.ok())
            return malformed(u"a hub message of type %1 is not built as it should be"_s.arg(type));
        if (!message && type == 3)
            return malformed(u"Invalid invocation result kind."_s);
        return message;
    }

    QByteArray writeInvocation(const InvocationHead &head, QByteArrayView arguments) const override
    {
        MessagePackWriter writer;
        begin(writer, 6, head.isStream ? 4 : 1, head.invocationId);
        writer.utf8(head.target);
        writer.raw(arguments);
        writer.beginArray(qsizetype(head.streamIds.size()));
        for (const QByteArray &id : head.streamIds)
            writer.utf8({id.constData(), size_t(id.size())});
        return framed(writer);
    }
    QByteArray writeStreamItem(std::string_view id, QByteArrayView item) const override
    {
        MessagePackWriter writer;
        begin(writer, 4, 2, id);
        writer.raw(item);
        return framed(writer);
    }
    QByteArray writeResult(std::string_view id, QByteArrayView result) const override
    {
        MessagePackWriter writer;
        begin(writer, 5, 3, id);
        writer.integer(3);
        writer.raw(result);
        return framed(writer);
    }
    QByteArray writeError(std::string_view id, QStringView error) const override
    {
        MessagePackWriter writer;
        begin(writer, 5, 3, id);
        writer.integer(1);
        writer.string(error);
        return framed(writer);
    }
    QByteArray writeEnd(std::string_view id) const override
    {
        MessagePackWriter writer;
        begin(writer, 4, 3, id);
        writer.integer(2);
        return framed(writer);
    }
    QByteArray writeCancel(std::string_view id) const override
    {
        MessagePackWriter writer;
        begin(writer, 3, 5, id);
        return framed(writer);
    }
    QByteArray writePing() const override { return QByteArrayLiteral("\x02\x91\x06"); }
    QByteArray writeClose(const std::optional<QString> &error, bool allowReconnect) const override
    {
        MessagePackWriter writer;
        writer.beginArray(3);
        writer.integer(7);
        if (error)
            writer.string(*error);
        else
            writer.null();
        writer.boolean(allowReconnect);
        return framed(writer);
    }
    QByteArray writeAck(qint64 sequenceId) const override { return numbered(8, sequenceId); }
    QByteArray writeSequence(qint64 sequenceId) const override { return numbered(9, sequenceId); }

private:
    /// An invocation whose fault lies in its arguments only, or an item of a stream that is broken itself.
    static Result<std::optional<HubMessage>> salvage(QByteArrayView payload, const Error &error)
    {
        const auto document = acquireDocument();
        const auto root = salvageMessagePack(*document, payload);
        if (!root)
            return failure(error);
        ItemReader items(*root);
        const qint64 type = items.integer();
        if (type != 1 && type != 2 && type != 4)
            return failure(error);
        const qsizetype faultAt = type == 2 ? 3 : 4;
        if (root->size() < faultAt || (root->size() > faultAt && root->at(faultAt).isWellFormed()))
            return failure(error);
        auto message = read(type, items, document);
        if (!items.ok())
            return failure(error);
        return message;
    }
    static std::optional<HubMessage> read(qint64 type, ItemReader &items,
                                          const std::shared_ptr<ValueDocument> &document)
    {
        switch (type) {
        case 1:
            return readInvocation<InvocationMessage>(items, document, false);
        case 2:
            return readStreamItem(items, document);
        case 3:
            return readCompletion(items, document);
        case 4:
            return readInvocation<StreamInvocationMessage>(items, document, true);
        case 5:
            return readCancel(items);
        case 6:
            return PingMessage();
        case 7:
            return readClose(items);
        case 8:
            return AckMessage{items.integer()};
        case 9:
            return SequenceMessage{items.integer()};
        default:
            return std::nullopt;
        }
    }
    static QByteArray numbered(int type, qint64 sequenceId)
    {
        MessagePackWriter writer;
        writer.beginArray(2);
        writer.integer(type);
        writer.integer(sequenceId);
        return framed(writer);
    }
};

} // namespace

const HubProtocol &messagePackHubProtocol()
{
    static const MessagePackHubProtocol protocol;
    return protocol;
}

} // namespace Tertulia
