// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Records the wire scenarios from the reference: node record.mjs [file ...]

import { House, record, repertoire } from "./wire/theatre.mjs";

const house = new House("reference");
for (const { name, fastTimings, scenarios } of await repertoire(process.argv.slice(2))) {
    const scripts = new Map();
    for (const scenario of scenarios) {
        const late = setTimeout(() => console.error(`${name}: "${scenario.name}" does not end`), 30_000);
        scripts.set(scenario.name, await house.play(scenario, fastTimings));
        clearTimeout(late);
    }
    record(name, scripts);
    console.log(`${name}: ${scripts.size} scenarios`);
}
await house.close();
