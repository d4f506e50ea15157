// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/bodybudget.h"
#include "net/exchange.h"

namespace Tertulia::Server {

class Doorway;
struct DoorShared;
class HttpProtocol;

/// The Exchange that an HttpProtocol hands to the RequestHandler. Outlives the connection if somebody keeps it; then
/// it leads nowhere.
class HttpExchange final : public Exchange
{
public:
    HttpExchange(HttpProtocol &protocol, Doorway &door, RequestHead head);
    ~HttpExchange() override;

    [[nodiscard]] const RequestHead &head() const override { return m_head; }
    [[nodiscard]] const QByteArray &body() const override { return m_body; }
    [[nodiscard]] QString bodyFile() const override { return m_bodyFile; }
    [[nodiscard]] std::shared_ptr<AdmittedRequest> takeAdmitted() override { return std::move(m_admitted); }
    [[nodiscard]] NetworkThread &thread() const override;
    [[nodiscard]] bool isAlive() const override { return m_protocol != nullptr; }
    void setOnClosed(Task onClosed) override;
    void endWithPeer() override;
    [[nodiscard]] bool isPeerThere() const override;
    void respond(Response response) override;
    void startStream(Response head, Task onDrained) override;
    SendResult write(const QByteArray &bytes) override;
    void finish() override;
    WebSocket *acceptWebSocket(std::unique_ptr<WebSocketHandler> handler) override;

    // For HttpProtocol:
    void setAdmitted(std::shared_ptr<AdmittedRequest> admitted) { m_admitted = std::move(admitted); }
    void setBody(QByteArray body, BodyShare share);
    void setBodyFile(QString path) { m_bodyFile = std::move(path); }
    void detach(); ///< the answer is complete
    void connectionClosed(); ///< the client went away before it was
    void streamDrained();
    [[nodiscard]] bool endsWithPeer() const { return m_endsWithPeer; }

private:
    enum class State : quint8 { Owed, Streaming, Done };

    std::shared_ptr<DoorShared> m_shared; ///< before m_bodyShare, which gives back to it
    NetworkThread &m_thread;
    HttpProtocol *m_protocol; ///< null: the connection is gone, or has gone on
    RequestHead m_head;
    std::shared_ptr<AdmittedRequest> m_admitted;
    QByteArray m_body;
    BodyShare m_bodyShare;
    QString m_bodyFile;
    Task m_onClosed;
    Task m_onDrained;
    State m_state = State::Owed;
    bool m_endsWithPeer = false;
};

} // namespace Tertulia::Server
