// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"

#include <functional>
#include <vector>

namespace Tertulia::Server {

/// One thing an operator can set.
struct Setting
{
    QString section, key;
    QString type; ///< number, flag, duration, text, list, secret
    QString unit; ///< "bytes", "duration" … empty where there is none
    QString description;
    bool isSecret = false;
    bool isList = false;

    /// Takes what was written, one text for each list entry. The error's message says what would be right.
    std::function<Result<void>(Config &, const QStringList &)> set;
    /// The present value as it would be written, one text for each list entry.
    std::function<QStringList(const Config &)> get;
};

[[nodiscard]] const std::vector<Setting> &settingsTable();
/// Null when there is no such setting.
[[nodiscard]] const Setting *findSetting(QStringView section, QStringView key);

/// "15s", "500ms", "10min", "2h", "14d".
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(QStringView text);
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);
/// "ADDRESS:PORT", with "tls://" in front for TLS; IPv6 in brackets.
[[nodiscard]] Result<ListenAddress> parseListen(const QString &text);

} // namespace Tertulia::Server
