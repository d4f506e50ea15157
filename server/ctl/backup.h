// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"

namespace Tertulia::Server::Ctl {

/// Copies what a server keeps into a new folder, while it runs or not: the database as it was committed when the copy
/// began, the keys, and the configuration file if there is one (as server.toml). A server can be started on it.
/// Belongs to the owner of the data folder and to nobody else. It is called `target` when it is whole and on the disk;
/// until then `target`.incomplete.
/// @param configFile may be empty
[[nodiscard]] Result<void> runBackup(const Config &config, const QString &configFile, const QString &target);

} // namespace Tertulia::Server::Ctl
