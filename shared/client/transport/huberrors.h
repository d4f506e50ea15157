// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QLatin1StringView>

namespace Tertulia::Client {

/// Error::reason of what goes wrong on the way, beside the contract's code words.
namespace HubReasons {
using namespace Qt::StringLiterals;

inline constexpr auto notConnected = "NOT_CONNECTED"_L1; ///< Unavailable: there is no connection now
inline constexpr auto connectionLost = "CONNECTION_LOST"_L1; ///< Unavailable: it went before the answer came
inline constexpr auto serverTimeout = "SERVER_TIMEOUT"_L1; ///< Timeout: the server has fallen silent
inline constexpr auto connectTimeout = "TIMEOUT"_L1; ///< Timeout: no connection or no handshake in time
inline constexpr auto closedByServer = "CLOSED_BY_SERVER"_L1; ///< Unavailable: it said Close
inline constexpr auto refused = "REFUSED_BY_SERVER"_L1; ///< Invalid: negotiation or handshake answered an error
inline constexpr auto noTransport = "NO_TRANSPORT"_L1; ///< Invalid: nothing that both sides know
inline constexpr auto protocolError = "PROTOCOL_ERROR"_L1; ///< Internal, TooLarge: no SignalR server behaves so
inline constexpr auto sendBufferFull = "SEND_BUFFER_FULL"_L1; ///< Unavailable: more waits than HubOptions::sendLimit
} // namespace HubReasons

/// The failure a Completion or Close tells. "… HubException: CODE: sentence (retry after 3 s)" becomes the code and its
/// reason; every other text is Internal.
[[nodiscard]] Error errorOfCompletion(const QString &text);

/// The code of a contract's code word; a word we do not know is a deliberate refusal: Forbidden.
[[nodiscard]] ErrorCode errorCodeOfWord(QStringView word);

[[nodiscard]] Error connectionError(QLatin1StringView reason, const QString &message);
[[nodiscard]] Error protocolError(const QString &message);

/// Whether to try again after it: false when only a person can help (no or no valid credentials, forbidden).
[[nodiscard]] bool isWorthReconnecting(const Error &error);

} // namespace Tertulia::Client
