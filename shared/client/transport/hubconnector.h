// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hublink.h"
#include "client/transport/scheduler.h"
#include "protocol/hubprotocol.h"

#include <QNetworkReply>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace Tertulia::Client {

/// A connection whose handshake is done.
struct EstablishedHub
{
    std::shared_ptr<HubAccess> access; ///< shared with its links
    std::unique_ptr<HubLink> link;
    HubMessageReader reader; ///< may hold what came behind the handshake
    const HubProtocol *protocol = nullptr;
    HubTransport transport = HubTransport::WebSockets;
    QString connectionId;
    QUrl url; ///< with the id: where the link is, and where it may be resumed
    bool isStateful = false;
};

/// One attempt to connect: negotiation with its redirects, the transports one after the other, the handshake.
class HubConnector final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(Result<EstablishedHub>)>;

    /// `done` is called once, never inside the constructor or start(), and may delete this object later.
    HubConnector(const HubOptions &options, QNetworkAccessManager &network, Scheduler &scheduler, Done done);
    ~HubConnector() override;

    void start();

private:
    struct Candidate
    {
        HubTransport transport;
        WireFormat format;
    };
    void negotiate();
    void post(const QNetworkRequest &request);
    void readAnswer();
    void takeAnswer();
    void take(const NegotiateResponse &response);
    void redirect(const NegotiateResponse &response);
    [[nodiscard]] std::vector<Candidate> candidates(const NegotiateResponse &response) const;
    void tryTransport(const NegotiateResponse &response);
    void openLink(Candidate candidate, QUrl url);
    void linkOpened();
    void linkReceived(const QByteArray &bytes);
    void linkEnded(const Error &why);
    void dropLink();
    void fail(const Error &error);
    void finish(Result<EstablishedHub> result);

    const HubOptions m_options;
    Scheduler &m_scheduler;
    Done m_done;
    QUrl m_url;
    int m_redirects = 0;
    std::vector<HubTransport> m_failedTransports;
    Error m_linkError; ///< of the transport that failed last
    EstablishedHub m_hub;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_answer;
    Alarm m_deadline;
    bool m_timedOut = false;
    bool m_isOpen = false; ///< the link is, the handshake was sent
};

} // namespace Tertulia::Client
