// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authsettings.h"
#include "base/result.h"
#include "net/netsettings.h"
#include "services/addresslimits.h"
#include "services/chatsettings.h"
#include "signalr/hubsettings.h"
#include "store/storesettings.h"

#include <QProcessEnvironment>

namespace Tertulia::Server {

enum class LogFormat : quint8 {
    Text, ///< one line each, with a syslog priority in front when standard error goes to the journal
    Json, ///< one JSON object a line
};

/// Everything an operator can set, with its defaults. What there is stands once, in settingstable.cpp; documents and
/// the reading of files, environment and command line follow from there.
struct Config
{
    QString dataFolder; ///< everything the server keeps: database, keys, uploads
    LogFormat logFormat = LogFormat::Text;
    QString logLevel = QStringLiteral("info"); ///< debug, info, warning
    int logLinesPerSecond = 1'000; ///< warnings, and others
    QString metricsToken; ///< empty: /metrics answers loopback only

    NetSettings net;
    StoreSettings store;
    AuthSettings auth;
    AddressLimits addressLimits;
    ChatSettings chat;
    HubSettings hubs;

    /// Built-in values; listens on 127.0.0.1:8080.
    [[nodiscard]] static Config defaults();
};

/// Where settings come from; a later source wins: file, environment (TERTULIA__SECTION__KEY), `--set
/// section.key=value`.
struct ConfigSources
{
    QString file; ///< TOML; empty: none
    QProcessEnvironment environment;
    QStringList assignments; ///< "section.key=value"
};

/// The error says what is wrong, where (file and line, variable or option) and what would be right. Unknown keys are
/// refused: a misspelt limit that is silently ignored is no limit.
[[nodiscard]] Result<Config> loadConfig(const ConfigSources &sources);

/// The effective configuration as TOML, secrets as "(set)" or "".
[[nodiscard]] QString printConfig(const Config &config);
/// docs/admin/configuration.md; a test holds the file against it.
[[nodiscard]] QString configReference();

} // namespace Tertulia::Server
