// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/domainevents.h"
#include "signalr/serializedhubmessage.h"

namespace Tertulia::Server {

/// The contract's event for what happened to a message (contract.md 5.2 and 5.3): the one place that knows which name
/// and which payload each change has. Every payload holds the whole message, so that one rule merges all of them.
[[nodiscard]] SharedHubMessage messageEvent(std::shared_ptr<const MessageChanged> change);

} // namespace Tertulia::Server
