// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"

namespace Tertulia::Server::Ctl {

/// How a command ended, for scripts.
enum class Exit : int {
    Done = 0,
    Failed = 1, ///< no such user, name taken, a problem found …
    Usage = 2, ///< the command line or the configuration is wrong
};

struct CommandLine
{
    QStringList words; ///< "user", "add", "ada" …
    ConfigSources sources;
    QString fullName;
    QString email;
    QString role;
    bool passwordFromInput = false;
    QString passwordFile;
    bool makePassword = false;
    bool asJson = false;
    bool wantsHelp = false;
    bool wantsVersion = false;
};

/// @param arguments without the program's name. The error's message is for the person at the shell.
[[nodiscard]] Result<CommandLine> readCommandLine(const QStringList &arguments);
[[nodiscard]] QString helpText();

} // namespace Tertulia::Server::Ctl
