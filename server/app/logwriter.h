// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"

namespace Tertulia::Server {

/// Sends everything that is logged to standard error, one line each, whole lines only from any thread. Text lines carry
/// a syslog priority when systemd's journal reads them (JOURNAL_STREAM), a time of their own when not.
void installLogWriter(LogFormat format, const QString &level);

/// One line without its end, for tests.
[[nodiscard]] QByteArray logLine(LogFormat format, bool forJournal, QtMsgType type, QByteArrayView category,
                                 const QString &message, const QByteArray &time);

} // namespace Tertulia::Server
