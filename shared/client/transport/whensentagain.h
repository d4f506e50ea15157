// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkReply>

#include <functional>
#include <memory>
#include <utility>

namespace Tertulia::Client {

/// Calls `lost` when Qt sends a request for the second time: it does so by itself and says nothing when the connection
/// breaks between the request and the beginning of its answer (QHttpNetworkConnectionChannel, any method). Where the
/// answer to the first may have been the only one, whoever waits would never know that something is missing. To follow
/// a redirection is not to send it again.
inline void whenSentAgain(const QNetworkReply &reply, const QObject *context, const std::function<void()> &lost)
{
    const auto isSent = std::make_shared<bool>(false);
    QObject::connect(&reply, &QNetworkReply::requestSent, context, [isSent, lost] {
        if (std::exchange(*isSent, true))
            lost();
    });
    QObject::connect(&reply, &QNetworkReply::socketStartedConnecting, context, [isSent, lost] {
        if (*isSent)
            lost();
    });
    QObject::connect(&reply, &QNetworkReply::redirected, context, [isSent] { *isSent = false; });
}

} // namespace Tertulia::Client
