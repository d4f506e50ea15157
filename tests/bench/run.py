#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the scenarios of tests/bench and writes docs/performance.md. Started by scripts/bench, which builds first.

Each round starts every server of a scenario afresh, one after another, so that whatever else the machine does meets all
of them. Server and load client have one core each. The figure is the CPU time of the server process for one operation;
the table has medians over the rounds and ratios of medians.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = ROOT / "build/release/bin"
PEERS = ROOT / "tests/bench/peers"
PAGE = ROOT / "docs/performance.md"
TEXT = '"the tide comes in and the boats lift from the sand one after another the tide comes in and the boats l"'
GROUP = ["--join", "Join", "--publish-arguments", f'"bench",{TEXT}']
UNLIMITED = ["--set", "limits.send_per_10_seconds=100000000", "--set", "limits.send_per_minute=100000000",
             "--set", "limits.lists_per_10_seconds=1000000", "--set", "limits.history_per_10_seconds=1000000",
             "--set", "hubs.connections_per_person=1000000"]


class Server:
    """A server process, pinned to the first core; ready when it says where it listens."""

    def __init__(self, command, pinned=True):
        self.log = tempfile.TemporaryFile("w+")
        self.started = time.monotonic()
        self.process = subprocess.Popen((["taskset", "-c", "0"] if pinned else []) + [str(c) for c in command],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=ROOT)
        line = self.process.stdout.readline()
        self.ready = time.monotonic() - self.started
        if not line.startswith("listening on "):
            self.log.seek(0)
            raise SystemExit(f"{command[0]} did not start: {line}{self.log.read()}")
        self.url = line.split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def pss(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
        return 0


class Bench:
    def __init__(self, options):
        self.options = options
        self.seconds = 1 if options.quick else options.seconds
        self.rounds = 1 if options.quick else options.rounds
        self.results = {}
        self.data = pathlib.Path(options.data or ROOT / "build/bench-data")
        self.small, self.big = self.data / "small", self.data / "big"
        self.messages, self.conversations = (100_000, 1_000) if options.quick else (1_000_000, 10_000)

    # --- servers

    def tertulia(self, folder=None):
        return [BIN / "tertulia-server", "--data-dir", folder or self.small, "--listen", "127.0.0.1:0", *UNLIMITED]

    def node(self, name, *arguments):
        return ["node", PEERS / name, *arguments]

    def signalr(self):
        return [ROOT / "build/peers/signalr/SignalR"]

    def peers(self, hub, floor=None, ws=None, socketio=None, signalr=None):
        """The servers of a scenario that are there, with the load client's options for each."""
        found = {"tertulia hub": ([BIN / "benchhub"], ["--path", "/bench", *hub])}
        if floor is not None:
            found["floor"] = ([BIN / "bench_floor"], ["--dialect", "plain", *floor])
        if ws is not None and (PEERS / "node_modules/ws").exists():
            found["ws"] = (self.node("ws.mjs"), ["--dialect", "plain", *ws])
        if socketio is not None and (PEERS / "node_modules/socket.io").exists():
            found["socket.io"] = (self.node("socketio.mjs"), ["--dialect", "socket.io", *socketio])
        if signalr is not None and self.signalr()[0].exists():
            found["SignalR"] = (self.signalr(), ["--path", "/bench", *signalr])
        return found

    # --- running

    def client(self, server, scenario, arguments):
        command = ["taskset", "-c", "1" if (os.cpu_count() or 1) > 1 else "0", str(BIN / "loadclient"), "--scenario",
                   scenario, "--server", server.url, "--pid", str(server.process.pid), *map(str, arguments)]
        done = subprocess.run(command, text=True, capture_output=True, timeout=180, check=False)
        if done.returncode != 0:
            print(f"   failed: {done.stderr.strip()[:300]}", file=sys.stderr)
            return None
        return json.loads(done.stdout)

    def compare(self, title, scenario, servers, arguments=(), rounds=None):
        runs = {name: [] for name in servers}
        for number in range(rounds or self.rounds):
            for name, (command, options) in servers.items():
                more = options() if callable(options) else options
                with Server(command) as server:
                    found = self.client(server, scenario, ["--seconds", self.seconds, *arguments, *more])
                if found:
                    runs[name].append(found)
                    print(f"   {title}, round {number + 1}, {name}: {found['cpuMicroseconds']:.1f} us, "
                          f"{found['perSecond']:.0f}/s", flush=True)
        self.results[title] = {name: {key: statistics.median(run[key] for run in found) for key in found[0]}
                               for name, found in runs.items() if found}

    def echo(self):
        self.compare("echo", "echo", self.peers([], floor=[], ws=[], socketio=[], signalr=[]))

    def fanout(self):
        publish = ["--publisher-path", "/publish"]
        self.compare("fanout", "fanout", self.peers(GROUP, floor=publish, ws=publish, socketio=GROUP, signalr=GROUP))

    def direct_servers(self, ours, peers):
        servers = {"tertulia": (self.tertulia(), ours)}
        if (PEERS / "node_modules/better-sqlite3/build/Release").exists():
            folder = tempfile.mkdtemp(dir=self.data)
            servers["socket.io + better-sqlite3"] = (self.node("socketio.mjs", "--data", folder), peers)
        return servers

    def direct(self):
        pairs = self.pairs()
        users = self.data / "users.txt"
        users.write_text("".join(f"- - pair{i}\n" for i in range(len(pairs))))
        ours = ["--pairs", self.small / "pairs.txt", "--path", "/hubs/chat", "--join", "JoinConversation"]
        peers = ["--dialect", "socket.io", "--pairs", users, "--path", "/chat?user=u{n}", "--join", "Join"]
        servers = self.direct_servers(ours, peers)
        self.compare("direct", "direct", servers)
        self.compare("direct2000", "direct", servers, ["--rate", 2000])

    def lone(self):
        """One message after the other, each alone on its way, beside what this disk takes to keep a page."""
        users = self.data / "lone.txt"
        users.write_text((self.small / "pairs.txt").read_text().splitlines()[0] + "\n")
        ours = ["--pairs", users, "--path", "/hubs/chat", "--join", "JoinConversation", "--rate", 50]
        self.compare("lone", "direct", {"tertulia": (self.tertulia(), ours)})
        # An idle disk (and an idle core) answers later than a busy one: each figure is held against its own.
        self.results["disk"] = {name: {"latencyP50": self.sync_microseconds(pause)}
                                for name, pause in (("lone", 0.02), ("busy", 0))}
        print("   fdatasync:", {name: round(found["latencyP50"]) for name, found in self.results["disk"].items()},
              flush=True)

    def sync_microseconds(self, pause):
        """The median time of one fdatasync behind a page that is written over, where the databases are."""
        page, times = os.urandom(4096), []
        file = os.open(self.data / "sync.probe", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            for number in range(250):
                os.pwrite(file, page, number % 100 * 4096)
                time.sleep(pause if number >= 100 else 0)
                begun = time.perf_counter_ns()
                os.fdatasync(file)
                if number >= 100:  # before, the file grew
                    times.append((time.perf_counter_ns() - begun) / 1000)
        finally:
            os.close(file)
            os.unlink(self.data / "sync.probe")
        return statistics.median(times)

    def pairs(self):
        return [line.split() for line in (self.small / "pairs.txt").read_text().splitlines()]

    def broadcast(self):
        one, two, conversation = self.pairs()[0]
        # A sender with one connection; the other one of the two with 500.
        tokens = self.data / "broadcast.txt"
        tokens.write_text(f"{one}\n{two}\n")

        def message(where):
            # New ids with each run: a repeated one is the same message, and delivered to nobody again.
            body = {"conversationId": where, "content": TEXT.strip('"'), "type": "text",
                    "clientMessageId": f"b{time.time_ns()}-" + "{n}"}
            return ["--subscribers", 500, "--event", "ReceiveMessage", "--publish", "SendMessage", "--window", 4,
                    "--publish-arguments", json.dumps(body, separators=(",", ":"))]
        def ours():
            return ["--path", "/hubs/chat", "--tokens", tokens, "--join", "JoinConversation", "--join-arguments",
                    json.dumps(conversation), *message(conversation)]

        def peers():
            return ["--dialect", "socket.io", "--path", "/chat?user=u", "--join", "Join", "--join-arguments", '"room"',
                    *message("room")]
        self.compare("broadcast", "fanout", self.direct_servers(ours, peers))

    def group(self):
        """A group of 5,000 with 1,000 of its members connected, beside a plain hub that sends to as many, and beside a
        direct conversation with one person."""
        tokens = (self.small / "group.txt").read_text().split()
        where = (self.small / "group-id.txt").read_text().strip()
        some = self.data / "group-tokens.txt"
        some.write_text("".join(f"{token}\n" for token in tokens[:1001]))
        one, two, conversation = self.pairs()[0]
        pair = self.data / "direct-tokens.txt"
        pair.write_text(f"{one}\n{two}\n")

        def ours(file, to):
            # New ids with each run: a repeated one is the same message, and delivered to nobody again.
            body = {"conversationId": to, "content": TEXT.strip('"'), "type": "text",
                    "clientMessageId": f"g{time.time_ns()}-" + "{n}"}
            return ["--path", "/hubs/chat", "--tokens", file, "--event", "ReceiveMessage", "--publish", "SendMessage",
                    "--answers", 1, "--publish-arguments", json.dumps(body, separators=(",", ":"))]

        def joined(file, to):
            return [*ours(file, to), "--join", "JoinConversation", "--join-arguments", json.dumps(to)]
        self.compare("group", "fanout", {
            "tertulia": (self.tertulia(), lambda: joined(some, where)),
            "not joined": (self.tertulia(), lambda: ours(some, where)),
            "plain hub": self.peers(GROUP)["tertulia hub"],
            "direct": (self.tertulia(), lambda: [*joined(pair, conversation), "--subscribers", 1])},
            ["--subscribers", 1_000])

    def idle(self):
        for count in (5_000, 15_000):
            count = count // 10 if self.options.quick else count
            ours = ["--path", "/hubs/chat", "--tokens", self.small / "tokens.txt", "--echo", "Ping",
                    "--echo-arguments", ""]
            servers = {"tertulia": (self.tertulia(), ours)}
            if (PEERS / "node_modules/socket.io").exists() and count <= 5_000:
                servers["socket.io"] = (self.node("socketio.mjs"), ["--dialect", "socket.io"])
            if self.signalr()[0].exists() and count <= 5_000:
                servers["SignalR"] = (self.signalr(), ["--path", "/bench"])
            self.compare(f"idle{count}", "idle", servers, ["--count", count], rounds=1)
        self.compare("alone", "idle", {"tertulia": (self.tertulia(), ours)}, ["--count", 1], rounds=1)

    def reader(self):
        return [line.split() for line in (self.big / "reader.txt").read_text().splitlines()]

    def get(self):
        reader = self.reader()
        token = reader[0][0]
        anywhere = self.data / "targets.txt"
        anywhere.write_text("".join(f"/api/Chat/messages?chatId={row[1]}&skip=0&take=50\n" for row in reader))
        long = f"/api/Chat/messages?chatId={reader[0][1]}&"
        wanted = {"messages": ["--target", long + "skip=0&take=50"],
                  "messages, 400,000 back": ["--target", long + f"skip={self.messages * 4 // 10}&take=50"],
                  "messages of any conversation": ["--targets", anywhere],
                  "conversations": ["--target", "/api/Chat/conversations?skip=0&take=50"]}
        for name, target in wanted.items():
            self.compare(name, "get", {"tertulia": (self.tertulia(self.big), ["--token", token, *target])})

    def start(self):
        times, rest = [], 0
        for _ in range(1 if self.options.quick else 5):
            with Server(self.tertulia(self.big), pinned=False) as server:
                times.append(server.ready * 1000)
        with Server(self.tertulia(self.big), pinned=False) as server:
            time.sleep(3 if self.options.quick else 20)
            rest = server.pss() / 1024
        self.results["start"] = {"tertulia": {"milliseconds": statistics.median(times), "restMb": rest}}
        print(f"   start: {times}, at rest {rest:.1f} MB", flush=True)

    # --- around it

    SCENARIOS = ("echo", "fanout", "direct", "lone", "broadcast", "group", "idle", "get", "start")

    def prepare(self, wanted):
        self.data.mkdir(parents=True, exist_ok=True)
        if {"direct", "lone", "broadcast", "group", "idle"} & set(wanted):
            shutil.rmtree(self.small, ignore_errors=True)
            self.make("--data-dir", self.small, "--people", 15_001, "--pairs", 100, "--group", 5_000)
        mark = f"{self.messages} {self.conversations} {platform.node()}"
        note = self.data / "big.txt"
        # Tokens live for a day.
        fresh = note.exists() and note.read_text() == mark and time.time() - note.stat().st_mtime < 80_000
        if {"get", "start"} & set(wanted) and not fresh:
            print(f"== Making {self.messages} messages", flush=True)
            shutil.rmtree(self.big, ignore_errors=True)
            self.make("--data-dir", self.big, "--conversations", self.conversations, "--messages", self.messages)
            note.write_text(mark)

    @staticmethod
    def make(*arguments):
        subprocess.run([BIN / "makedata", *map(str, arguments)], check=True)

    def run(self):
        wanted = self.options.only or list(self.SCENARIOS)
        self.prepare(wanted)
        for name in wanted:
            print(f"== {name}", flush=True)
            getattr(self, name)()


def machine():
    def output(*command):
        try:
            return subprocess.run(command, text=True, capture_output=True, check=True).stdout.strip().splitlines()[0]
        except (OSError, subprocess.CalledProcessError, IndexError):
            return "not there"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    release = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return (f"{os.cpu_count()} cores ({platform.machine()}, virtual), {memory:.0f} GB, {release}, Linux "
            f"{platform.release().split('-')[0]}, {output('g++', '--version')}, Node {output('node', '--version')}, "
            f".NET SDK {output('dotnet', '--version')}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="*", metavar="scenario", help=f"some of {', '.join(Bench.SCENARIOS)}")
    parser.add_argument("--quick", action="store_true", help="one round of one second and a small database; no page")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--data", help="where the databases are made (build/bench-data)")
    options = parser.parse_args()
    unknown = set(options.only) - set(Bench.SCENARIOS)
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}: there are {', '.join(Bench.SCENARIOS)}")
    bench = Bench(options)
    bench.run()
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    import report
    kept = bench.data / "results.json"
    results = json.loads(kept.read_text()) if kept.exists() and not options.quick else {}
    results.update(bench.results)
    if not options.quick:
        kept.write_text(json.dumps(results, indent=1))
        report.write(PAGE, results, machine())
    print(report.tables(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
