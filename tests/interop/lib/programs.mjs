// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Finds the programs under test and keeps them alive for the length of a test file.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = join(here, "..", "..");
const referenceDirectory = join(here, "reference");
const referenceProgram = join(referenceDirectory, "bin", "Release", "net10.0", "Reference.dll");

/** The command line of the test hub: TESTHUB=reference, TESTHUB="program arguments", or the newest build. */
export function testhubCommand(which = process.env.TESTHUB) {
    if (which === "reference") {
        buildReference();
        return ["dotnet", referenceProgram];
    }
    return which ? which.split(" ").filter(Boolean) : [newestBuilt("testhub")];
}

export function tertuliaServerCommand(which = process.env.TERTULIA_SERVER) {
    return which ? which.split(" ").filter(Boolean) : [newestBuilt("tertulia-server")];
}

export function haveDotnet() {
    return spawnSync("dotnet", ["--version"], { stdio: "ignore" }).status === 0;
}

function buildReference() {
    if (!haveDotnet()) {
        throw new Error("TESTHUB=reference needs the .NET SDK 10 (dotnet)");
    }
    if (existsSync(referenceProgram) && newestSource() < statSync(referenceProgram).mtimeMs) {
        return;
    }
    const build = spawnSync("dotnet", ["build", "-c", "Release", "-v", "q", "-nologo"],
        { cwd: referenceDirectory, encoding: "utf8" });
    if (build.status !== 0) {
        throw new Error(`the reference does not build:\n${build.stdout}${build.stderr}`);
    }
}

function newestSource() {
    const sources = readdirSync(referenceDirectory).filter((name) => /\.(cs|csproj)$/.test(name));
    return Math.max(...sources.map((name) => statSync(join(referenceDirectory, name)).mtimeMs));
}

function newestBuilt(name) {
    const presets = join(repository, "build");
    const found = (existsSync(presets) ? readdirSync(presets) : [])
        .map((preset) => join(presets, preset, "bin", name))
        .filter((path) => existsSync(path))
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (found.length === 0) {
        throw new Error(`no ${name} under ${presets}: build it first, or name one in the environment`);
    }
    return found[0];
}

/**
 * Starts a server program that says "listening on http://address" when it is ready.
 * @returns {Promise<{url: string, port: number, stop: () => Promise<void>}>}
 */
export async function startServer(command, args = []) {
    const child = spawn(command[0], [...command.slice(1), "--listen", "127.0.0.1:0", ...args],
        { stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { complaints = (complaints + text).slice(-20_000); });
    const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));

    const url = await new Promise((resolve, reject) => {
        createInterface({ input: child.stdout }).on("line", (line) => {
            const ready = /^listening on (http:\/\/\S+)$/.exec(line);
            if (ready) {
                resolve(ready[1].replace(/\/$/, ""));
            }
        });
        child.once("error", reject);
        ended.then((how) => reject(new Error(`${command.join(" ")} ended (${how}) before it listened:\n${complaints}`)));
    });

    let stopping = false;
    ended.then((how) => {
        if (!stopping) {
            console.error(`${command.join(" ")} ended by itself (${how}):\n${complaints}`);
        }
    });
    return {
        url,
        port: Number(new URL(url).port),
        pid: child.pid,
        terminate() {
            stopping = true;
            child.kill("SIGTERM");
            return ended;
        },
        async stop() {
            stopping = true;
            child.kill("SIGTERM");
            const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
            await ended;
            clearTimeout(impatience);
        },
    };
}

/** Starts the test hub. */
export function startTesthub({ fastTimings = false, which = process.env.TESTHUB } = {}) {
    return startServer(testhubCommand(which), fastTimings ? ["--fast-timings"] : []);
}
