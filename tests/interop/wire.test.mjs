// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The wire scenarios: what the server says, record by record, must be what ASP.NET Core was recorded to
// say, or a difference that known-differences.json gives a reason for.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { difference, House, knownDifferences, recorded, repertoire } from "./wire/theatre.mjs";

const isReference = process.env.TESTHUB === "reference";
const known = isReference ? {} : knownDifferences();
const only = process.env.WIRE ? process.env.WIRE.split(",") : [];
const house = new House();
after(() => house.close());

for (const { name, fastTimings, scenarios } of await repertoire(only)) {
    const scripts = recorded(name);
    describe(name, { concurrency: 8 }, () => { // many of them only wait
        for (const scenario of scenarios) {
            test(scenario.name, { timeout: 60_000 }, async () => {
                const expected = known[`${name}: ${scenario.name}`]?.ours ?? scripts.get(scenario.name);
                assert.ok(expected, "not recorded yet: node record.mjs");
                const script = await house.play(scenario, fastTimings);
                const found = difference(expected, script);
                if (found && !(scenario.varies && isReference)) {
                    throw new Error(`the script differs (- expected, + got):\n${found}`);
                }
            });
        }
    });
}
