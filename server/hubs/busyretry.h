// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace Tertulia {
struct Error;
}

namespace Tertulia::Server {

class HubConnectionContext;

/// Connections whose part the store refused because it was busy: what a hub tells them of its own accord must not be
/// lost for good, since nobody asks again. They are looked after once more a second later, all by one timer, until the
/// store takes it or they have gone. Each hub object has one; its thread only.
class BusyRetry
{
public:
    using Ask = std::function<void(HubConnectionContext &)>;

    /// @param ask what is tried again; it may end in later()
    explicit BusyRetry(Ask ask)
        : m_ask(std::move(ask))
    {
    }
    BusyRetry(const BusyRetry &) = delete;
    BusyRetry &operator=(const BusyRetry &) = delete;

    /// Puts the connection on the list if `why` will pass.
    void later(HubConnectionContext &connection, const Error &why);

private:
    void askAgain();

    const Ask m_ask;
    std::vector<std::weak_ptr<HubConnectionContext>> m_waiting; ///< each once: it asks again after an answer only
};

} // namespace Tertulia::Server
