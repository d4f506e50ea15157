// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/storesettings.h"

namespace Tertulia::Test {

/// The store of a running server, as a tool opens it.
inline Server::StoreSettings besideServer(const QString &dataFolder)
{
    Server::StoreSettings settings;
    settings.path = dataFolder + QStringLiteral("/tertulia.db");
    settings.isOwner = false;
    settings.readerThreads = 1;
    return settings;
}

} // namespace Tertulia::Test
