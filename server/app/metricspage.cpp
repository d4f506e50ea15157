// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/metricspage.h"

#include <QFile>

#include <unistd.h>

namespace Tertulia::Server {

namespace {

class Page
{
public:
    void counter(const char *name, const char *help, quint64 value) { add(name, help, "counter", value); }
    void gauge(const char *name, const char *help, quint64 value) { add(name, help, "gauge", value); }
    [[nodiscard]] QByteArray &text() { return m_text; }

private:
    void add(const char *name, const char *help, const char *type, quint64 value)
    {
        m_text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name);
        m_text.append(' ').append(type).append('\n').append(name).append(' ').append(QByteArray::number(value));
        m_text.append('\n');
    }
    QByteArray m_text;
};

quint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toULongLong() * quint64(::sysconf(_SC_PAGESIZE));
}

} // namespace

QByteArray metricsPage(const MetricsSample &sample, const RequestMetrics &requests)
{
    Page page;
    page.text() += "# HELP tertulia_build_info The version that runs.\n# TYPE tertulia_build_info gauge\n"
                   "tertulia_build_info{version=\"" TERTULIA_VERSION "\"} 1\n";
    page.gauge("tertulia_uptime_seconds", "Seconds since the start.", quint64(sample.uptime.count()));
    page.gauge("tertulia_resident_memory_bytes", "Resident memory of the process.", residentBytes());
    page.counter("tertulia_connections_accepted_total", "Connections that were let in.", sample.door.accepted);
    page.counter("tertulia_connections_refused_total", "Connections turned away by a limit.", sample.door.refused);
    page.gauge("tertulia_connections_open", "Connections open now.", sample.door.open);
    page.gauge("tertulia_websockets_open", "WebSockets open now.", sample.door.webSockets);
    page.gauge("tertulia_request_body_bytes_held", "Request bodies in memory now.", sample.door.bodyBytesHeld);
    page.counter("tertulia_requests_total", "HTTP requests of every kind.", sample.door.requests);
    page.gauge("tertulia_hub_connections", "Hub connections now, over all transports.", quint64(sample.hubConnections));
    page.gauge("tertulia_users_online", "People with a presence connection.", sample.onlineUsers);
    page.gauge("tertulia_store_writable", "1 while the store takes writes.", sample.isWritable ? 1 : 0);
    page.counter("tertulia_store_commits_total", "Commits.", sample.store.commits);
    page.counter("tertulia_store_write_units_total", "Units of work that wrote.", sample.store.writeUnits);
    page.counter("tertulia_store_failed_units_total", "Units of work that were rolled back.", sample.store.failedUnits);
    page.counter("tertulia_store_read_units_total", "Units of work that read.", sample.store.readUnits);
    page.gauge("tertulia_store_queued_writes", "Writes that wait.", sample.store.queuedWrites);
    page.gauge("tertulia_store_queued_reads", "Reads that wait.", sample.store.queuedReads);
    page.gauge("tertulia_store_wal_frames", "Frames in the write-ahead log.", quint64(sample.store.walFrames));
    requests.write(page.text());
    return page.text();
}

} // namespace Tertulia::Server
