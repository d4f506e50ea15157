// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hublink.h"
#include "client/transport/scheduler.h"

#include <QWebSocket>

namespace Tertulia::Client {

class WebSocketLink final : public HubLink
{
    Q_OBJECT

public:
    WebSocketLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url, bool isBinary);
    ~WebSocketLink() override;

    void open() override;
    void send(const QByteArray &bytes) override;
    void close() override;
    void abort() override;
    [[nodiscard]] qsizetype waitingBytes() const override;

private:
    void connectSocket(QNetworkRequest request);
    void takeError(QAbstractSocket::SocketError error);
    void takeEnd();

    QWebSocket m_socket;
    Alarm m_closing;
    bool m_isBinary;
    bool m_isOpen = false;
    bool m_hasFailed = false; ///< the socket told an error
    bool m_wasClosing = false; ///< a close frame was sent or received
    Error m_error;
    QByteArrayList m_early; ///< sent before it was open
};

} // namespace Tertulia::Client
