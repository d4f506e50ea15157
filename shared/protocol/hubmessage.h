// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/value.h"

#include <optional>
#include <variant>
#include <vector>

// The messages of the SignalR hub protocol (signalr.md 6) as they are received; both ends receive all of them. Ids and
// targets are UTF-8 bytes as sent. Arguments, items and results are not typed yet: whoever knows the method reads them
// with readArguments or readValue (codec.h), also when they came before the target.

namespace Tertulia {

/// Type 1: calls a method; without an id nobody waits for the answer.
struct InvocationMessage
{
    QByteArray invocationId; ///< empty: never answer, not even errors
    QByteArray target;
    SharedValue arguments; ///< an Array
    std::vector<QByteArray> streamIds; ///< uploads that go with it, in order
};

/// Type 4: calls a method that answers with a stream.
struct StreamInvocationMessage
{
    QByteArray invocationId;
    QByteArray target;
    SharedValue arguments; ///< an Array
    std::vector<QByteArray> streamIds;
};

/// Type 2: one item of a stream; the id is the invocation's (server to client) or the upload's (client to server).
struct StreamItemMessage
{
    QByteArray invocationId;
    SharedValue item;
};

/// Type 3: the end of an invocation or stream: a result, an error or neither.
struct CompletionMessage
{
    QByteArray invocationId;
    std::optional<QString> error;
    bool hasResult = false;
    SharedValue result;
};

/// Type 5: stop that stream.
struct CancelInvocationMessage
{
    QByteArray invocationId;
};

/// Type 6.
struct PingMessage
{
};

/// Type 7: the sender ends the connection.
struct CloseMessage
{
    std::optional<QString> error;
    bool allowReconnect = false;
};

/// Type 8: stateful reconnect, messages up to this one have arrived.
struct AckMessage
{
    qint64 sequenceId = 0;
};

/// Type 9: stateful reconnect, the number of the next message.
struct SequenceMessage
{
    qint64 sequenceId = 0;
};

using HubMessage = std::variant<InvocationMessage, StreamInvocationMessage, StreamItemMessage, CompletionMessage,
                                CancelInvocationMessage, PingMessage, CloseMessage, AckMessage, SequenceMessage>;

/// Whether stateful reconnect counts the message (types 1 to 5; signalr.md 11).
[[nodiscard]] inline bool isCounted(const HubMessage &message)
{
    return message.index() <= 4;
}

} // namespace Tertulia
