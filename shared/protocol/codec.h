// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/faults.h"
#include "protocol/codecread.h"
#include "protocol/codecwrite.h"

// Typed encoding and decoding of everything that has fields() (fields.h), of lists, optionals and maps of such, and of
// the plain types: bool, integers, double, QString, QByteArray, QStringList, Timestamp, Id<>, enums with EnumNames.
//
//   type          JSON                       MessagePack
//   integers      number                     shortest integer
//   QString, Id   string                     str
//   enum          string (EnumNames)         str
//   QByteArray    base64 string              bin
//   Timestamp     ISO 8601 string with Z     timestamp extension
//
// Reading matches property names and enum names without regard to case, ignores unknown properties, takes ISO strings
// and base64 strings from MessagePack too, and reports what is wrong as Invalid with the paths of all fields at fault.

namespace Tertulia {

/// What bytes are to hold.
enum class WireFormat : quint8 { Json, MessagePack };

template <class T> [[nodiscard]] QByteArray toJson(const T &value)
{
    JsonWriter writer;
    writeValue(writer, value);
    return writer.take();
}

template <class T> [[nodiscard]] QByteArray toMessagePack(const T &value)
{
    MessagePackWriter writer;
    writeValue(writer, value);
    return writer.take();
}

template <class T> [[nodiscard]] QByteArray encode(WireFormat format, const T &value)
{
    return format == WireFormat::Json ? toJson(value) : toMessagePack(value);
}

/// The arguments of an invocation as one encoded array: what HubProtocol::writeInvocation takes.
template <class... Args> [[nodiscard]] QByteArray encodeArguments(WireFormat format, const Args &...args)
{
    const auto write = [&](auto &&writer) {
        writer.beginArray(sizeof...(args));
        (writeValue(writer, args), ...);
        writer.endArray();
        return writer.take();
    };
    return format == WireFormat::Json ? write(JsonWriter()) : write(MessagePackWriter());
}

template <class T> [[nodiscard]] Result<T> fromJson(QByteArrayView json)
{
    const auto document = acquireDocument();
    return parseJson(*document, json).and_then([](Value value) { return readValue<T>(value); });
}

namespace Codec {
/// Adds the faults that rules find with other fields than those that could not be read.
void addRules(Error &unread, const Error &broken);
} // namespace Codec

/// The same; when something cannot be read, the `rules` (const T & to a Result) that T meets later are asked as well,
/// so that the sender learns in one go what is wrong. A field that was not read is not judged by them.
template <class T, class Rules> [[nodiscard]] Result<T> fromJson(QByteArrayView json, const Rules &rules)
{
    const auto document = acquireDocument();
    const auto root = parseJson(*document, json);
    if (!root)
        return failure(root.error());
    T value{};
    Error error;
    if (readInto(*root, value, FieldPath{}, error))
        return value;
    if (const auto allowed = rules(std::as_const(value)); root->isMap() && !allowed)
        Codec::addRules(error, allowed.error());
    return failure(std::move(error));
}

template <class T> [[nodiscard]] Result<T> fromMessagePack(QByteArrayView bytes)
{
    const auto document = acquireDocument();
    return parseMessagePack(*document, bytes).and_then([](Value value) { return readValue<T>(value); });
}

namespace Codec {
/// What is wrong with arguments that are no list.
[[nodiscard]] Error noArguments(Value arguments);
} // namespace Codec

/// The arguments of an invocation as their types; their number must be exact (signalr.md 7). Of std::optional
/// arguments null is empty. The error's field is the position, "arguments[1].content".
template <class... Args> [[nodiscard]] Result<std::tuple<Args...>> readArguments(Value arguments)
{
    constexpr auto expected = qsizetype(sizeof...(Args));
    const FieldPath root{nullptr, "arguments"};
    if (!arguments.isArray())
        return failure(Codec::noArguments(arguments));
    if (arguments.size() != expected) {
        return failure(Error::invalid(QStringLiteral("arguments"),
                                      QStringLiteral("Invocation provides %1 argument(s) but target expects %2.")
                                          .arg(arguments.size())
                                          .arg(expected)));
    }
    std::tuple<Args...> out;
    Error error;
    auto at = arguments.items().begin();
    qsizetype index = 0;
    const auto one = [&](auto &target) {
        const bool read = readInto(*at, target, FieldPath{&root, {}, index}, error);
        ++at;
        ++index;
        return read;
    };
    bool isGood = true;
    std::apply([&](auto &...targets) { ((isGood &= one(targets)), ...); }, out);
    if (!isGood)
        return failure(std::move(error));
    return out;
}

} // namespace Tertulia
