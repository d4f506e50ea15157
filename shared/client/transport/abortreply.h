// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkReply>

namespace Tertulia::Client {

/// Ends a request for whose answer nobody waits any more. QNetworkReply::finished comes a turn of the loop after the
/// error; a reply that is aborted in between gets a second error, of which Qt warns, and ends by itself anyway.
inline void abortReply(QNetworkReply &reply)
{
    if (reply.error() == QNetworkReply::NoError)
        reply.abort();
}

} // namespace Tertulia::Client
