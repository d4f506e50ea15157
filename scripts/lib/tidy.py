#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tidy.py BUILD_FOLDER JOBS: clang-tidy over server/ and shared/. Most of its time goes into the system's headers, so
the sources of a target are looked at together, a batch at a time; a batch with a finding, or whose files cannot stand
in one translation unit (names of anonymous namespaces), is looked at again file by file, and that verdict counts.
(20 files together cost what 6 cost, and less than twice what one costs.)"""
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BATCH = 20


def commands(build):
    """{target and flags: [source]}"""
    tracked = set(subprocess.run(["git", "ls-files", "server/*.cpp", "shared/*.cpp"], cwd=ROOT, text=True, check=True,
                                 capture_output=True).stdout.split())
    groups = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if not source.is_relative_to(ROOT) or str(source.relative_to(ROOT)) not in tracked:
            continue
        words = shlex.split(entry["command"])
        target = re.search(r"CMakeFiles/(\w[\w-]*)\.dir", entry["command"])
        flags, skip = [], False
        for word in words[next(i for i, word in enumerate(words) if word.endswith(("c++", "g++", "clang++-14"))) + 1:]:
            if skip:
                skip = False
            elif word in ("-o", "-c", "-MF", "-MT"):
                skip = True
            elif word not in ("-MD", "-Werror", "-fpch-preprocess"):
                flags.append(word)
        groups.setdefault((target.group(1) if target else "", tuple(flags), entry["directory"]), []).append(source)
        tracked.discard(str(source.relative_to(ROOT)))
    return groups, tracked


def tidy(source, flags, folder):
    done = subprocess.run(["clang-tidy-14", "--quiet", "--warnings-as-errors=*", f"--config-file={ROOT}/.clang-tidy",
                           r"--header-filter=(server|shared)/.*\.(h|cpp)$", str(source), "--", *flags,
                           "-Wno-unknown-warning-option"], cwd=folder, text=True, capture_output=True, check=False)
    return done.returncode == 0, done.stdout


def look(number, sources, flags, folder, build):
    batch = build / "batches" / f"{number}.cpp"
    batch.write_text("".join(f'#include "{source}"\n' for source in sources))
    # What a local hides here may be another file's.
    if tidy(batch, [*flags, "-Wno-shadow"], folder)[0]:
        return ""
    return "".join(text for clean, text in (tidy(source, flags, folder) for source in sources) if not clean)


def main():
    build, jobs = ROOT / sys.argv[1], int(sys.argv[2])
    (build / "batches").mkdir(exist_ok=True)
    groups, left_out = commands(build)
    work = [(sources[i:i + BATCH], flags, folder) for (_, flags, folder), sources in groups.items()
            for i in range(0, len(sources), BATCH)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(lambda item: look(item[0], *item[1], build), enumerate(work)))
    for name in sorted(left_out):
        found.append(f"{name}: no target compiles it\n")
    print("".join(found) or f"clang-tidy: {sum(len(item[0]) for item in work)} files, nothing found")
    return 1 if any(found) else 0


sys.exit(main())
