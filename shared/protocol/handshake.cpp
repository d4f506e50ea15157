// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/handshake.h"

#include "protocol/wiretexts.h"

namespace Tertulia {

using namespace Qt::StringLiterals;

QByteArray HandshakeRequest::encode() const
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("protocol");
    writer.string(protocol);
    writer.key("version");
    writer.integer(version);
    writer.endObject();
    writer.buffer().put(recordSeparator);
    return writer.take();
}

Result<HandshakeRequest> HandshakeRequest::decode(QByteArrayView record)
{
    const auto document = acquireDocument();
    const auto root = parseJson(*document, record, JsonTail::Ignore);
    if (!root)
        return failure(root.error());
    if (!root->isMap())
        return failure(Error::invalid({}, unexpectedToken(*root)));
    const Value name = root->find("protocol");
    const Value number = root->find("version");
    const auto missing = [record](QLatin1StringView property) {
        const QString content = QString::fromUtf8(record);
        return failure(Error::invalid(property, missingProperty(property) + u" Message content: "_s + content));
    };
    if (!name.isMissing() && (!name.isString() || !name.isWellFormed()))
        return failure(Error::invalid(u"protocol"_s, unexpectedType(u"protocol", "String"_L1)));
    if (!number.isMissing() && (!number.isInteger() || !std::in_range<int>(number.toInteger())))
        return failure(Error::invalid(u"version"_s, unexpectedType(u"version", "Number"_L1)));
    if (name.isMissing())
        return missing("protocol"_L1);
    if (number.isMissing())
        return missing("version"_L1);
    return HandshakeRequest{name.toString(), int(number.toInteger())};
}

QByteArray HandshakeResponse::encode() const
{
    JsonWriter writer;
    writer.beginObject();
    if (error) {
        writer.key("error");
        writer.string(*error);
    }
    writer.endObject();
    writer.buffer().put(recordSeparator);
    return writer.take();
}

Result<HandshakeResponse> HandshakeResponse::decode(QByteArrayView record)
{
    const auto document = acquireDocument();
    const auto root = parseJson(*document, record, JsonTail::Ignore);
    if (!root)
        return failure(root.error());
    if (!root->isMap() || !root->find("type").isMissing())
        return failure(Error::invalid({}, u"Expected a handshake response from the server."_s));
    HandshakeResponse response;
    const Value error = root->find("error");
    if (error.isString())
        response.error = error.toString();
    else if (!error.isNull())
        return failure(Error::invalid(u"error"_s, u"error must be a text"_s));
    return response;
}

Result<AcceptedHandshake> acceptHandshake(QByteArrayView record, bool binaryTransport, bool detailedErrors)
{
    const auto request = HandshakeRequest::decode(record);
    if (!request) {
        QString text = u"An unexpected error occurred during connection handshake."_s;
        if (detailedErrors)
            text += u" InvalidDataException: "_s + request.error().message;
        return failure(Error::invalid({}, text));
    }
    const HubProtocol *protocol = findHubProtocol(request->protocol);
    if (!protocol)
        return failure(Error::invalid({}, u"The protocol '%1' is not supported."_s.arg(request->protocol)));
    if (request->version > HubProtocol::version()) {
        return failure(
            Error::invalid({},
                           u"The server does not support version %1 of the '%2' protocol."_s.arg(request->version)
                               .arg(protocol->name())));
    }
    if (protocol->isBinary() && !binaryTransport) {
        return failure(Error::invalid({},
                                      u"Cannot use the '%1' protocol on the current transport. The transport does not "
                                      "support 'Binary' transfer format."_s.arg(protocol->name())));
    }
    return AcceptedHandshake{protocol, request->version};
}

QString handshakeCanceledText()
{
    return u"Handshake was canceled."_s;
}

} // namespace Tertulia
