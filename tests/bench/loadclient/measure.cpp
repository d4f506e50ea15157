// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient/measure.h"

#include "wire/poller.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <ctime>
#include <unistd.h>

namespace Tertulia::Bench {

Options::Options(int argc, char **argv)
{
    for (int i = 1; i < argc; i += 2) {
        const std::string name = argv[i];
        if (!name.starts_with("--") || i + 1 >= argc)
            fail("not an option with a value: " + name);
        m_values[name.substr(2)] = argv[i + 1];
    }
}

std::string Options::text(const std::string &name, const std::string &fallback) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? fallback : found->second;
}

long Options::number(const std::string &name, long fallback) const
{
    const std::string value = text(name);
    return value.empty() ? fallback : std::strtol(value.c_str(), nullptr, 10);
}

double Options::seconds(const std::string &name, double fallback) const
{
    const std::string value = text(name);
    return value.empty() ? fallback : std::strtod(value.c_str(), nullptr);
}

double Process::cpu() const
{
    clockid_t clock{};
    timespec time{};
    // All threads, living and ended, to the nanosecond: the same figure as utime + stime of /proc/PID/stat.
    if (clock_getcpuclockid(pid_t(m_pid), &clock) != 0 || clock_gettime(clock, &time) != 0)
        fail("the server process is gone");
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

long Process::residentKb() const
{
    return field("status", "VmRSS:");
}

long Process::proportionalKb() const
{
    return field("smaps_rollup", "Pss:");
}

long Process::field(const char *file, std::string_view name) const
{
    std::ifstream in("/proc/" + std::to_string(m_pid) + "/" + file);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name))
            return std::strtol(line.c_str() + name.size(), nullptr, 10);
    }
    return 0;
}

double Latencies::percentile(double share)
{
    if (m_values.empty())
        return 0;
    const auto place = m_values.begin() + std::min(long(m_values.size()) - 1, long(share * double(m_values.size())));
    std::nth_element(m_values.begin(), place, m_values.end());
    return double(*place);
}

void Report::add(const char *name, double value)
{
    char number[64];
    std::snprintf(number, sizeof number, "%.6g", value);
    m_text += (m_text.empty() ? "\"" : ", \"") + std::string(name) + "\": " + number;
}

void Report::add(const std::string &prefix, Latencies &latencies)
{
    add((prefix + "P50").c_str(), latencies.percentile(0.50));
    add((prefix + "P99").c_str(), latencies.percentile(0.99));
    add((prefix + "Max").c_str(), latencies.percentile(1));
}

void Report::print() const
{
    std::printf("{%s}\n", m_text.c_str());
}

Window::Window(Process server, double warmUp, double seconds)
    : m_server(server)
    , m_self(::getpid())
    , m_length(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds)))
    , m_start(Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(warmUp)))
    , m_end(m_start + m_length)
{
}

bool Window::advance(int &milliseconds)
{
    const Clock::time_point now = Clock::now();
    if (!m_isOpen && now >= m_start) {
        m_isOpen = true;
        m_start = now;
        m_end = now + m_length;
        m_cpu = m_server.cpu();
        m_ownCpu = m_self.cpu();
    }
    const Clock::time_point border = m_isOpen ? m_end : m_start;
    milliseconds = int(std::chrono::ceil<std::chrono::milliseconds>(border - now).count());
    if (!m_isOpen || now < m_end)
        return true;
    m_end = now;
    m_cpu = m_server.cpu() - m_cpu;
    m_ownCpu = m_self.cpu() - m_ownCpu;
    return false;
}

void Window::report(Report &report) const
{
    const double seconds = std::chrono::duration<double>(m_end - m_start).count();
    const double operations = double(m_count);
    report.add("seconds", seconds);
    report.add("operations", operations);
    report.add("perSecond", operations / seconds);
    report.add("cpuMicroseconds", operations > 0 ? m_cpu * 1e6 / operations : 0);
    report.add("serverCore", m_cpu / seconds);
    report.add("clientCore", m_ownCpu / seconds);
}

} // namespace Tertulia::Bench
