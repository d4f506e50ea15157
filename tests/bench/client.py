#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop client costs, beside a bare window of Qt Quick Controls, in one run: called by scripts/bench-client.

Looks from outside, so that both are measured alike: a frame is a change of the screen's memory (Xvfb keeps it in a file),
keys and wheel go through XTEST. Only the times of single frames come from Qt's own log (qt.scenegraph.time.*).
"""
import argparse
import ctypes
import mmap
import os
import pathlib
import re
import signal
import statistics
import struct
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build/release/bin"
STILL = 0.6  # seconds without a change: the picture is there
PATIENCE = 20
RETURN, UP, DOWN, PAGE_UP, ALT, WHEEL_UP, WHEEL_DOWN = 0xFF0D, 0xFF52, 0xFF54, 0xFF55, 0xFFE9, 4, 5
FRAME_LOG = {"QSG_RENDER_TIMING": "1", "QT_MESSAGE_PATTERN": "%{time process} %{message}"}
TARGETS = {"start": 1.6, "pss": 1.4, "cpu": 0.1, "wakeups": 1.0, "open": 50.0, "frame": 33.0}


class Screen:
    """An X server of our own, its picture, and hands for it."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-fbdir", folder, "-nolisten", "tcp",
             "-noreset"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with open(read) as number:
            self.name = ":" + number.readline().strip()
        file = open(pathlib.Path(folder) / "Xvfb_screen0", "rb")
        self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack(">25I", self.memory[:100])
        self.stride = head[12]
        self.start = head[0] + head[19] * 12
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(self.name.encode()))

    def look(self, left=0, top=0, right=1000, bottom=720, step=4):
        """Every `step`-th line of a part of the picture."""
        memory, stride, start = self.memory, self.stride, self.start
        return b"".join(memory[start + y * stride + left * 4:start + y * stride + right * 4]
                        for y in range(top, bottom, step))

    def key(self, symbol, *held):
        codes = [self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(each)) for each in (*held, symbol)]
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, 1, 0)
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, 0, 0)
        self.x.XFlush(self.display)

    def wheel(self, button):
        self.test.XTestFakeButtonEvent(self.display, button, 1, 0)
        self.test.XTestFakeButtonEvent(self.display, button, 0, 0)
        self.x.XFlush(self.display)

    def point(self, x, y):
        self.test.XTestFakeMotionEvent(self.display, -1, x, y, 0)
        self.x.XFlush(self.display)

    def watch(self, before, since, still=STILL, **part):
        """Waits until the picture has changed and stands still. Milliseconds to the first change and to the last."""
        first = last = None
        picture = before
        while True:
            now = time.monotonic()
            seen = self.look(**part)
            if seen != picture:
                picture, last = seen, now
                first = first or now
            elif last and now - last > still:
                return (first - since) * 1000, (last - since) * 1000
            elif now - since > PATIENCE:
                raise SystemExit("nothing came to the screen")
            time.sleep(0.001)


class Desk:
    """A session bus with a key store, and the programs on it."""

    def __init__(self, folder, screen):
        self.processes = []
        config = pathlib.Path(folder) / "bus.conf"
        config.write_text(f"<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>"
                          '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                          '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>')
        home = pathlib.Path(folder) / "home"
        home.mkdir(mode=0o700)
        run = pathlib.Path(folder) / "run"
        run.mkdir(mode=0o700)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(run), "LANG": "C.UTF-8",
                            "DISPLAY": screen.name, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus"}
        self.launch(["dbus-daemon", "--nofork", f"--config-file={config}"])
        while not (pathlib.Path(folder) / "bus").exists():
            time.sleep(0.01)
        keyring = self.launch(["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
                              stdin=subprocess.PIPE)
        keyring.stdin.write(b"open sesame")
        keyring.stdin.close()
        time.sleep(1)

    def launch(self, command, **more):
        process = subprocess.Popen(command, env=self.environment | more.pop("extra", {}),
                                   **({"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | more))
        self.processes.append(process)
        return process

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        process.wait()
        self.processes.remove(process)

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


def proc(pid, name):
    return pathlib.Path(f"/proc/{pid}/{name}").read_text()


def pss(pid):
    return int(re.search(r"^Pss:\s+(\d+)", proc(pid, "smaps_rollup"), re.M).group(1)) / 1024


def ticks(pid):
    fields = proc(pid, "stat").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def switches(pid):
    """How often each thread has slept and woken."""
    return {task: int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", proc(pid, f"task/{task}/status"), re.M).group(1))
            for task in os.listdir(f"/proc/{pid}/task")}


class Bench:
    def __init__(self, folder, rounds, keep):
        self.folder, self.rounds, self.keep = folder, rounds, keep
        self.screen = Screen(folder)
        self.desk = Desk(folder, self.screen)
        self.profile = f"{folder}/profile"
        subprocess.run([BIN / "makeprofile", "--data-dir", self.profile], env=self.desk.environment, check=True)
        self.commands = {"bare window": [BIN / "barewindow"],
                         "tertulia": [BIN / "tertulia", "--data-dir", self.profile]}
        self.rows = []

    def say(self, what, measured, target="", met=None):
        self.rows.append((what, measured, target, "" if met is None else "met" if met else "**missed**"))
        print(f"   {what}: {measured}", flush=True)

    def start(self, command, **more):
        before = self.screen.look()
        began = time.monotonic()
        process = self.desk.launch(command, **more)
        return process, self.screen.watch(before, began)[1]

    def picture(self, name):
        if self.keep:
            subprocess.run(["import", "-display", self.screen.name, "-window", "root", f"{self.keep}/{name}.png"],
                           check=False)

    def start_up(self):
        times = {name: [] for name in self.commands}
        for turn in range(self.rounds + 1):
            for name, command in self.commands.items():
                process, took = self.start(command)
                if turn:  # the first warms the caches
                    times[name].append(took)
                if turn == self.rounds:
                    self.picture(name.replace(" ", "-"))
                self.desk.end(process)
                time.sleep(0.3)
        bare, ours = (statistics.median(times[name]) for name in self.commands)
        self.say("first stable frame, bare window", f"{bare:.0f} ms")
        self.say("first stable frame, 1,000 conversations from the cache", f"{ours:.0f} ms, {ours / bare:.2f} x",
                 f"<= {TARGETS['start']} x", ours / bare <= TARGETS["start"])

    def at_rest(self):
        memory = {}
        for name, command in self.commands.items():
            process, _ = self.start(command)
            time.sleep(20)
            memory[name] = pss(process.pid)
            if name == "tertulia":
                cpu, woken = ticks(process.pid), switches(process.pid)
                time.sleep(30)
                cpu = (ticks(process.pid) - cpu) / 30 * 100
                later = switches(process.pid)
                busiest = max((later[task] - woken.get(task, 0)) / 30 for task in later)
            self.desk.end(process)
        bare, ours = memory.values()
        self.say("memory after 20 s (PSS), bare window", f"{bare:.1f} MB")
        self.say("memory after 20 s (PSS)", f"{ours:.1f} MB, {ours / bare:.2f} x", f"<= {TARGETS['pss']} x",
                 ours / bare <= TARGETS["pss"])
        self.say("CPU at rest", f"{cpu:.2f} %", f"<= {TARGETS['cpu']} %", cpu <= TARGETS["cpu"])
        self.say("wake-ups a second at rest, busiest thread", f"{busiest:.2f}", f"<= {TARGETS['wakeups']:.0f}",
                 busiest <= TARGETS["wakeups"])

    def open_newest(self, **more):
        """Starts the client and opens the newest conversation, which takes the milliseconds returned, as a person would:
        a moment after the list is there."""
        process, _ = self.start(self.commands["tertulia"], **more)
        self.focus()
        time.sleep(1)
        return process, self.timed(lambda: self.screen.key(RETURN))[0]

    def timed(self, act, **more):
        """Acts, and watches the pane with the messages. Milliseconds to its first change and to its last."""
        pane = {"left": 340, "top": 70, "right": 980, "bottom": 630, "step": 8} | more
        before = self.screen.look(**pane)
        began = time.monotonic()
        act()
        return self.screen.watch(before, began, **pane)

    def conversation(self):
        firsts = []
        for _ in range(self.rounds):
            process, took = self.open_newest()
            firsts.append(took)
            self.desk.end(process)
        log = open(f"{self.folder}/frames.log", "w+")
        process, _ = self.open_newest(stderr=log, extra=FRAME_LOG)
        self.picture("conversation")
        warm = []
        for _ in range(self.rounds):
            self.timed(lambda: self.screen.key(DOWN, ALT))
            warm.append(self.timed(lambda: self.screen.key(UP, ALT)))
        for when, times in ((", the first after a start", firsts), ("", [each[0] for each in warm])):
            middle = statistics.median(times)
            self.say(f"conversation of 100,000 messages, first painted page{when}", f"{middle:.0f} ms",
                     f"<= {TARGETS['open']:.0f} ms", middle <= TARGETS["open"])
        self.say("the same, until the picture stands", f"{statistics.median(each[1] for each in warm):.0f} ms")

        for name, move, pause in (("wheel", lambda: self.screen.wheel(WHEEL_UP), 1 / 60),
                                  ("Page Up", lambda: self.screen.key(PAGE_UP), 1 / 5)):
            self.screen.point(660, 400)
            self.scroll(name, log, move, pause)
        self.picture("scrolled")

        for _ in range(3):
            subprocess.run(["xdotool", "type", "--delay", "5", "hello"], env=self.desk.environment, check=False)
            time.sleep(0.3)
            sent = self.timed(lambda: self.screen.key(RETURN))
        self.say("a message sent without a server, until its bubble is painted", f"{sent[0]:.0f} ms")
        self.picture("sent")
        self.desk.end(process)

    def long_list(self):
        """10,000 conversations: opened, scrolled, filtered."""
        profile = f"{self.folder}/long"
        subprocess.run([BIN / "makeprofile", "--data-dir", profile, "--conversations", "10000", "--messages", "100"],
                       env=self.desk.environment, check=True)
        command = [BIN / "tertulia", "--data-dir", profile]
        times = []
        for turn in range(self.rounds + 1):
            process, took = self.start(command)
            if turn:
                times.append(took)
            self.desk.end(process)
            time.sleep(0.3)
        self.say("first stable frame, 10,000 conversations from the cache", f"{statistics.median(times):.0f} ms")
        log = open(f"{self.folder}/list.log", "w+")
        process, _ = self.start(command, stderr=log, extra=FRAME_LOG)
        self.focus()
        time.sleep(1)
        self.screen.point(160, 400)
        self.scroll("wheel over the list", log, lambda: self.screen.wheel(WHEEL_DOWN), 1 / 60)
        self.picture("list")
        for typing in (["key", "ctrl+f"], ["type", "person9"]):
            subprocess.run(["xdotool", *typing], env=self.desk.environment, check=False)
            time.sleep(0.5)
        typed = self.timed(lambda: self.screen.key(ord("7")), left=0, top=70, right=310, bottom=700)
        self.say("one more letter in the filter, until the list shows what it finds", f"{typed[0]:.0f} ms")
        self.picture("filtered")
        self.desk.end(process)

    def focus(self):
        subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Tertulia", "windowfocus"],
                       env=self.desk.environment, check=False, stdout=subprocess.DEVNULL)

    def scroll(self, name, log, move, pause):
        log.flush()
        skip = os.path.getsize(log.name)
        end = time.monotonic() + 6
        while time.monotonic() < end:
            move()
            time.sleep(pause)
        with open(log.name, errors="replace") as lines:
            lines.seek(skip)
            self.frames(name, lines.read())

    def frames(self, name, text):
        """The times of frames while something moves, and of the pauses between them, after the first second."""
        found = re.findall(r"^\s*([\d.]+) .*?rendered.*? in (\d+)ms", text, re.M)
        stamps = [float(stamp) for stamp, _ in found]
        drawn = [int(took) for stamp, took in found if float(stamp) > stamps[0] + 1] if stamps else []
        pauses = [(b - a) * 1000 for a, b in zip(stamps, stamps[1:]) if a > stamps[0] + 1]
        if not drawn:
            self.say(f"frames by {name}", "none")
            return
        edges = [8, 17, 25, 33, 50, 100]
        histogram = []
        for low, high in zip([0] + edges, edges + [10_000]):
            count = sum(low < took <= high or (low == 0 and took == 0) for took in drawn)
            histogram.append(f"{'> ' + str(low) if high == 10_000 else '<= ' + str(high)} ms: {count}")
        worst = max(drawn)
        self.say(f"frames by {name}, the longest of {len(drawn)}", f"{worst} ms", f"<= {TARGETS['frame']:.0f} ms",
                 worst <= TARGETS["frame"])
        self.say(f"frames by {name}, how long each took", ", ".join(histogram))
        if name == "wheel":
            self.say(f"frames by {name}, from one to the next, median and 99 %",
                     f"{statistics.median(pauses):.0f} and {sorted(pauses)[int(len(pauses) * 0.99)]:.0f} ms")

    def close(self):
        self.desk.close()
        self.screen.process.terminate()
        self.screen.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", action="store_true", help="three rounds; writes nothing")
    parser.add_argument("--pictures", help="a folder for what was on the screen")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder, 3 if options.quick else options.rounds, options.pictures)
        try:
            print("== start-up")
            bench.start_up()
            print("== at rest")
            bench.at_rest()
            print("== a long conversation")
            bench.conversation()
            print("== a long list")
            bench.long_list()
        finally:
            bench.close()
    table = ["| What | Measured | Target | |", "| --- | --- | --- | --- |"]
    table += [f"| {' | '.join(row)} |" for row in bench.rows]
    text = "\n".join(table)
    print("\n" + text)
    if not options.quick:
        page = ROOT / "docs/performance.md"
        begin, end = "<!-- client results: begin, written by scripts/bench-client -->", "<!-- client results: end -->"
        before, rest = page.read_text().split(begin)
        page.write_text(before + begin + f"\n\nTaken {time.strftime('%Y-%m-%d')}.\n\n" + text + "\n\n" + end
                        + rest.split(end)[1])


main()
