// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QNetworkReply>

namespace Tertulia::Client {

/// Error::reason of failures that happened between us and the server; their code is Unavailable: trying again later
/// may help. The server's own code words are in contract.md section 2.
namespace NetworkReason {
using namespace Qt::StringLiterals;

inline constexpr auto hostNotFound = "HOST_NOT_FOUND"_L1; ///< no such name
inline constexpr auto connectionRefused = "CONNECTION_REFUSED"_L1; ///< the machine is there, nobody listens
inline constexpr auto connectionLost = "CONNECTION_LOST"_L1; ///< closed before the whole answer was there
inline constexpr auto timeout = "TIMEOUT"_L1;
inline constexpr auto certificate = "CERTIFICATE"_L1; ///< expired, for another name, from nobody we know …
inline constexpr auto tlsError = "TLS_ERROR"_L1; ///< no TLS at the other end, or none we can speak
inline constexpr auto offline = "OFFLINE"_L1; ///< this machine has no network
inline constexpr auto redirected = "REDIRECTED"_L1; ///< sent elsewhere; tokens do not follow
inline constexpr auto badAnswer = "BAD_ANSWER"_L1; ///< not what a Tertulia server says: a proxy, a login page …
inline constexpr auto answerTooLarge = "ANSWER_TOO_LARGE"_L1; ///< above ApiLimits::answerBytes
} // namespace NetworkReason

/// The NetworkReason of a reply that never was one.
[[nodiscard]] QLatin1StringView reasonOf(QNetworkReply::NetworkError error);

/// Error::reason of ServerProbe's failures.
namespace ProbeReason {
using namespace Qt::StringLiterals;

inline constexpr auto badAddress = "BAD_ADDRESS"_L1; ///< code Invalid: what was typed is no address
inline constexpr auto noSuchHost = "NO_SUCH_HOST"_L1;
inline constexpr auto refused = "REFUSED"_L1;
inline constexpr auto certificate = "CERTIFICATE"_L1;
inline constexpr auto notTertulia = "NOT_TERTULIA"_L1;
inline constexpr auto timeout = "TIMEOUT"_L1;
inline constexpr auto away = "AWAY"_L1; ///< something before it says that the server does not answer: 502, 503, 504
inline constexpr auto offline = "OFFLINE"_L1;
} // namespace ProbeReason

} // namespace Tertulia::Client
