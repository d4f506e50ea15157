// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restrequest.h"
#include "protocol/paging.h"
#include "services/messageservice.h"

namespace Tertulia::Server {

/// All spellings of a page in the query (contract.md 13.1).
[[nodiscard]] Result<PageRequest> pageQuery(const RestRequest &request);

/// `conversationId` or `chatId`; both and different, or neither: Invalid.
[[nodiscard]] Result<QString> conversationQuery(const RestRequest &request);

/// A bound of history; absent or empty: none. Invalid when it is neither a time nor an id.
[[nodiscard]] Result<std::optional<HistoryBound>> boundQuery(const RestRequest &request, const QString &name);

} // namespace Tertulia::Server
