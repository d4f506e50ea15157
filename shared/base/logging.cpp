// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"

namespace Tertulia {
Q_LOGGING_CATEGORY(logNet, "tertulia.net", QtInfoMsg)
Q_LOGGING_CATEGORY(logHttp, "tertulia.http", QtInfoMsg)
Q_LOGGING_CATEGORY(logHubs, "tertulia.hubs", QtInfoMsg)
Q_LOGGING_CATEGORY(logStore, "tertulia.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logAuth, "tertulia.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(logServices, "tertulia.services", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "tertulia.app", QtInfoMsg)
Q_LOGGING_CATEGORY(logClient, "tertulia.client", QtInfoMsg)
} // namespace Tertulia
