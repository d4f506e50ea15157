// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubconnectioncontext.h"

namespace Tertulia::Server {

/// What few connections have, kept apart so that an idle one stays small.
struct HubConnectionContext::Extra
{
    std::unordered_map<QByteArray, std::shared_ptr<DownloadStream>> downloads;
    std::unordered_map<QByteArray, std::shared_ptr<UploadStream>> uploads;
    std::unordered_map<QByteArray, std::shared_ptr<CancelState>> cancels;
    std::unordered_map<QByteArray, ClientResult> results; ///< what clients are asked for, by invocation id
    quint64 nextResult = 0;
    std::unique_ptr<StatefulBuffer> stateful;
    Time lostAt; ///< stateful, without a socket since then
    Time lastAck;
    bool isLost = false;
};

} // namespace Tertulia::Server
