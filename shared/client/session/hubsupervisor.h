// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/transport/hubconnection.h"
#include "client/transport/scheduler.h"

#include <QObject>

namespace Tertulia::Client {

class TokenKeeper;

/// Keeps one hub of an account connected for ever: gives it tokens, and starts it anew where HubConnection itself has
/// no hope. A refused token is renewed, which ends the session if the server says so (TokenKeeper::sessionEnded).
class HubSupervisor final : public QObject
{
    Q_OBJECT

public:
    enum class Status {
        Stopped,
        Connecting, ///< somebody waits for it: the first attempt, the first after a loss, one that was asked for
        Waiting, ///< attempts have failed; further ones are made from time to time
        Connected,
    };
    Q_ENUM(Status)

    /// @param scheduler null: real time
    HubSupervisor(const QUrl &hubUrl, TokenKeeper &tokens, Scheduler *scheduler = nullptr, QObject *parent = nullptr);
    ~HubSupervisor() override;

    void start();
    void stop();
    /// Tries now, if it is not connected.
    void retryNow();

    [[nodiscard]] HubConnection &hub() { return m_hub; }
    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] Error lastError() const { return m_lastError; }

Q_SIGNALS:
    void statusChanged(Tertulia::Client::HubSupervisor::Status status);

private:
    [[nodiscard]] HubOptions options(const QUrl &hubUrl, Scheduler *scheduler);
    [[nodiscard]] Future<QString> token();
    void begin();
    void ended(const Error &why);
    void stateChanged(HubConnection::State state);
    void waitingChanged(bool isWaiting);
    void setStatus(Status status);

    TokenKeeper &m_tokens;
    Scheduler &m_scheduler;
    HubConnection m_hub;
    Alarm m_restart;
    Status m_status = Status::Stopped;
    Error m_lastError;
    QString m_usedToken;
    std::chrono::steady_clock::time_point m_connectedAt;
    qsizetype m_restarts = 0; ///< in a row, without a connection that held
    bool m_isWanted = false;
    bool m_hasJustLost = false; ///< the wait that follows is the short one before the first new attempt
};

} // namespace Tertulia::Client
