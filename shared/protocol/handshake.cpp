// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/handshake.h"

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr char recordSeparator = 0x1E;

} // namespace

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
    const Value name = root->find("protocol");
    const Value number = root->find("version");
    if (!name.isString() || !name.isWellFormed())
        return failure(Error::invalid(u"protocol"_s, u"protocol must be a text"_s));
    if (!number.isInteger() || !std::in_range<int>(number.toInteger()))
        return failure(Error::invalid(u"version"_s, u"version must be a whole number"_s));
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

Result<AcceptedHandshake> acceptHandshake(QByteArrayView record, bool binaryTransport)
{
    const auto request = HandshakeRequest::decode(record);
    if (!request)
        return failure(Error::invalid({}, u"An unexpected error occurred during connection handshake."_s));
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
