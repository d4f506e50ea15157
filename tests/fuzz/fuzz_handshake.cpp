// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a handshake or negotiate message: read or refused, and what is read can be sent again.
#include "fuzz/expect.h"

#include "protocol/handshake.h"
#include "protocol/negotiate.h"

using namespace Tertulia;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    const auto accepted = acceptHandshake(bytes, size & 1);
    EXPECT(accepted ? accepted->protocol != nullptr : !accepted.error().message.isEmpty());
    if (const auto request = HandshakeRequest::decode(bytes)) {
        const auto again = HandshakeRequest::decode(request->encode().chopped(1));
        EXPECT(again && again->protocol == request->protocol && again->version == request->version);
    }
    if (const auto response = HandshakeResponse::decode(bytes)) {
        const auto again = HandshakeResponse::decode(response->encode().chopped(1));
        EXPECT(again && again->error == response->error);
    }
    if (const auto response = NegotiateResponse::decode(bytes)) {
        const auto again = NegotiateResponse::decode(response->encode());
        EXPECT(again && *again == *response);
    }
    return 0;
}
