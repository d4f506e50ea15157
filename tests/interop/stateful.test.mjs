// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client behind a network that breaks. With stateful reconnect nothing may get lost, nothing may come
// twice, and nobody above the connection may notice; without it, a reconnect is a new connection.

import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { equal, failure, ok } from "./lib/expect.mjs";
import { startTesthub } from "./lib/programs.mjs";
import { dice, Relay } from "./lib/relay.mjs";
import { call, closed, pairs, reconnected, reconnecting, Stage } from "./hub/stage.mjs";

const require = createRequire(import.meta.url);
const signalR = require("@microsoft/signalr");
const { MessagePackHubProtocol } = require("@microsoft/signalr-protocol-msgpack");

// The reference keeps the first half of a record from the old socket and cannot read what follows. There,
// only what the server says is cut.
const isReference = process.env.TESTHUB === "reference";
const mayLose = isReference ? ["server"] : ["client", "server"];
const seed = Number(process.env.SEED ?? 1);
const world = { place: "node", signalR, MessagePackHubProtocol };
let server;
before(async () => { server = await startTesthub(); });
after(() => server?.stop());

/** Plays with a relay between the client and the server. */
async function behindRelay(pair, play) {
    const relay = await Relay.to(server);
    const stage = new Stage({ ...world, baseUrl: relay.url }, pair);
    try {
        await play(stage, relay);
    } finally {
        await stage.clear();
        relay.close();
    }
}

/** A connection that comes back by itself, and otherwise not at all. */
const seamless = (stage) => stage.connect("/testhub", {}, (builder) => builder.withStatefulReconnect());

/** Longer than an Ack takes, and than the server waits for somebody who was lost. */
const patience = 20_000;

/** Plays on a connection that must not be lost. If it is, or if nothing comes any more, that is said, and where. */
async function unnoticed(connection, where, play) {
    let timer;
    const trouble = new Promise((_, reject) => {
        connection.onclose((error) => reject(new Error(`the connection was closed: ${error?.message ?? "no reason"}`)));
        timer = setTimeout(
            () => reject(new Error(`nothing more came in ${patience} ms; it is ${connection.state}`)), patience);
    });
    try {
        return await Promise.race([trouble, play()]);
    } catch (error) {
        throw new Error(`${where}: ${error.message}`, { cause: error });
    } finally {
        clearTimeout(timer);
    }
}

const numbers = (count) => Array.from({ length: count }, (_, i) => i);

/**
 * Plays so many rounds, in each of which the connection breaks somewhere, in either direction.
 *
 * A round begins when everything of the round before was said and answered: a client whose replay is cut
 * off is a client that may give up (it then finds a sequence it cannot follow), and that is not our matter.
 */
async function rounds(count, relay, connection, { within }, play) {
    const random = dice(seed);
    for (const round of numbers(count)) {
        const drops = relay.drops;
        const plan = {
            from: mayLose[random(0, mayLose.length)],
            after: random(1, within),
            by: ["reset", "end"][random(0, 2)],
        };
        relay.breakAfter(plan);
        await unnoticed(connection, `round ${round}, ${JSON.stringify(plan)}`, async () => {
            await play(round);
            await connection.invoke("Echo", "everything was answered");
            ok(relay.drops > drops, "the network did not break");
            // That answer may be one that was said again while the client's own replay is still under way.
            await connection.invoke("Echo", "everything that was said again was heard");
        });
    }
}

for (const protocol of ["json", "messagepack"]) {
    const pair = { transport: "WebSockets", protocol };
    const options = { timeout: 120_000 };

    describe(`stateful reconnect with ${protocol}`, () => {
        test("calls and answers survive a network that breaks all the time", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await seamless(stage);
            const id = connection.connectionId;
            await rounds(30, relay, connection, { within: 900 }, async (round) => {
                const words = numbers(50).map((i) => `word ${i} of round ${round}`);
                equal(await Promise.all(words.map((word) => connection.invoke("Echo", word))), words, "answers");
            });
            equal(await connection.invoke("GetCallerConnectionId"), id, "connection id");
        }));

        test("what the server calls comes once, and in order", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await seamless(stage);
            const said = [];
            const heard = [];
            connection.on("Message", (text) => heard.push(text));
            await rounds(30, relay, connection, { within: 900 }, async (round) => {
                for (const i of numbers(50)) {
                    said.push(`message ${i} of round ${round}`);
                    await connection.send("InvokeWithString", said.at(-1));
                }
            });
            equal(heard, said, "messages");
        }));

        test("an upload arrives whole", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await seamless(stage);
            const subject = new signalR.Subject();
            const result = connection.invoke("StreamingConcat", subject);
            const items = [];
            await rounds(20, relay, connection, { within: 25 }, async (round) => {
                for (const i of numbers(20)) {
                    items.push(`${round}.${i},`);
                    subject.next(items.at(-1));
                }
            });
            subject.complete();
            equal(await unnoticed(connection, "the end", () => result), items.join(""), "the upload");
        }));

        // There the reference stalls and the connection ends 15 seconds later.
        const long = { ...options, skip: isReference && "ASP.NET Core does not survive that" };
        test("long messages are cut in the middle and come whole", long, () => behindRelay(pair, async (stage, relay) => {
            const connection = await seamless(stage);
            await rounds(10, relay, connection, { within: 20_000 }, async (round) => {
                const letters = numbers(3).map((i) => `${round}.${i}${"x".repeat(15_000)}`);
                equal(await Promise.all(letters.map((letter) => connection.invoke("Echo", letter))), letters, "answers");
            });
        }));

        test("the server asks while nobody is there", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await seamless(stage);
            connection.on("Result", () => 42);
            const id = connection.connectionId;
            relay.dropAll("reset");
            const answer = await unnoticed(connection, "a question", () => fetch(`${server.url}/clientresult/${id}`));
            equal(await answer.text(), "42");
        }));

        test("whoever cannot come back is told, and starts anew", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await stage.connect("/testhub", {},
                (builder) => builder.withStatefulReconnect().withAutomaticReconnect([0, 100, 100, 100, 1000, 1000]));
            const before = connection.connectionId;
            const lost = reconnecting(connection);
            const back = reconnected(connection);
            relay.refuses = true; // the one attempt to resume fails
            relay.dropAll("reset");
            await lost;
            relay.refuses = false;
            ok(await back !== before, "a reconnect is a new connection");
            equal(await connection.invoke("Echo", "again"), "again");
        }));
    });
}

for (const pair of pairs) {
    describe(`ordinary reconnect over ${pair.transport} with ${pair.protocol}`, () => {
        const options = { timeout: 60_000 };
        const automatic = (builder) => builder.withAutomaticReconnect([0, 100, 100, 100, 1000, 1000]);
        for (const by of ["reset", "end"]) {
            test(`the network breaks with a ${by}`, options, () => behindRelay(pair, async (stage, relay) => {
                const connection = await stage.connect("/testhub", {}, automatic);
                const before = connection.connectionId;
                const [lost, back] = [reconnecting(connection), reconnected(connection)];
                relay.dropAll(by);
                // A poll is only missed when the next one fails; a refused one makes sure of that.
                relay.refuses = true;
                await lost;
                relay.refuses = false;
                const now = await back;
                ok(now !== before, "a reconnect is a new connection");
                equal(await connection.invoke("GetCallerConnectionId"), now);
                const message = call(connection, "Message");
                await connection.invoke("InvokeWithString", "the handlers are still there");
                equal(await message, ["the handlers are still there"]);
            }));
        }

        test("calls that were open are rejected, not forgotten", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await stage.connect("/testhub", {}, automatic);
            const subject = new signalR.Subject();
            const open = failure(connection.invoke("StreamingConcat", subject)); // waits for an end that does not come
            await connection.invoke("Echo", "the server has the call now");
            const back = reconnected(connection);
            relay.refuses = true;
            relay.dropAll("reset");
            ok((await open).length > 0, "the call fails with a reason");
            relay.refuses = false;
            await back;
        }));

        test("without automatic reconnect the connection is closed", options, () => behindRelay(pair, async (stage, relay) => {
            const connection = await stage.connect();
            const end = closed(connection);
            relay.refuses = true;
            relay.dropAll("reset");
            await end;
            relay.refuses = false;
            await connection.start();
            equal(await connection.invoke("Echo", "again"), "again");
        }));
    });
}
