// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/codec.h"

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
    const QString field = path.toString();
    const QString subject = field.isEmpty() ? QStringLiteral("the value") : field;
    error = Error::invalid(field, subject + u' ' + QLatin1String(message));
    return false;
}

bool refuseEnum(Error &error, const FieldPath &path, const std::string_view *names, size_t count)
{
    QByteArray message = "must be one of";
    for (size_t i = 0; i < count; ++i) {
        message += i ? ", " : " ";
        message.append(names[i].data(), qsizetype(names[i].size()));
    }
    return refuse(error, path, message.constData());
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
    const auto time = value.isString() ? fromIso8601(value.toString()) : std::nullopt;
    if (!time)
        return refuse(error, path, "must be an ISO 8601 time");
    out = *time;
    return true;
}

} // namespace Codec
} // namespace Tertulia
