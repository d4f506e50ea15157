// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "net/networkthread.h"

#include <QFuture>
#include <QHttpServer>
#include <QHttpServerResponse>

#include <memory>

namespace Tertulia::Server {

class VirtualSocket;

/// QtHttpServer as the router and response class of one network thread, away from any network
/// (docs/decisions/0060-qthttpserver-behind-the-front-door.md).
///
/// Each request that QtHttpServer has not answered yet has a pooled VirtualSocket. QtHttpServer is given a request line
/// only: handlers take the checked head and body from the Exchange, so nothing a stranger wrote is parsed twice.
/// Answers are handed on at the end of the thread's turn, never from inside a write of QtHttpServer. A client that
/// hangs up is not QtHttpServer's business: its answer is thrown away by the exchange.
class QtHttpBridge
{
public:
    using Future = QFuture<QHttpServerResponse>;
    /// Called on the network thread with the exchange and what the path's placeholders matched.
    using Handler = std::function<Future(const std::shared_ptr<Exchange> &exchange, QStringList arguments)>;
    using Missing = std::function<QHttpServerResponse(Exchange &exchange)>;
    /// Sees each answer on its way out.
    using Finisher = std::function<void(Exchange &exchange, Response &response)>;

    QtHttpBridge(NetworkThread &thread, Missing missing, Finisher finisher);
    QtHttpBridge(const QtHttpBridge &) = delete;
    QtHttpBridge &operator=(const QtHttpBridge &) = delete;
    ~QtHttpBridge();

    /// @param path with at most two placeholders {…}; matched without case, first added first tried
    void addRoute(QHttpServerRequest::Method method, QLatin1StringView path, Handler handler);
    /// HEAD is routed as GET; the front door leaves its body out.
    void handle(std::shared_ptr<Exchange> exchange);

    [[nodiscard]] qsizetype socketCount() const { return qsizetype(m_slots.size()); }

private:
    class Door;
    struct Slot;
    struct Answer;

    [[nodiscard]] Slot &takeSlot();
    void release(Slot &slot);
    void noteFinished(Slot &slot);
    void takeAnswer(Slot &slot);
    void deliverLater();
    void deliver();

    NetworkThread &m_thread;
    Missing m_missing;
    Finisher m_finisher;
    QHttpServer m_server;
    Door *m_door = nullptr; // owned by m_server
    std::vector<std::unique_ptr<Slot>> m_slots;
    std::vector<Slot *> m_idle;
    std::vector<Slot *> m_finished; // their answers are to be taken
    std::vector<Answer> m_answers; // to be delivered
    Slot *m_fed = nullptr; // the one that QtHttpServer reads now, unless it has answered
    std::shared_ptr<Exchange> m_current; // the exchange whose request QtHttpServer is routing now
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); // end-of-turn tasks may outlive this
};

} // namespace Tertulia::Server
