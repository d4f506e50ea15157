// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubdispatcher.h"

namespace Tertulia::TestHub {

using namespace Tertulia::Server;

// Wire names are the declared ones of the reference's C# classes.
struct CustomObject
{
    std::optional<QString> name;
    int value = 0;

    static constexpr auto fields()
    {
        return std::tuple{optional("Name", &CustomObject::name), defaulted("Value", &CustomObject::value)};
    }
};

/// A time as .NET writes it in JSON: without a fraction where there is none (our own wire always has milliseconds).
struct DotNetTime
{
    Timestamp time;
};
void writeValue(JsonWriter &writer, const DotNetTime &value);
void writeValue(MessagePackWriter &writer, const DotNetTime &value);
[[nodiscard]] bool readInto(Value value, DotNetTime &out, const FieldPath &path, Error &error);

struct ComplexObject
{
    std::optional<QByteArray> byteArray;
    DotNetTime dateTime;
    QString guid;
    std::optional<std::vector<int>> intArray;
    std::optional<QString> string;

    static constexpr auto fields()
    {
        return std::tuple{optional("ByteArray", &ComplexObject::byteArray),
                          defaulted("DateTime", &ComplexObject::dateTime), defaulted("Guid", &ComplexObject::guid),
                          optional("IntArray", &ComplexObject::intArray), optional("String", &ComplexObject::string)};
    }
};

/// The hub of the SignalR functional tests (the reference's TestHub in tests/interop/reference).
class TestHub final : public Hub
{
public:
    [[nodiscard]] static HubMethods<TestHub> methods();

private:
    using Text = std::optional<QString>;

    Text echo(Text message);
    int doubled(int number);
    QString callerConnectionId(HubConnectionContext &caller);
    Result<int> numRedirects(HubConnectionContext &caller);
    Result<void> throwException(Text message);
    void invokeWithString(HubConnectionContext &caller, Text message);
    void sendCustomObject(HubConnectionContext &caller, std::optional<CustomObject> object);
    void stream(StreamWriter<QString> out);
    void emptyStream(StreamWriter<QString> out);
    void infiniteStream(HubConnectionContext &caller, StreamWriter<int> out);
    void streamThrowException(Text message, StreamWriter<QString> out);
    void streamingConcat(StreamReader<QString> in, HubReply<QString> reply);
    QString activeTransportName(HubConnectionContext &caller);
    std::optional<ComplexObject> echoComplexObject(std::optional<ComplexObject> object);
    ComplexObject sendComplexObject();
    Text header(HubConnectionContext &caller, QString name);
    Text cookie(HubConnectionContext &caller, QString name);
    Text contentTypeHeader(HubConnectionContext &caller);
};

class AuthorizedHub final : public Hub
{
public:
    [[nodiscard]] static HubMethods<AuthorizedHub> methods();

private:
    std::optional<QString> echo(std::optional<QString> message) { return message; }
};

/// Refuses every connection.
class UncreatableHub final : public Hub
{
public:
    void onConnected(HubConnectionContext &caller, HubReply<void> reply) override;
};

} // namespace Tertulia::TestHub
