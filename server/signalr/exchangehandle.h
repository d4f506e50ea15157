// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "net/networkthread.h"

namespace Tertulia::Server {

/// The right to answer an exchange from any thread: successive polls and POSTs of one connection come in on whatever
/// network thread their sockets live on. Move-only; the exchange is touched, and let go of, on its own thread.
class ExchangeHandle
{
public:
    ExchangeHandle() = default;
    explicit ExchangeHandle(std::shared_ptr<Exchange> exchange)
        : m_thread(&exchange->thread())
        , m_exchange(std::move(exchange))
    {
    }
    ExchangeHandle(ExchangeHandle &&other) noexcept
        : m_thread(other.m_thread)
        , m_exchange(std::move(other.m_exchange))
    {
    }
    ExchangeHandle &operator=(ExchangeHandle &&other) noexcept
    {
        if (this != &other) {
            release();
            m_thread = other.m_thread;
            m_exchange = std::move(other.m_exchange);
        }
        return *this;
    }
    ~ExchangeHandle() { release(); }

    [[nodiscard]] explicit operator bool() const { return m_exchange != nullptr; }
    void respond(Response response)
    {
        if (!m_exchange)
            return;
        if (m_thread->isCurrent()) {
            std::exchange(m_exchange, nullptr)->respond(std::move(response));
            return;
        }
        m_thread->post([exchange = std::exchange(m_exchange, nullptr), response = std::move(response)]() mutable {
            exchange->respond(std::move(response));
        });
    }
    void respond(int status, QByteArray body = {}, QByteArray contentType = {})
    {
        Response response;
        response.status = status;
        response.contentType = std::move(contentType);
        response.body = std::move(body);
        respond(std::move(response));
    }

    /// Answers if the client is there to take it. @param settled is called on `home`, which is the present thread: at
    /// once where the exchange lives there too
    void respondIfPresent(Response response, NetworkThread &home, MoveFunction<void(bool taken)> settled)
    {
        const auto attempt = [](Exchange &exchange, Response &answer) {
            const bool isThere = exchange.isPeerThere();
            if (isThere)
                exchange.respond(std::move(answer));
            return isThere;
        };
        const auto exchange = std::exchange(m_exchange, nullptr);
        if (!exchange || m_thread->isCurrent()) {
            settled(exchange && attempt(*exchange, response));
            return;
        }
        m_thread->post(
            [exchange, attempt, response = std::move(response), &home, settled = std::move(settled)]() mutable {
                const bool taken = attempt(*exchange, response);
                home.post([settled = std::move(settled), taken]() mutable { settled(taken); });
            });
    }

private:
    void release()
    {
        if (m_exchange && !m_thread->isCurrent())
            m_thread->post([exchange = std::move(m_exchange)] {});
        m_exchange.reset();
    }

    NetworkThread *m_thread = nullptr;
    std::shared_ptr<Exchange> m_exchange; // shared with the front door, which owns the request
};

} // namespace Tertulia::Server
