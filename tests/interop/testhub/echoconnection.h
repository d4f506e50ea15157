// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/httpconnection.h"

namespace Tertulia::TestHub {

using namespace Tertulia::Server;

/// A connection without a hub protocol: every byte comes back.
class EchoConnection final : public HttpConnection
{
public:
    using HttpConnection::HttpConnection;

    void receive(QByteArrayView bytes, bool last) override;
    void shutDown() override;

private:
    QByteArray m_message;
};

} // namespace Tertulia::TestHub
