// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hubprotocol.h"

// The first record in each direction: JSON and 0x1E whatever the protocol (signalr.md 5). Take it from the stream with
// HubMessageReader::nextHandshake.

namespace Tertulia {

/// Ends a handshake, and each record of the JSON protocol.
inline constexpr char recordSeparator = 0x1E;

struct HandshakeRequest
{
    QString protocol;
    int version = 1; ///< 2 only when stateful reconnect was granted

    /// With the separator.
    [[nodiscard]] QByteArray encode() const;
    /// Names are case-sensitive here, others are ignored, what follows the object is not looked at.
    [[nodiscard]] static Result<HandshakeRequest> decode(QByteArrayView record);
};

struct HandshakeResponse
{
    std::optional<QString> error;

    /// With the separator: `{}` or {"error":"…"}.
    [[nodiscard]] QByteArray encode() const;
    /// For clients. Invalid: not a handshake response.
    [[nodiscard]] static Result<HandshakeResponse> decode(QByteArrayView record);
};

struct AcceptedHandshake
{
    const HubProtocol *protocol = nullptr;
    int version = 1;
};

/// The server's judgement of a handshake record. The error's message is the reference's text, to be sent in a
/// HandshakeResponse before closing. With detailed errors it says what is wrong with the record.
[[nodiscard]] Result<AcceptedHandshake> acceptHandshake(QByteArrayView record, bool binaryTransport,
                                                        bool detailedErrors = false);

/// For a handshake that did not come in time or went over the limit.
[[nodiscard]] QString handshakeCanceledText();

} // namespace Tertulia
