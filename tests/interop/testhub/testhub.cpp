// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "testhub.h"

namespace Tertulia::TestHub {

namespace {

/// What the reference throws in the place of; its name is part of a detailed error.
Error invalidOperation(const QString &message)
{
    return Error::internal(QStringLiteral("InvalidOperationException: ") + message);
}

/// Appends what comes until the stream ends, then answers.
void concat(std::shared_ptr<StreamReader<QString>> in, std::shared_ptr<HubReply<QString>> reply, const QString &soFar)
{
    in->next([in, reply, soFar](Result<std::optional<QString>> item) {
        if (!item) {
            // An upload that fails is a HubException of the client's words.
            Error error = item.error();
            error.code = ErrorCode::Internal;
            error.message = QStringLiteral("HubException: ") + error.message;
            reply->finish(failure(std::move(error)));
        } else if (!*item) {
            reply->finish(soFar);
        } else {
            concat(in, reply, soFar + **item);
        }
    });
}

std::optional<QString> textOrNull(QByteArrayView value)
{
    return value.isNull() ? std::nullopt : std::optional(QString::fromUtf8(value));
}

} // namespace

void writeValue(JsonWriter &writer, const DotNetTime &value)
{
    const QByteArray text = toIso8601(value.time).replace(".000Z", "Z");
    writer.utf8({text.constData(), size_t(text.size())});
}

void writeValue(MessagePackWriter &writer, const DotNetTime &value)
{
    writer.timestamp(value.time);
}

bool readInto(Value value, DotNetTime &out, const FieldPath &path, Error &error)
{
    return Tertulia::readInto(value, out.time, path, error);
}

HubMethods<TestHub> TestHub::methods()
{
    HubMethods<TestHub> table;
    table.add("Echo", &TestHub::echo);
    table.add("Double", &TestHub::doubled);
    table.add("GetCallerConnectionId", &TestHub::callerConnectionId);
    table.add("GetNumRedirects", &TestHub::numRedirects);
    table.add("ThrowException", &TestHub::throwException);
    table.add("InvokeWithString", &TestHub::invokeWithString);
    table.add("SendCustomObject", &TestHub::sendCustomObject);
    table.add("Stream", &TestHub::stream);
    table.add("EmptyStream", &TestHub::emptyStream);
    table.add("InfiniteStream", &TestHub::infiniteStream);
    table.add("StreamThrowException", &TestHub::streamThrowException);
    table.add("StreamingConcat", &TestHub::streamingConcat);
    table.add("GetActiveTransportName", &TestHub::activeTransportName);
    table.add("EchoComplexObject", &TestHub::echoComplexObject);
    table.add("SendComplexObject", &TestHub::sendComplexObject);
    table.add("GetHeader", &TestHub::header);
    table.add("GetCookie", &TestHub::cookie);
    table.add("GetContentTypeHeader", &TestHub::contentTypeHeader);
    return table;
}

TestHub::Text TestHub::echo(Text message)
{
    return message;
}

int TestHub::doubled(int number)
{
    return 2 * number;
}

QString TestHub::callerConnectionId(HubConnectionContext &caller)
{
    return QString::fromLatin1(connectionText(caller.id()));
}

Result<int> TestHub::numRedirects(HubConnectionContext &caller)
{
    const auto text = caller.request()->queryValue("numRedirects");
    bool isNumber = false;
    const int number = text.value_or(QByteArray()).toInt(&isNumber);
    if (!isNumber)
        return failure(
            Error::internal(QStringLiteral("FormatException: The input string was not in a correct format.")));
    return number;
}

Result<void> TestHub::throwException(Text message)
{
    return failure(invalidOperation(message.value_or(QString())));
}

void TestHub::invokeWithString(HubConnectionContext &caller, Text message)
{
    caller.sendEvent("Message", message);
}

void TestHub::sendCustomObject(HubConnectionContext &caller, std::optional<CustomObject> object)
{
    caller.sendEvent("CustomObject", object);
}

void TestHub::stream(StreamWriter<QString> out)
{
    for (const char *letter : {"a", "b", "c"})
        out.write(QString::fromLatin1(letter));
    out.finish();
}

void TestHub::emptyStream(StreamWriter<QString> out)
{
    out.finish();
}

void TestHub::infiniteStream(HubConnectionContext &caller, StreamWriter<int> out)
{
    const auto weak = std::weak_ptr(std::static_pointer_cast<HubConnectionContext>(caller.shared_from_this()));
    // Kept by its own handler until the client cancels or goes.
    const auto kept = std::make_shared<StreamWriter<int>>(std::move(out));
    kept->onCancelled([weak, kept] {
        if (const auto alive = weak.lock())
            alive->sendEvent("StreamCanceled");
    });
}

void TestHub::streamThrowException(Text message, StreamWriter<QString> out)
{
    out.refuse(invalidOperation(message.value_or(QString())));
}

void TestHub::streamingConcat(StreamReader<QString> in, HubReply<QString> reply)
{
    concat(std::make_shared<StreamReader<QString>>(std::move(in)),
           std::make_shared<HubReply<QString>>(std::move(reply)), {});
}

QString TestHub::activeTransportName(HubConnectionContext &caller)
{
    return QString::fromLatin1(transportName(caller.transportKind()));
}

std::optional<ComplexObject> TestHub::echoComplexObject(std::optional<ComplexObject> object)
{
    return object;
}

ComplexObject TestHub::sendComplexObject()
{
    ComplexObject object;
    object.byteArray = QByteArray::fromHex("010203");
    object.dateTime.time = fromIso8601(u"2000-01-01T00:00:00Z").value();
    object.guid = QStringLiteral("00010203-0405-0607-0706-050403020100");
    object.intArray = {1, 2, 3};
    object.string = QStringLiteral("hello world");
    return object;
}

TestHub::Text TestHub::header(HubConnectionContext &caller, QString name)
{
    return textOrNull(caller.request()->header(name.toLatin1().toLower()));
}

TestHub::Text TestHub::cookie(HubConnectionContext &caller, QString name)
{
    const QByteArray wanted = name.toUtf8() + '=';
    for (const QByteArray &pair : caller.request()->header("cookie").toByteArray().split(';')) {
        if (pair.trimmed().startsWith(wanted))
            return QString::fromUtf8(pair.trimmed().sliced(wanted.size()));
    }
    return std::nullopt;
}

TestHub::Text TestHub::contentTypeHeader(HubConnectionContext &caller)
{
    return textOrNull(caller.request()->header("content-type"));
}

HubMethods<AuthorizedHub> AuthorizedHub::methods()
{
    HubMethods<AuthorizedHub> table;
    table.add("Echo", &AuthorizedHub::echo);
    return table;
}

void UncreatableHub::onConnected(HubConnectionContext &caller, HubReply<void> reply)
{
    Q_UNUSED(caller)
    reply.finish(failure(invalidOperation(QStringLiteral("This hub cannot be created."))));
}

} // namespace Tertulia::TestHub
