// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens that end while people talk (docs/decisions/0051 and 0057): the unmodified client goes on without losing
// anything, and is gone when there is no other token. The tokens live for some seconds; all scenes are played at once.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { ChatStage } from "./chat/stage.mjs";
import { closed, pairs } from "./hub/stage.mjs";
import { equal, ok } from "./lib/expect.mjs";
import { Provider } from "./lib/provider.mjs";
import { startTertulia } from "./lib/tertulia.mjs";

const require = createRequire(import.meta.url);
const signalR = require("@microsoft/signalr");
const { MessagePackHubProtocol } = require("@microsoft/signalr-protocol-msgpack");

const world = { place: "node", signalR, MessagePackHubProtocol };
const provider = new Provider();
const life = 5; // seconds
const margin = 2_500; // milliseconds; what has less left is not given out
const settings = [`auth.access_lifetime=${life}s`, "hubs.token_grace=1s", "auth.hash_memory=8", "auth.hash_passes=1",
    ...provider.settings];
const options = { timeout: 120_000 };
let server;
before(async () => { server = await startTertulia(settings); });
after(() => server?.stop());

async function onStage({ signal }, pair, play, at = server) {
    const stage = new ChatStage({ ...world, signal, baseUrl: at.url }, pair);
    try {
        await play(stage);
    } finally {
        await stage.clear();
    }
}

/** The client whose requests all carry a good token, word for word as the handbook has it. */
const handbook = readFileSync(new URL("../../docs/protocol/signalr.md", import.meta.url), "utf8");
const [recipe] = /^class FreshTokens .*?^}$/ms.exec(handbook);
const freshTokens = new Function("signalR", "getToken", `${recipe}\nreturn new FreshTokens(signalR.NullLogger.instance);`);

/** What a frontend knows of its connection: what became of it, and each message by its id, however it came. */
class Frontend {
    fates = [];
    repeated = [];
    #messages = new Map();
    #live = new Set();
    #wake = () => {};

    constructor(person) {
        this.person = person;
    }

    async opens(getToken, { httpClient = undefined, stateful = false } = {}) {
        await this.person.comes("/hubs/chat", (builder) => {
            builder.withAutomaticReconnect([0, 0, 100, 100, 1000]).withKeepAliveInterval(500);
            if (stateful) {
                builder.withStatefulReconnect();
            }
        }, { accessTokenFactory: getToken, ...(httpClient && { httpClient }) });
        const { connection } = this.person;
        connection.onreconnecting(() => this.#meets("lost"));
        connection.onreconnected(() => this.#meets("back"));
        connection.onclose(() => this.#meets("closed"));
        connection.on("ReceiveMessage", (message) => {
            if (this.#live.has(message.messageId)) {
                this.repeated.push(message.content);
            }
            this.#live.add(message.messageId);
            this.#takes(message);
        });
        connection.on("OfflineMessages", (messages) => messages.forEach((message) => this.#takes(message)));
        return this;
    }

    #meets(fate) {
        this.fates.push(fate);
        this.#wake();
    }

    #takes(message) {
        this.#messages.set(message.messageId, message);
        this.#wake();
    }

    /** What `sender` said, in the order in which it was said. */
    heard(sender) {
        return [...this.#messages.values()].filter(({ senderId }) => senderId === sender.id)
            .sort((one, other) => one.sequence - other.sequence).map(({ content }) => content);
    }

    async #until(isTrue) {
        while (!isTrue()) {
            await new Promise((resolve) => { this.#wake = resolve; });
        }
    }

    /** Waits until so many things of the sender have come. */
    hears(count, sender) {
        return this.#until(() => this.heard(sender).length >= count);
    }

    /** Waits until it is not lost: a new connection brings messages before the client says that it is back. */
    isBack() {
        return this.#until(() => this.fates.at(-1) !== "lost");
    }
}

/** Bob, whose own token outlives the play, and what he sees of Alice's comings and goings. */
async function bobWatches(stage, alice) {
    const bob = await stage.foreigner("Bob", provider);
    await bob.comes();
    await bob.says("are you there?", alice); // only people who have talked see each other
    const watcher = await bob.anotherDevice().comes("/hubs/chat-online");
    await watcher.does("SubscribePresence", [alice.id]);
    return { bob, watcher };
}

/**
 * Both talk until Alice's client has asked for so many tokens.
 * @returns what became of her connection
 */
async function talk(stage, alice, how, renewals) {
    const frontend = await new Frontend(alice).opens(() => alice.freshToken(margin), how);
    const enough = alice.renewals + renewals;
    const { bob, watcher } = await bobWatches(stage, alice);
    const said = ["are you there?"];
    const refusals = [];
    for (let i = 0; alice.renewals < enough && !stage.signal.aborted; ++i) {
        said.push(`word ${i}`);
        await bob.says(`word ${i}`, alice);
        const answer = { clientMessageId: `answer ${i}` };
        for (let sent; !sent && !stage.signal.aborted;) {
            const back = new Promise((resolve) => alice.connection.onreconnected(resolve));
            sent = await alice.says(`answer ${i}`, bob, answer).catch(async ({ message }) => {
                const { state } = alice.connection;
                // The client may know already, one layer below, what it tells in the next turn of the loop.
                if (state !== signalR.HubConnectionState.Connected || message.includes("not in the 'Connected' State")) {
                    await back; // and say it again, as after every loss
                } else {
                    refusals.push(message);
                    await new Promise(setImmediate);
                }
            });
        }
    }
    said.push("the end");
    await bob.says("the end", alice);
    await frontend.hears(said.length, bob);
    await frontend.isBack();
    equal(frontend.heard(bob), said, "what Alice heard");
    equal(frontend.repeated, [], "what she heard twice");
    equal(refusals, [], "what a living connection refused to do");
    equal(watcher.overheard("UserOffline"), [], "what Bob saw of her going");
    return frontend.fates;
}

/** Nobody above the connection notices anything. */
async function goesOnUnnoticed(stage, alice) {
    const isSocket = stage.transport === "WebSockets";
    const how = isSocket ? { stateful: true } : { httpClient: freshTokens(signalR, () => alice.freshToken(margin)) };
    // A socket asks when it was cut, by which time its first token has gone; a request asks well before that.
    equal(await talk(stage, alice, how, isSocket ? 1 : 4), [], "what became of the connection");
}

describe("tokens that end", { concurrency: true }, () => {
    for (const pair of pairs) {
        const over = `over ${pair.transport} with ${pair.protocol}`;
        test(`a client that renews goes on unnoticed ${over}`, options, (context) => onStage(context, pair, async (stage) => {
            const [alice] = await stage.people("Alice");
            await goesOnUnnoticed(stage, alice);
        }));

        test(`somebody of a foreign provider goes on unnoticed ${over}`, options, (context) => onStage(context, pair, async (stage) => {
            await goesOnUnnoticed(stage, await stage.foreigner("Alice", provider, life));
        }));

        test(`the client as it comes is back at once and misses nothing ${over}`, options, (context) => onStage(context, pair, async (stage) => {
            const [alice] = await stage.people("Alice");
            equal(await talk(stage, alice, {}, 1), ["lost", "back"], "what became of the connection");
        }));
    }
});

describe("tokens that end and have no successor", { concurrency: true }, () => {
    let strict;
    before(async () => {
        strict = await startTertulia([...settings, "hubs.disconnect_timeout=1s", "chat.offline_delay=100ms"]);
    });
    after(() => strict?.stop());

    for (const pair of pairs) {
        for (const stateful of pair.transport === "WebSockets" ? [false, true] : [false]) {
            const over = `over ${stateful ? "stateful " : ""}${pair.transport} with ${pair.protocol}`;
            test(`whoever the provider lets go is gone ${over}`, options, (context) => onStage(context, pair, async (stage) => {
                const alice = await stage.foreigner("Alice", provider, life);
                const frontend = await new Frontend(alice).opens(() => alice.token, { stateful });
                const end = closed(alice.connection);
                const { watcher } = await bobWatches(stage, alice);
                await watcher.hears("UserOffline", ({ userId }) => userId === alice.id);
                await end;
                equal(frontend.fates, ["lost", "closed"], "what became of the connection");
                const { status } = await alice.tries("GET", "/api/Authentication/me");
                ok(status === 401, `REST answered ${status}`);
            }, strict));
        }
    }
});
