// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/codec.h"

#include "base/faults.h"

namespace Tertulia {

namespace {

template <class Writer> void writeAny(Writer &writer, Value value)
{
    switch (value.type()) {
    case ValueType::Null:
        return writer.null();
    case ValueType::Bool:
        return writer.boolean(value.toBool());
    case ValueType::Integer:
        return writer.integer(value.toInteger());
    case ValueType::Unsigned:
        return writer.unsignedInteger(value.toUnsigned());
    case ValueType::Double:
        return writer.number(value.toDouble());
    case ValueType::String:
        return writer.utf8(value.bytes());
    case ValueType::Binary:
        return writer.binary(QByteArrayView(value.bytes().data(), qsizetype(value.bytes().size())));
    case ValueType::Time:
        return writer.timestamp(value.toTimestamp());
    case ValueType::Array:
        writer.beginArray(value.size());
        for (const Value item : value.items())
            writeAny(writer, item);
        return writer.endArray();
    case ValueType::Map:
        writer.beginObject(value.size());
        for (const auto &[key, item] : value.entries()) {
            // JSON knows no other keys; a MessagePack key of another type is written as its text
            if (key.isString())
                writer.key(QStringView(key.toString()));
            else
                writer.key(QStringView(QString::number(key.toInteger())));
            writeAny(writer, item);
        }
        return writer.endObject();
    }
}

} // namespace

void writeValue(JsonWriter &writer, Value value)
{
    writeAny(writer, value);
}

void writeValue(MessagePackWriter &writer, Value value)
{
    writeAny(writer, value);
}

namespace {

/// The one form that all of us write, 2026-01-31T12:00:00.000Z, without the cost of a QDateTime.
std::optional<Timestamp> readUsualTime(std::string_view text)
{
    static constexpr std::string_view pattern = "0000-00-00T00:00:00.000Z";
    if (text.size() != pattern.size())
        return std::nullopt;
    for (size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i])
            return std::nullopt;
    }
    const auto number = [text](size_t at, size_t digits) {
        int value = 0;
        for (size_t i = at; i < at + digits; ++i)
            value = value * 10 + (text[i] - '0');
        return value;
    };
    using namespace std::chrono;
    const year_month_day date{year(number(0, 4)), month(unsigned(number(5, 2))), day(unsigned(number(8, 2)))};
    if (!date.ok() || number(0, 4) == 0 || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59)
        return std::nullopt;
    return sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) + seconds(number(17, 2))
        + milliseconds(number(20, 3));
}

} // namespace

QString FieldPath::toString() const
{
    QString text = parent ? parent->toString() : QString();
    if (index >= 0)
        return text + u'[' + QString::number(index) + u']';
    if (!text.isEmpty() && !name.empty())
        text += u'.';
    return text + QString::fromUtf8(name.data(), qsizetype(name.size()));
}

namespace Codec {

bool refuse(Error &error, const FieldPath &path, const char *message)
{
    if (Faults::isFull(error))
        return false;
    const QString field = path.toString();
    const QString subject = field.isEmpty() ? QStringLiteral("the value") : field;
    Faults::join(error, {field, subject + u' ' + QLatin1String(message)});
    return false;
}

bool refuseEnum(Error &error, const FieldPath &path, const std::string_view *names, size_t count)
{
    if (Faults::isFull(error))
        return false;
    QByteArray message = "must be one of";
    for (size_t i = 0; i < count; ++i) {
        message += i ? ", " : " ";
        message.append(names[i].data(), qsizetype(names[i].size()));
    }
    return refuse(error, path, message.constData());
}

void addRules(Error &unread, const Error &broken)
{
    if (broken.code != ErrorCode::Invalid)
        return;
    const Faults known(unread);
    if (!known.names(broken.field))
        Faults::join(unread, {broken.field, broken.message});
    for (const FieldFault &fault : broken.others) {
        if (!known.names(fault.field))
            Faults::join(unread, fault);
    }
}

Error noArguments(Value arguments)
{
    // a list with a fault inside comes as a String that is not well-formed (salvageMessagePack)
    if (!arguments.isWellFormed())
        return Error::invalid(QStringLiteral("arguments[0]"), QStringLiteral("The arguments are cut off."));
    return Error::invalid(QStringLiteral("arguments"), QStringLiteral("Reading array length for 'arguments' failed."));
}

bool readText(Value value, QString &out, const FieldPath &path, Error &error)
{
    if (!value.isString())
        return refuse(error, path, "must be a text");
    if (!value.isWellFormed())
        return refuse(error, path, "is not well-formed Unicode");
    out = value.toString();
    return true;
}

bool readBytes(Value value, QByteArray &out, const FieldPath &path, Error &error)
{
    const auto bytes = value.bytes();
    if (value.isBinary()) {
        out = QByteArray(bytes.data(), qsizetype(bytes.size()));
        return true;
    }
    if (value.isString()) {
        auto decoded =
            QByteArray::fromBase64Encoding(QByteArray(bytes.data(), qsizetype(bytes.size())),
                                           QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (decoded) {
            out = std::move(*decoded);
            return true;
        }
    }
    return refuse(error, path, "must be base64 text or binary");
}

bool readTime(Value value, Timestamp &out, const FieldPath &path, Error &error)
{
    if (value.isTimestamp()) {
        out = value.toTimestamp();
        return true;
    }
    if (const auto usual = readUsualTime(value.bytes())) {
        out = *usual;
        return true;
    }
    const auto time = value.isString() ? fromIso8601(value.toString()) : std::nullopt;
    if (!time)
        return refuse(error, path, "must be an ISO 8601 time");
    out = *time;
    return true;
}

} // namespace Codec
} // namespace Tertulia
