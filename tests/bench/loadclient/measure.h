// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace Tertulia::Bench {

using Clock = std::chrono::steady_clock;

/// Command line of the form `--name value`.
class Options
{
public:
    Options(int argc, char **argv);
    [[nodiscard]] std::string text(const std::string &name, const std::string &fallback = {}) const;
    [[nodiscard]] long number(const std::string &name, long fallback) const;
    [[nodiscard]] double seconds(const std::string &name, double fallback) const;

private:
    std::map<std::string, std::string> m_values;
};

/// What a process has used and holds, read from outside.
class Process
{
public:
    explicit Process(long pid)
        : m_pid(pid)
    {
    }
    /// CPU time of all its threads so far, user and system, in seconds.
    [[nodiscard]] double cpu() const;
    /// Resident and proportional memory in KB.
    [[nodiscard]] long residentKb() const;
    [[nodiscard]] long proportionalKb() const;

private:
    [[nodiscard]] long field(const char *file, std::string_view name) const;
    long m_pid;
};

/// Durations of one kind of operation.
class Latencies
{
public:
    void add(Clock::duration time) { m_values.push_back(std::chrono::duration<float, std::micro>(time).count()); }
    void clear() { m_values.clear(); }
    [[nodiscard]] size_t count() const { return m_values.size(); }
    /// Microseconds; 0 without values.
    [[nodiscard]] double percentile(double share);

private:
    std::vector<float> m_values;
};

/// The answer of a run: one line of JSON on standard output.
class Report
{
public:
    void add(const char *name, double value);
    void add(const std::string &prefix, Latencies &latencies);
    void print() const;

private:
    std::string m_text;
};

/// The measured part of a run: after a warm-up, for some seconds; counts and CPU time between the two.
class Window
{
public:
    Window(Process server, double warmUp, double seconds);
    /// Options: warm-up, seconds.
    Window(const Options &options, Process server)
        : Window(server, options.seconds("warm-up", 1), options.seconds("seconds", 3))
    {
    }
    /// @param milliseconds until the next border; for Poller::turn. @return false: the window is over
    [[nodiscard]] bool advance(int &milliseconds);
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void count(uint64_t operations = 1) { m_count += m_isOpen ? operations : 0; }
    [[nodiscard]] uint64_t operations() const { return m_count; }
    void report(Report &report) const;

private:
    Process m_server;
    Process m_self;
    Clock::duration m_length;
    Clock::time_point m_start; // of measuring
    Clock::time_point m_end;
    double m_cpu = 0;
    double m_ownCpu = 0;
    uint64_t m_count = 0;
    bool m_isOpen = false;
};

} // namespace Tertulia::Bench
