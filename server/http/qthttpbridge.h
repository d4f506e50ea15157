// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/qthttpcompat.h"
#include "http/reply.h"
#include "net/exchange.h"

#include <memory>
#include <vector>

namespace Tertulia::Server {

class VirtualSocket;

/// QtHttpServer as the HTTP server of one network thread, away from any network: it makes answers of what handlers say
/// (docs/decisions/0060-qthttpserver-behind-the-front-door.md). It finds no route, the RouteTable does (0119).
///
/// Each request that QtHttpServer has not answered yet has a pooled VirtualSocket. QtHttpServer is given the same
/// request line for each: handlers take the checked head and body from the Exchange, so nothing a stranger wrote is
/// parsed twice. Answers are handed on at the end of the thread's turn, never from inside a write of QtHttpServer. A
/// client that hangs up is not QtHttpServer's business: its answer is thrown away by the exchange.
class QtHttpBridge
{
public:
    /// Called on the network thread, for each request; answers now or later.
    using Handler = std::function<void(std::shared_ptr<Exchange> exchange, Reply::Responder responder)>;
    /// Sees each answer on its way out.
    using Finisher = std::function<void(Exchange &exchange, Response &response)>;

    QtHttpBridge(NetworkThread &thread, Handler handler, Finisher finisher);
    QtHttpBridge(const QtHttpBridge &) = delete;
    QtHttpBridge &operator=(const QtHttpBridge &) = delete;
    ~QtHttpBridge();

    void handle(std::shared_ptr<Exchange> exchange);

    [[nodiscard]] qsizetype socketCount() const { return qsizetype(m_slots.size()); }

private:
    class Door;
    struct Slot;
    struct Answer;

    [[nodiscard]] Slot &takeSlot();
    void begin(QHttpServerResponder responder);
    void release(Slot &slot);
    void noteFinished(Slot &slot);
    void takeAnswer(Slot &slot);
    void deliverLater();
    void deliver();

    NetworkThread &m_thread;
    Handler m_handler;
    Finisher m_finisher;
    QtHttpCompat::CatchAll m_server;
    Door *m_door = nullptr; // owned by m_server
    std::vector<std::unique_ptr<Slot>> m_slots;
    std::vector<Slot *> m_idle;
    std::vector<Slot *> m_finished; // their answers are to be taken
    std::vector<Answer> m_answers; // to be delivered
    Slot *m_fed = nullptr; // the one that QtHttpServer reads now, unless it has answered
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); // end-of-turn tasks may outlive this
};

} // namespace Tertulia::Server
