// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hublink.h"
#include "client/transport/hubposter.h"
#include "client/transport/sseparser.h"

#include <QNetworkReply>
#include <QPointer>

namespace Tertulia::Client {

class ServerSentEventsLink final : public HubLink
{
    Q_OBJECT

public:
    ServerSentEventsLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url);
    ~ServerSentEventsLink() override { drop(); }

    void open() override;
    void send(const QByteArray &bytes) override { m_poster.send(bytes); }
    void close() override;
    void abort() override;
    [[nodiscard]] qsizetype waitingBytes() const override { return m_poster.waitingBytes(); }

private:
    void start(const QNetworkRequest &request);
    void takeHead();
    void read();
    void finish();
    void drop();

    HubPoster m_poster;
    SseParser m_parser;
    QPointer<QNetworkReply> m_reply;
    bool m_isOpen = false;
};

} // namespace Tertulia::Client
