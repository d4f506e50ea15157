// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/doorway.h"

#include "net/diskwriter.h"
#include "net/httpprotocol.h"

#include "base/logging.h"
#include "base/random.h"

#include <ctime>

namespace Tertulia::Server {

DoorShared::DoorShared(NetSettings netSettings)
    : settings(std::move(netSettings))
    , threads(std::max(1, settings.threads > 0 ? settings.threads : QThread::idealThreadCount()))
    , proxies(settings.trustedProxies)
    , limits(settings.maxConnectionsPerAddress, settings.maxNewConnectionsPerAddressPerMinute)
    , bodyBudget({settings.maxBodyBytesTotal, settings.maxBodyBytesPerNetwork, settings.maxBodyBytesPerPerson})
{
    for (const QString &origin : settings.corsOrigins)
        m_corsOrigins.push_back(origin.toUtf8());
    if (!settings.uploadFolder.isEmpty())
        disk = std::make_unique<DiskWriter>();
}

DoorShared::~DoorShared() = default;

std::shared_ptr<TlsContext> DoorShared::tls() const
{
    const std::lock_guard lock(m_tlsMutex);
    return m_tls;
}

void DoorShared::setTls(std::shared_ptr<TlsContext> context)
{
    const std::lock_guard lock(m_tlsMutex);
    m_tls = std::move(context);
}

bool DoorShared::isCorsOrigin(QByteArrayView origin) const
{
    return settings.anyCorsOrigin
        || std::any_of(m_corsOrigins.begin(), m_corsOrigins.end(),
                       [&](const QByteArray &allowed) { return allowed == origin; });
}

void DoorShared::noteTrouble(RequestOrigin::Trouble trouble, const NetAddress &socketPeer)
{
    if (trouble == RequestOrigin::Trouble::None || m_troubleTold.at(static_cast<size_t>(trouble)).exchange(true))
        return;
    if (trouble == RequestOrigin::Trouble::NoAddress) {
        qCWarning(logNet,
                  "The trusted proxy %ls passes requests on without their clients' addresses: all its people share one "
                  "address and its limits. Let it set X-Forwarded-For. (Its own health checks are no reason to worry.)",
                  qUtf16Printable(socketPeer.toHostAddress().toString()));
        return;
    }
    qCWarning(
        logNet,
        "A request from this machine looks passed on by a proxy, or came under another name than localhost: it is "
        "not taken for local, so limits hold and /metrics wants its token. Name the proxy in "
        "server.trusted_proxies and let it set X-Forwarded-For.");
}

Doorway::Doorway(NetworkThread &thread, std::shared_ptr<DoorShared> shared)
    : m_thread(thread)
    , m_shared(std::move(shared))
    , m_idPrefix(randomToken(6) + '-')
    , m_backlog(
          thread, [this] { return settings().maxBacklogBytesTotal / m_shared->threads; }, [this] { closeSlowest(); })
{
}

Doorway::~Doorway() = default;

void Doorway::adopt(int fd, const NetAddress &peer, bool tls, bool counted)
{
    std::unique_ptr<TlsSession> session;
    if (tls) {
        const auto context = m_shared->tls();
        session = context ? TlsSession::accept(*context, fd) : nullptr;
    }
    auto connection = std::make_unique<Connection>(*this, fd, peer, std::move(session), counted);
    connection->next = m_first;
    if (m_first)
        m_first->previous = connection.get();
    m_first = connection.get();
    Connection &adopted = *connection.release();
    adopted.setProtocol(std::make_unique<HttpProtocol>(adopted));
    if (m_shuttingDown || (tls && !adopted.isTls()) || !core().add(fd, adopted))
        adopted.closeNow();
}

void Doorway::remove(Connection &connection)
{
    (connection.previous ? connection.previous->next : m_first) = connection.next;
    if (connection.next)
        connection.next->previous = connection.previous;
    connection.previous = connection.next = nullptr;
    if (connection.isCounted())
        m_shared->limits.giveBack(connection.peer());
    m_load.fetch_sub(1, std::memory_order_relaxed);
    m_shared->open.fetch_sub(1, std::memory_order_relaxed);
    core().dispose(std::unique_ptr<Disposable>(&connection));
}

void Doorway::shutDown()
{
    if (std::exchange(m_shuttingDown, true))
        return;
    if (m_handler)
        m_handler->shutDown();
    for (Connection *connection = m_first; connection;) {
        Connection *const following = connection->next;
        if (connection->protocol())
            connection->protocol()->onShutDown();
        connection = following;
    }
}

void Doorway::closeSlowest()
{
    // A large answer to somebody who reads is no harm, and a small one that nobody takes is little: both count.
    std::vector<std::pair<qint64, Connection *>> waiting;
    for (Connection *connection = m_first; connection; connection = connection->next) {
        if (connection->backlog() > 0)
            waiting.emplace_back(connection->backlog() * (connection->stalledMs() + 1), connection);
    }
    size_t closed = 0;
    m_backlog.relieve(std::move(waiting), [this, &closed](Connection &connection) {
        countOverflow();
        connection.abort();
        ++closed;
    });
    if (closed > 0) {
        qCInfo(logNet, "%zu connections are closed, their clients read too slowly: limits.backlog_bytes_total", closed);
    }
}

void Doorway::closeAll()
{
    while (m_first)
        m_first->closeNow();
}

void Doorway::end()
{
    m_shuttingDown = true;
    closeAll();
    m_handler.reset();
}

QByteArray Doorway::nextRequestId()
{
    return m_idPrefix + QByteArray::number(++m_lastId, 36);
}

const QByteArray &Doorway::date()
{
    const std::time_t now = std::time(nullptr);
    if (now != m_dateSecond) {
        m_dateSecond = now;
        std::tm parts{};
        ::gmtime_r(&now, &parts);
        static constexpr std::array<const char *, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array<const char *, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        m_date = QString::asprintf("%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<size_t>(parts.tm_wday)],
                                   parts.tm_mday, months[static_cast<size_t>(parts.tm_mon)], parts.tm_year + 1900,
                                   parts.tm_hour, parts.tm_min, parts.tm_sec)
                     .toLatin1();
    }
    return m_date;
}

} // namespace Tertulia::Server
