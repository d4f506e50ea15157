// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Plays every wire scenario on ASP.NET Core and on our testhub, side by side, and shows where they differ:
// node compare.mjs [file ...]. Differences listed in known-differences.json, with a reason, are no failure.

import { haveDotnet } from "./lib/programs.mjs";
import { difference, House, knownDifferences, repertoire } from "./wire/theatre.mjs";

if (!haveDotnet()) {
    console.log("compare: skipped, there is no dotnet here to run the reference with");
    process.exit(0);
}

const known = knownDifferences();
const theirs = new House("reference");
const ours = new House(process.env.TESTHUB);
let failures = 0;

for (const { name, fastTimings, scenarios } of await repertoire(process.argv.slice(2))) {
    for (const scenario of scenarios) {
        const title = `${name}: ${scenario.name}`;
        const [expected, got] = await Promise.all(
            [theirs, ours].map((house) => house.play(scenario, fastTimings).catch((error) => error.message.split("\n"))));
        const reason = known[title];
        const found = difference(reason?.ours ?? expected, got);
        if (found) {
            failures++;
            console.log(`\n${title} (- expected, + got)${reason ? `, a known difference: ${reason.reason}` : ""}\n${found}`);
        } else if (reason && !scenario.varies && !difference(expected, got)) {
            console.log(`\n${title}: no difference any more, take it from known-differences.json`);
        }
    }
}
await Promise.all([theirs.close(), ours.close()]);
console.log(failures === 0 ? "\nno differences but the known ones" : `\n${failures} scenarios differ`);
process.exit(failures === 0 ? 0 : 1);
