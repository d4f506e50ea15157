// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Plays wire scenarios: against the script recorded from ASP.NET Core, or to record it.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { here, startTesthub } from "../lib/programs.mjs";
import { Stage } from "./stage.mjs";

const directory = join(here, "wire");

/** Every file of scenarios: {name, fastTimings, scenarios}. */
export async function repertoire(only = []) {
    const names = readdirSync(join(directory, "scenarios")).map((file) => file.replace(".mjs", "")).sort();
    return Promise.all(names.filter((name) => only.length === 0 || only.includes(name)).map(async (name) => {
        const { scenarios, fastTimings = false } = await import(`./scenarios/${name}.mjs`);
        return { name, fastTimings, scenarios };
    }));
}

/** The servers for a run; they are started when the first scenario needs them. */
export class House {
    #servers = new Map();

    constructor(which = process.env.TESTHUB) {
        this.which = which;
    }

    #server(fastTimings) {
        if (!this.#servers.has(fastTimings)) {
            this.#servers.set(fastTimings, startTesthub({ fastTimings, which: this.which }));
        }
        return this.#servers.get(fastTimings);
    }

    /** Plays a scenario and returns the lines of its script. */
    async play({ play }, fastTimings) {
        const stage = new Stage(await this.#server(fastTimings), this.which);
        let trouble;
        try {
            await play(stage);
        } catch (error) {
            trouble = error;
        }
        const lines = await stage.clear();
        if (trouble) {
            throw new Error(`${trouble.message}\nafter:\n${lines.join("\n")}`, { cause: trouble });
        }
        return lines;
    }

    async close() {
        await Promise.all([...this.#servers.values()].map(async (server) => (await server).stop()));
    }
}

const recording = (name) => join(directory, "recorded", `${name}.txt`);

/** The recorded scripts of a file: a map from the scenario's name to its lines. */
export function recorded(name) {
    const scripts = new Map();
    if (!existsSync(recording(name))) {
        return scripts;
    }
    let lines;
    for (const line of readFileSync(recording(name), "utf8").split("\n")) {
        if (line.startsWith("## ")) {
            scripts.set(line.slice(3), lines = []);
        } else if (line !== "" && lines) {
            lines.push(line);
        }
    }
    return scripts;
}

export function record(name, scripts) {
    const parts = [...scripts].map(([scenario, lines]) => `## ${scenario}\n\n${lines.join("\n")}\n`);
    writeFileSync(recording(name), `Recorded from ASP.NET Core SignalR by record.mjs. Not to be edited.\n\n${parts.join("\n")}`);
}

/** Where we differ on purpose: {"file: scenario": {"reason": "...", "ours": [lines]}}. */
export function knownDifferences() {
    return JSON.parse(readFileSync(join(here, "known-differences.json"), "utf8"));
}

/** The first lines in which two scripts differ, as text; undefined when they are equal. */
export function difference(expected, got) {
    const end = Math.max(expected.length, got.length);
    for (let i = 0; i < end; i++) {
        if (expected[i] !== got[i]) {
            const before = expected.slice(Math.max(0, i - 4), i).map((line) => `      ${line}`);
            return [...before,
                `  -   ${expected[i] ?? "(the end)"}`,
                `  +   ${got[i] ?? "(the end)"}`].join("\n");
        }
    }
    return undefined;
}
