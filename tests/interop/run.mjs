// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs test files: node run.mjs [hub.test.mjs ...]; all of them without arguments.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
if (!existsSync(join(here, "node_modules", "@microsoft", "signalr", "package.json"))) {
    console.error(`The npm packages are missing. Run "npm ci" in ${here} first.`);
    process.exit(1);
}

const asked = process.argv.slice(2).map((name) => basename(name));
const files = asked.length > 0 ? asked : readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort();
const run = spawnSync(process.execPath,
    ["--test", "--test-reporter=spec", "--test-concurrency=1", ...files.map((name) => join(here, name))],
    { stdio: "inherit" });
process.exit(run.status ?? 1);
