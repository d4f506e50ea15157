// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chat scenarios against tertulia-server, with the npm client in node.

import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { scenarios } from "./chat/scenarios.mjs";
import { ChatStage } from "./chat/stage.mjs";
import { pairs, reconnected } from "./hub/stage.mjs";
import { equal } from "./lib/expect.mjs";
import { dice, Relay } from "./lib/relay.mjs";
import { startTertulia } from "./lib/tertulia.mjs";

const require = createRequire(import.meta.url);
const signalR = require("@microsoft/signalr");
const { MessagePackHubProtocol } = require("@microsoft/signalr-protocol-msgpack");

const world = { place: "node", signalR, MessagePackHubProtocol };
let server;
before(async () => { server = await startTertulia(); });
after(() => server?.stop());

async function onStage(pair, play) {
    const stage = new ChatStage({ ...world, baseUrl: server.url }, pair);
    try {
        await play(stage);
    } finally {
        await stage.clear();
    }
}

for (const pair of pairs) {
    describe(`chat over ${pair.transport} with ${pair.protocol}`, () => {
        for (const { name, play } of scenarios) {
            test(name, { timeout: 60_000 }, () => onStage(pair, play));
        }

        test("what is said on a bad line is said once, and in order", { timeout: 60_000 }, async () => {
            const relay = await Relay.to(server);
            try {
                await onStage(pair, (stage) => talkOnABadLine(stage, relay));
            } finally {
                relay.close();
            }
        });
    });
}

/** Alice says everything until it is confirmed, again and again, as our clients do after a reconnect. */
async function talkOnABadLine(stage, relay) {
    const [alice, bob] = await stage.people("Alice", "Bob");
    await bob.comes();
    alice.line = relay.url; // and hers alone: a break that is still armed when she is done meets nobody else
    await alice.comes("/hubs/chat", (builder) => builder.withAutomaticReconnect([0, 100, 100, 100, 500, 1000, 1000, 1000]));

    const words = Array.from({ length: 60 }, (_, i) => `word ${i}`);
    const random = dice(Number(process.env.SEED ?? 1));
    let sent;
    for (const [i, word] of words.entries()) {
        if (i % 10 === 5) {
            relay.breakAfter({ from: ["client", "server"][random(0, 2)], after: random(1, 300), by: "reset" });
        }
        sent = undefined;
        while (!sent) {
            const back = reconnected(alice.connection);
            try {
                sent = await alice.says(word, bob, { clientMessageId: word });
            } catch {
                // A POST can fail on its own; otherwise the connection is gone and comes back.
                if (alice.connection.state !== signalR.HubConnectionState.Connected) {
                    await back;
                } else { // or is about to: the client may know already, one layer below, what it tells a turn later
                    await new Promise(setImmediate);
                }
            }
        }
    }
    await bob.hears("ReceiveMessage", ({ content }) => content === words.at(-1));
    equal(bob.overheard("ReceiveMessage").map(({ content }) => content), words.slice(0, -1), "what bob heard");
    equal((await bob.history(sent.conversationId)).map(({ content }) => content), words, "what is kept");
}
