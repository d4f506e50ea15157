// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/networkreasons.h"

namespace Tertulia::Client {

QLatin1StringView reasonOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return NetworkReason::hostNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return NetworkReason::connectionRefused;
    case QNetworkReply::TimeoutError:
        return NetworkReason::timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return NetworkReason::tlsError;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError: // no route to the host
        return NetworkReason::offline;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::UnknownContentError:
        return NetworkReason::badAnswer;
    default:
        return NetworkReason::connectionLost;
    }
}

} // namespace Tertulia::Client
