// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/codec.h"

#include <functional>
#include <memory>
#include <mutex>

namespace Tertulia::Server {

/// An event for any number of receivers: encoded once for each protocol that some receiver speaks, framed once, its
/// bytes shared. Immutable to the outside; thread-safe.
class SerializedHubMessage
{
public:
    using Arguments = std::function<QByteArray(WireFormat)>;

    /// @param arguments gives the encoded list of arguments; called at most once for each format, on any thread
    SerializedHubMessage(QByteArray target, Arguments arguments);

    /// Keeps copies of the arguments until they are needed.
    template <class... Args>
    [[nodiscard]] static std::shared_ptr<const SerializedHubMessage> make(QByteArray target, Args... args)
    {
        return std::make_shared<const SerializedHubMessage>(
            std::move(target),
            [... args = std::move(args)](WireFormat format) { return encodeArguments(format, args...); });
    }

    [[nodiscard]] const QByteArray &target() const { return m_target; }
    /// The record in a WebSocket frame; framePayload() takes it out for other transports.
    [[nodiscard]] const QByteArray &frame(WireFormat format) const;

private:
    QByteArray m_target;
    Arguments m_arguments;
    mutable std::array<std::once_flag, 2> m_once;
    mutable std::array<QByteArray, 2> m_frames;
};

using SharedHubMessage = std::shared_ptr<const SerializedHubMessage>; // one message, many threads

} // namespace Tertulia::Server
