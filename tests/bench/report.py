# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the tables of docs/performance.md from the results of tests/bench/run.py."""
import time

BEGIN, END = "<!-- results: begin, written by scripts/bench -->", "<!-- results: end -->"


def value(results, scenario, server, key):
    return results.get(scenario, {}).get(server, {}).get(key)


def ratio(results, scenario, server, to, key="cpuMicroseconds"):
    one, other = (value(results, scenario, name, key) for name in (server, to))
    return one / other if one and other else None


def targets(results):
    """Rows: what, measured, the bound, whether less is better, how to print."""
    def get(*path):
        return value(results, *path)
    fan = ("fanout", "tertulia hub")
    def in_syncs(microseconds, besides, disk):
        sync = get("disk", disk, "latencyP50")
        return (microseconds - besides) / sync if microseconds and sync else None
    return [
        ("fan-out to 1,000, CPU a delivery : raw epoll", ratio(results, *fan, "floor"), 1.3, True, "{:.2f} x"),
        ("fan-out to 1,000, CPU a delivery : npm `ws`", ratio(results, *fan, "ws"), 0.6, True, "{:.2f} x"),
        ("`Echo` through the hub, CPU : raw epoll", ratio(results, "echo", "tertulia hub", "floor"), 2.5, True,
         "{:.2f} x"),
        ("direct message, the whole way, CPU", get("direct", "tertulia", "cpuMicroseconds"), 80, True, "{:.1f} us"),
        ("direct messages with 200 clients", get("direct", "tertulia", "perSecond"), 12_000, False, "{:,.0f}/s"),
        ("direct messages at 2,000/s, p99", ms(get("direct2000", "tertulia", "latencyP99")), 20, True, "{:.1f} ms"),
        ("a lone message, the whole way, CPU", get("lone", "tertulia", "cpuMicroseconds"), 300, True, "{:.0f} us"),
        ("a lone message, p50 less 0.3 ms : fdatasync",
         in_syncs(get("lone", "tertulia", "latencyP50"), 300, "lone"), 1.2, True, "{:.2f} x"),
        ("direct messages at 2,000/s, p99 less 1 ms : fdatasync",
         in_syncs(get("direct2000", "tertulia", "latencyP99"), 1000, "busy"), 2.5, True, "{:.2f} x"),
        ("broadcast to 500, persisted", get("broadcast", "tertulia", "perSecond"), 60_000, False, "{:,.0f}/s"),
        ("group of 5,000, 1,000 connected, CPU a delivery : plain hub", ratio(results, "group", "tertulia", "plain hub"),
         1.15, True, "{:.2f} x"),
        ("the same, its sender's answer : a direct message's, p50",
         ratio(results, "group", "tertulia", "direct", "answerP50"), 1.5, True, "{:.2f} x"),
        ("idle connection, 5,000 of them, resident", get("idle5000", "tertulia", "residentKbEach"), 3, True,
         "{:.2f} KB"),
        ("idle connection, 15,000 of them, resident", get("idle15000", "tertulia", "residentKbEach"), 3, True,
         "{:.2f} KB"),
        ("`GET messages`, 50 of 1,000,000, CPU", get("messages", "tertulia", "cpuMicroseconds"), 250, True,
         "{:.0f} us"),
        ("`GET conversations`, 50 of 10,000, CPU", get("conversations", "tertulia", "cpuMicroseconds"), 400, True,
         "{:.0f} us"),
        ("start to ready, 1,000,000 messages", get("start", "tertulia", "milliseconds"), 150, True, "{:.0f} ms"),
        ("at rest, 1,000,000 messages, PSS", get("start", "tertulia", "restMb"), 30, True, "{:.1f} MB"),
    ]


def ms(microseconds):
    return microseconds / 1000 if microseconds is not None else None


def target_table(results):
    lines = ["| What | Measured | Target | |", "| --- | --- | --- | --- |"]
    for what, measured, bound, less, form in targets(results):
        if measured is None:
            continue
        met = measured <= bound if less else measured >= bound
        sign = "<=" if less else ">="
        lines.append(f"| {what} | {form.format(measured)} | {sign} {form.format(bound)} | {'met' if met else '**missed**'} |")
    return lines


def all_figures(results):
    lines = ["| Scenario | Server | CPU us/op | : ours | op/s | p50 ms | p99 ms | cores (server, client) |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for scenario, servers in results.items():
        first = next(iter(servers.values()), {})
        for name, found in servers.items():
            if not found.get("operations"):
                continue
            lines.append(f"| {scenario} | {name} | {found['cpuMicroseconds']:.1f} | "
                         f"{found['cpuMicroseconds'] / first['cpuMicroseconds']:.2f} | {found['perSecond']:,.0f} | "
                         f"{found['latencyP50'] / 1000:.2f} | {found['latencyP99'] / 1000:.2f} | "
                         f"{found['serverCore']:.2f}, {found['clientCore']:.2f} |")
    return lines


def idle_table(results):
    lines = ["| Idle connections | Server | resident KB each | PSS KB each | resident MB | opened in s |",
             "| --- | --- | --- | --- | --- | --- |"]
    for scenario, servers in results.items():
        for name, found in servers.items():
            if found.get("connections", 0) > 1:
                lines.append(f"| {found['connections']:,.0f} | {name} | {found['residentKbEach']:.2f} | "
                             f"{found['proportionalKbEach']:.2f} | {found['residentKb'] / 1024:.0f} | "
                             f"{found['openingSeconds']:.1f} |")
    return lines


def tables(results):
    parts = [target_table(results), all_figures(results), idle_table(results)]
    return "\n\n".join("\n".join(part) for part in parts if len(part) > 2)


def write(page, results, machine):
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\nTaken {time.strftime('%Y-%m-%d')} on {machine}\n\n{tables(results)}\n\n{END}{after}",
                    encoding="utf-8")
