// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/bodybudget.h"
#include "net/connection.h"
#include "net/connectionlimits.h"
#include "net/netsettings.h"
#include "net/requestorigin.h"
#include "net/threadbudget.h"
#include "net/threadcore.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>

namespace Tertulia::Server {

class DiskWriter;

/// What all threads of one FrontDoor share. Exchanges that somebody still keeps hold it, also after the FrontDoor's
/// end.
struct DoorShared
{
    explicit DoorShared(NetSettings netSettings);
    ~DoorShared();

    [[nodiscard]] std::shared_ptr<TlsContext> tls() const;
    void setTls(std::shared_ptr<TlsContext> context);
    [[nodiscard]] bool isCorsOrigin(QByteArrayView origin) const;

    const NetSettings settings;
    const int threads; ///< how many there are
    const TrustedProxies proxies;
    ConnectionLimits limits;
    BodyBudget bodyBudget;
    std::unique_ptr<DiskWriter> disk; ///< null without an uploadFolder
    /// Tells the operator, once of each kind. Any thread.
    void noteTrouble(RequestOrigin::Trouble trouble, const NetAddress &socketPeer);
    std::atomic<quint64> accepted = 0, refused = 0, open = 0, requests = 0, webSockets = 0, overflows = 0;

private:
    std::vector<QByteArray> m_corsOrigins;
    std::array<std::atomic<bool>, 3> m_troubleTold{};
    mutable std::mutex m_tlsMutex;
    std::shared_ptr<TlsContext> m_tls;
};

/// One network thread's part of the front door: its connections and its RequestHandler. On its thread only, except
/// load() and the construction.
class Doorway
{
public:
    Doorway(NetworkThread &thread, std::shared_ptr<DoorShared> shared);
    ~Doorway();
    Doorway(const Doorway &) = delete;
    Doorway &operator=(const Doorway &) = delete;

    void setHandler(std::unique_ptr<RequestHandler> handler) { m_handler = std::move(handler); }
    /// Takes over an accepted descriptor.
    void adopt(int fd, const NetAddress &peer, bool tls, bool counted);
    void shutDown(); ///< graceful: idle connections go, the handler is told, the rest ends by itself
    void closeAll(); ///< at once
    void end(); ///< closeAll, then the handler is destroyed: before the thread ends
    void remove(Connection &connection); ///< by Connection::closeNow

    /// Any thread: connections here or on their way here; the acceptor gives to the least loaded.
    [[nodiscard]] std::atomic<int> &load() { return m_load; }

    [[nodiscard]] NetworkThread &thread() const { return m_thread; }
    [[nodiscard]] NetworkThread::Private &core() const { return m_thread.internals(); }
    [[nodiscard]] DoorShared &shared() const { return *m_shared; }
    [[nodiscard]] const std::shared_ptr<DoorShared> &sharedPtr() const { return m_shared; }
    [[nodiscard]] const NetSettings &settings() const { return m_shared->settings; }
    [[nodiscard]] RequestHandler &handler() const { return *m_handler; }
    [[nodiscard]] bool isShuttingDown() const { return m_shuttingDown; }
    [[nodiscard]] QByteArray nextRequestId();
    [[nodiscard]] const QByteArray &date(); ///< IMF-fixdate of this second
    void countOverflow() { m_shared->overflows.fetch_add(1, std::memory_order_relaxed); }
    /// Output waits for the connections here, so many bytes more. When it is too much, the slowest are closed soon.
    void backlogChanged(qint64 difference) { m_backlog.changed(difference); }

private:
    void closeSlowest();

    NetworkThread &m_thread;
    std::shared_ptr<DoorShared> m_shared;
    std::unique_ptr<RequestHandler> m_handler;
    Connection *m_first = nullptr;
    std::atomic<int> m_load = 0;
    QByteArray m_idPrefix;
    quint64 m_lastId = 0;
    ThreadBudget m_backlog;
    QByteArray m_date;
    qint64 m_dateSecond = -1;
    bool m_shuttingDown = false;
};

} // namespace Tertulia::Server
