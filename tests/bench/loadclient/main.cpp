// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// loadclient --scenario NAME --server 127.0.0.1:PORT --pid PID --dialect D …: one scenario against one server; prints
// one line of JSON. tests/bench/run.py starts it; tests/bench/README.md says what the scenarios are.

#include "loadclient/crowd.h"

#include <map>

int main(int argc, char **argv)
{
    using namespace Tertulia::Bench;
    const Options options(argc, argv);
    static const std::map<std::string, void (*)(const Options &)> scenarios{
        {"echo", runEcho}, {"fanout", runFanout}, {"direct", runDirect}, {"idle", runIdle}, {"get", runGet}};
    const auto scenario = scenarios.find(options.text("scenario"));
    if (scenario == scenarios.end())
        fail("--scenario is one of echo, fanout, direct, idle, get");
    scenario->second(options);
    return 0;
}
