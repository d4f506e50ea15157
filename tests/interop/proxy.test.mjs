// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// tertulia-server behind real proxies, configured as docs/admin/operations.md has them: what people say passes, they
// are counted by their own addresses, and who is silent stays connected. A field case: over long polling an nginx with
// nothing set answered 504 after 60 s of silence, a HAProxy after 30 s.
//
// What proxies and server wait for is halved, so that silence is over sooner: HAProxy's 30 s are 15 s, and nginx gets
// the same in place of its 60 s; our polls last 12.5 s, our pings come each 7.5 s. The server looks each second.

import { createRequire } from "node:module";
import https from "node:https";
import { setTimeout as passes } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { scenarios } from "./chat/scenarios.mjs";
import { ChatStage } from "./chat/stage.mjs";
import { closed, pairs } from "./hub/stage.mjs";
import { equal, ok } from "./lib/expect.mjs";
import { bareNginx, haproxyOfTheHandbook, nginxOfTheHandbook, noProxies } from "./lib/proxies.mjs";
import { startTertulia } from "./lib/tertulia.mjs";

// Nobody has signed the proxies' certificates.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

const require = createRequire(import.meta.url);
const signalR = require("@microsoft/signalr");
const { MessagePackHubProtocol } = require("@microsoft/signalr-protocol-msgpack");

const world = { place: "node", signalR, MessagePackHubProtocol };
const silence = "15s";
const settings = ["server.trusted_proxies=127.0.0.1", "auth.hash_memory=8", "auth.hash_passes=1",
    "hubs.keep_alive_interval=7500ms", "hubs.client_timeout=15s"];
const ours = "hubs.poll_timeout=12500ms";
const once = { timeout: 60_000 };

async function onStage(pair, proxy, play) {
    const stage = new ChatStage({ ...world, baseUrl: proxy.url }, pair);
    try {
        await play(stage);
    } finally {
        await stage.clear();
    }
}

/** A request from another address of this machine: the proxy's client, as strangers are. */
function fromElsewhere(url, { headers = {}, ...options } = {}, body = undefined) {
    return new Promise((resolve, reject) => {
        const request = https.request(url, { localAddress: "127.0.0.2", agent: false, ...options,
            headers: { "Content-Type": "application/json", ...headers } }, (response) => {
            let text = "";
            response.setEncoding("utf8").on("data", (part) => { text += part; })
                .on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
        });
        request.once("error", reject).end(body);
    });
}

/** Two people who say nothing for longer than the proxies wait, and then something. */
async function staysThroughSilence(pair, proxy) {
    await onStage(pair, proxy, async (stage) => {
        const [alice, bob] = await stage.people("Alice", "Bob");
        for (const person of [alice, bob]) {
            await person.comes("/hubs/chat", (builder) => builder.withKeepAliveInterval(7500).withServerTimeout(15_000));
        }
        const ends = [alice, bob].map(({ connection }) => closed(connection).then((error) => `closed: ${error}`));
        // The one place where nothing happens for a while on purpose: it is what the proxies count.
        equal(await Promise.race([passes(17_000, "silence"), ...ends]), "silence", "what happened meanwhile");
        const sent = await alice.says("still there?", bob);
        equal((await bob.hears("ReceiveMessage")).messageId, sent.messageId);
    });
}

function playsBehind(name, startProxy) {
    describe(`behind ${name}`, () => {
        let server;
        let proxy;
        before(async () => {
            server = await startTertulia([...settings, ours]);
            proxy = await startProxy(server, silence);
        });
        after(async () => {
            await proxy?.stop();
            await server?.stop();
        });

        describe("people stay through silence", () => {
            for (const pair of pairs) {
                test(`over ${pair.transport} with ${pair.protocol}`, once, () => staysThroughSilence(pair, proxy));
            }
        });

        describe("what people do passes", { concurrency: false }, () => {
            for (const pair of pairs) {
                describe(`chat over ${pair.transport} with ${pair.protocol}`, () => {
                    for (const { name: scenario, play } of scenarios) {
                        test(scenario, once, () => onStage(pair, proxy, play));
                    }
                });
            }

            test("people are known by their own addresses, whatever they say of themselves", once, async () => {
                const account = { username: `dora${name.toLowerCase()}`, fullName: "Dora",
                    password: "a password for the theatre 1" };
                const registered = await fromElsewhere(new URL("/api/Authentication/register", proxy.url),
                    { method: "POST", headers: { "X-Forwarded-For": "192.0.2.7" } }, JSON.stringify(account));
                equal(registered.status, 201, registered.text);
                const { accessToken } = JSON.parse(registered.text).data;
                const sessions = await fromElsewhere(new URL("/api/Authentication/sessions", proxy.url),
                    { headers: { Authorization: `Bearer ${accessToken}` } });
                equal(JSON.parse(sessions.text).data.map(({ address }) => address), ["127.0.0.2"], "addresses");
                const cookies = registered.headers["set-cookie"] ?? [];
                ok(cookies.some((cookie) => cookie.startsWith("__Host-tertulia_refresh=")), "the cookie comes");
                ok(cookies.every((cookie) => /^__Host-.*; Secure/i.test(cookie)), "cookies are for TLS alone");
                equal((await fromElsewhere(new URL("/metrics", proxy.url))).status, 403, "the metrics");
            });

            test("a stranger's body is refused before it has come", once, async () => {
                const options = { method: "POST", agent: false,
                    headers: { "Content-Type": "application/json", "Content-Length": 1024 * 1024 * 1024 } };
                const answer = await new Promise((resolve, reject) => {
                    const request = https.request(new URL("/api/Chat/messages", proxy.url), options, (response) => {
                        resolve(response.statusCode);
                        request.destroy();
                    });
                    request.once("error", reject).write(" ".repeat(1000));
                });
                equal(answer, 401);
            });

            test("a body as large as may be passes, a larger one is refused by the server", once, () =>
                onStage(pairs[0], proxy, async (stage) => {
                    const [alice, bob] = await stage.people("Alice", "Bob");
                    const message = JSON.stringify({ recipientId: bob.id, content: "much ado" });
                    const padded = (size) => message.padEnd(size, " ");
                    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${alice.token}` };
                    const posts = (body) =>
                        fetch(new URL("/api/Chat/messages", proxy.url), { method: "POST", body, headers });
                    equal((await posts(padded(1024 * 1024))).status, 201, "1 MiB");
                    const refused = await posts(padded(1024 * 1024 + 1));
                    equal(refused.status, 413, "a byte more");
                    equal((await refused.json()).code, "FILE_TOO_LARGE");
                }));
        });
    });
}

function playsBehindABareNginx() {
    describe("behind an nginx with nothing set", () => {
        const polling = pairs.filter(({ transport }) => transport === "LongPolling");
        let server;
        let patient;
        let proxies = [];
        before(async () => {
            server = await startTertulia([...settings, ours]);
            patient = await startTertulia([...settings, "hubs.poll_timeout=45s"]);
            proxies = [await bareNginx(server, silence), await bareNginx(patient, silence)];
        });
        after(async () => {
            await Promise.all(proxies.map((proxy) => proxy.stop()));
            await Promise.all([server?.stop(), patient?.stop()]);
        });

        for (const pair of polling) {
            test(`who polls stays through silence with ${pair.protocol}`, once, () => staysThroughSilence(pair, proxies[0]));
        }

        test("the field case: polls that last longer than a proxy waits are cut", once, () =>
            onStage(polling[0], proxies[1], async (stage) => {
                const [alice] = await stage.people("Alice");
                await alice.comes();
                const error = await closed(alice.connection);
                ok(error.message.includes("504"), error.message);
            }));
    });
}

// All at the same time: what lasts is silence.
describe("proxies", { skip: noProxies, concurrency: true }, () => {
    playsBehind("nginx", nginxOfTheHandbook);
    playsBehind("HAProxy", haproxyOfTheHandbook);
    playsBehindABareNginx();
});
