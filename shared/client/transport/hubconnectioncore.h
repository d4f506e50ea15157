// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/transport/hubconnection.h"
#include "client/transport/hubsession.h"

#include <set>
#include <vector>

namespace Tertulia::Client {

/// The inside of a HubConnection: which state it is in, when to try again, and what is under way on the present
/// session.
class HubConnectionCore final : public QObject
{
    Q_OBJECT

public:
    using State = HubConnection::State;

    HubConnectionCore(HubConnection &owner, HubOptions options);
    ~HubConnectionCore() override;

    Future<void> start();
    Future<void> stop();
    void reconnectNow();

    void call(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads,
              HubCalls::ResultHandler handler);
    Result<void> post(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads);
    /// The stream's id.
    QByteArray openStream(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads,
                          HubCalls::ItemHandler onItem, HubCalls::ResultHandler onFinished);
    void cancelStream(const QByteArray &id);
    [[nodiscard]] bool isWaiting(const QByteArray &id) const { return m_calls.contains(id); }
    UploadResult writeUpload(const QByteArray &id, QByteArrayView item);
    /// With an error or in order.
    void endUpload(const QByteArray &id, const QString *why);
    [[nodiscard]] bool isUploading(const QByteArray &id) const { return m_uploads.contains(id); }
    QByteArray nextId() { return QByteArray::number(++m_lastId); }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isWaitingToRetry() const { return m_retry.isActive(); }
    [[nodiscard]] QString connectionId() const;
    [[nodiscard]] HubTransport transport() const { return m_transport; }
    [[nodiscard]] WireFormat format() const { return m_protocol ? m_protocol->format() : m_options.format; }
    [[nodiscard]] Error lastError() const { return m_lastError; }
    [[nodiscard]] qsizetype waitingBytes() const { return m_session ? m_session->waitingBytes() : 0; }

private:
    void setState(State state);
    void attempt();
    void attempted(Result<EstablishedHub> result);
    void connected(EstablishedHub hub);
    /// Tries again by the policy, or gives up.
    void retryAfter(const Error &why);
    void giveUp(const Error &why);
    void dropConnector();
    void dropSession();

    [[nodiscard]] Result<void> transmit(const QByteArray &record);
    [[nodiscard]] QByteArray invocation(QLatin1StringView method, QByteArrayView arguments, const QByteArray &id,
                                        const std::vector<QByteArray> &uploads, bool isStream) const;
    void take(const HubMessage &message);
    void takeInvocation(const InvocationMessage &message);
    void sessionEnded(const Error &why, bool mayReconnect);
    void loseCalls(const Error &why);

    HubConnection &m_owner;
    const HubOptions m_options;
    Scheduler &m_scheduler;
    std::unique_ptr<QNetworkAccessManager> m_ownNetwork;
    QNetworkAccessManager &m_network;
    State m_state = State::Disconnected;
    Error m_lastError;
    HubCalls m_calls;
    std::set<QByteArray> m_uploads; ///< handed to a call and not ended
    quint64 m_lastId = 0;
    const HubProtocol *m_protocol = nullptr; ///< of the present or last session
    HubTransport m_transport = HubTransport::WebSockets;

    std::unique_ptr<HubConnector> m_connector; ///< while an attempt is under way
    std::unique_ptr<HubSession> m_session;
    Alarm m_retry;
    qsizetype m_attempts = 0; ///< failed or short-lived ones in a row
    std::chrono::steady_clock::time_point m_connectedAt;
    bool m_wasConnected = false; ///< since start()
    bool m_isStopping = false;
    std::optional<Promise<void>> m_starting;
    std::vector<Promise<void>> m_stopping;
};

} // namespace Tertulia::Client
