// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/chatparts.h"
#include "http/routetable.h"

namespace Tertulia::Server {

/// /api/Chat/conversations (contract.md 4.2).
void addConversationRoutes(RouteTable &table, const ChatParts &parts);

} // namespace Tertulia::Server
