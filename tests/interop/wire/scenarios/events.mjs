// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Server-sent events: the exact bytes, and the way back by POST.

const echo = (id, text = "hi") => ({ type: 1, invocationId: id, target: "Echo", arguments: [text] });

export const scenarios = [
    {
        name: "the stream opens with headers and a comment",
        async play(stage) {
            const alice = await stage.events("alice", { handshake: false });
            const { statusCode, headers } = alice.response;
            for (const name of ["content-type", "cache-control", "pragma", "content-encoding"]) {
                stage.script.note(String(statusCode), name, headers[name]);
            }
            await alice.receives();
            await alice.sends('{"protocol":"json","version":1}');
            await alice.receives();
        },
    },
    {
        name: "every record is an event of one line",
        async play(stage) {
            const alice = await stage.events("alice");
            for (const text of ["hi", "two\nlines", "a carriage\r\nreturn"]) {
                await alice.sends(echo("1", text));
                await alice.receives();
            }
        },
    },
    {
        name: "a POST is answered with nothing",
        async play(stage) {
            const alice = await stage.events("alice");
            await stage.asks("POST", alice.path, { body: '{"type":6}\x1e', headers: { "Content-Type": "text/plain;charset=UTF-8" } });
            await stage.asks("POST", alice.path);
        },
    },
    {
        name: "records come in pieces, over POSTs in chunks",
        async play(stage) {
            const alice = await stage.events("alice");
            const record = alice.protocol.record(echo("1")).toString();
            await stage.asks("POST", alice.path, { body: [record.slice(0, 10), record.slice(10, 20)], chunked: true });
            await stage.asks("POST", alice.path, { body: record.slice(20) });
            await alice.receives();
        },
    },
    {
        name: "the farewell of the server is the last event",
        async play(stage) {
            const alice = await stage.events("alice");
            await alice.sends("nonsense");
            await alice.receives();
            await alice.receives();
        },
    },
    {
        name: "the farewell of the client ends the stream",
        async play(stage) {
            const alice = await stage.events("alice");
            await alice.sends({ type: 7 });
            await alice.receives();
        },
    },
    {
        name: "who drops the stream drops the connection",
        async play(stage) {
            const alice = await stage.events("alice");
            alice.vanishes();
            // Nobody is told when the server notices, so it is asked until it did.
            while ((await stage.request("POST", alice.path, { body: '{"type":6}\x1e' })).statusCode !== 404);
            await stage.asks("POST", alice.path, { body: '{"type":6}\x1e' });
        },
    },
    {
        name: "a token is asked for with the stream and with every POST",
        async play(stage) {
            const token = (await stage.request("GET", "/generateJwtToken")).body.toString();
            const headers = { Authorization: `Bearer ${token}` };
            const answer = await stage.request("POST", "/authorizedhub/negotiate?negotiateVersion=1", { headers });
            const { connectionToken } = JSON.parse(answer.body);
            const path = `/authorizedhub?id=${connectionToken}`;
            await stage.asks("GET", path, { headers: { Accept: "text/event-stream" } });
            await stage.asks("POST", path, { body: "x" });
        },
    },
];
