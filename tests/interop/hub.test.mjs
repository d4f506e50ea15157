// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The hub scenarios with the npm client in node.

import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { pairs, Stage } from "./hub/stage.mjs";
import { scenarios } from "./hub/scenarios.mjs";
import { startTesthub } from "./lib/programs.mjs";

const require = createRequire(import.meta.url);
const signalR = require("@microsoft/signalr");
const { MessagePackHubProtocol } = require("@microsoft/signalr-protocol-msgpack");
const { HttpConnection } = require("@microsoft/signalr/dist/cjs/HttpConnection.js");

const world = { place: "node", signalR, MessagePackHubProtocol, HttpConnection };
let server;
before(async () => {
    server = await startTesthub();
    world.baseUrl = server.url;
});
after(() => server?.stop());

for (const pair of pairs) {
    describe(`${pair.transport} with ${pair.protocol}`, () => {
        for (const { name, play } of scenarios.filter(({ on }) => !on || on({ ...world, ...pair }))) {
            test(name, { timeout: 60_000 }, async () => {
                const stage = new Stage(world, pair);
                try {
                    await play(stage);
                } finally {
                    await stage.clear();
                }
            });
        }
    });
}
