// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The hub scenarios with the browser build of the npm client, in Chromium, from a page of another origin.

import { after, before, describe, test } from "node:test";
import { pairs } from "./hub/stage.mjs";
import { scenarios } from "./hub/scenarios.mjs";
import { noBrowser, openPage } from "./lib/browser.mjs";
import { startTesthub } from "./lib/programs.mjs";

let server;
let theatre;
before(async () => {
    if (!noBrowser) {
        server = await startTesthub();
        theatre = await openPage();
    }
});
after(async () => {
    await theatre?.close();
    await server?.stop();
});

for (const pair of pairs) {
    describe(`${pair.transport} with ${pair.protocol}`, { skip: noBrowser }, () => {
        for (const { name } of scenarios.filter(({ on }) => !on || on({ place: "browser", ...pair }))) {
            test(name, { timeout: 60_000 }, async () => {
                await theatre.play("hub", name, pair, server.url);
            });
        }
    });
}
