// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chat scenarios against tertulia-server, in Chromium, from a page of another origin.

import { after, before, describe, test } from "node:test";
import { scenarios } from "./chat/scenarios.mjs";
import { pairs } from "./hub/stage.mjs";
import { noBrowser, openPage } from "./lib/browser.mjs";
import { startTertulia } from "./lib/tertulia.mjs";

let server;
let theatre;
before(async () => {
    if (!noBrowser) {
        theatre = await openPage();
        server = await startTertulia([`server.cors_origins=${theatre.origin}`]);
    }
});
after(async () => {
    await theatre?.close();
    await server?.stop();
});

for (const pair of pairs) {
    describe(`chat over ${pair.transport} with ${pair.protocol}`, { skip: noBrowser }, () => {
        for (const { name } of scenarios) {
            test(name, { timeout: 60_000 }, () => theatre.play("chat", name, pair, server.url));
        }
    });
}
